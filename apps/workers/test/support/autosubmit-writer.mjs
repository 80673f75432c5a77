// Writes to a site's databases as Autosubmit does, until it is told to stop, and then says what it has written.
// Arguments: main database, status database.
import Sqlite from "better-sqlite3";

const [mainPath, statusPath] = process.argv.slice(2);
const registered = [];
const running = new Map();
let stopping = false;
process.on("message", () => {
  stopping = true;
});

/** Autosubmit opens a database for each statement and waits five seconds for a lock, as Python does by default. */
function change(path, work) {
  const client = new Sqlite(path, { timeout: 5_000 });
  client.pragma("foreign_keys = OFF");
  try {
    return client.transaction(() => work(client))();
  } finally {
    client.close();
  }
}

function createExperiment(number) {
  const expid = `w${number.toString(36).padStart(3, "0")}`;
  const id = change(mainPath, (client) => {
    const insert =
      "INSERT INTO experiment(name, description, autosubmit_version) VALUES (?, 'by Autosubmit', '4.1.17')";
    return Number(client.prepare(insert).run(expid).lastInsertRowid);
  });
  change(mainPath, (client) => {
    client.prepare("DELETE FROM details WHERE exp_id = ?").run(id);
    const insert =
      "INSERT INTO details (exp_id, user, created, model, branch, hpc) VALUES (?, 'ann', '2026-07-01T09:00:00+02:00', 'NA', 'NA', ?)";
    client.prepare(insert).run(id, `hpc-${number}`);
  });
  registered.push({ id, expid, hpc: `hpc-${number}` });
}

function startRun({ id, expid }) {
  const modified = `${new Date().toISOString().slice(0, 19)}+0000`;
  change(statusPath, (client) => {
    const update = "UPDATE experiment_status SET status = 'RUNNING', seconds_diff = 0, modified = ? WHERE name = ?";
    if (client.prepare(update).run(modified, expid).changes > 0) return;
    client.prepare("INSERT INTO experiment_status VALUES (?, ?, 'RUNNING', 0, ?)").run(id, expid, modified);
  });
  running.set(expid, modified);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
for (let number = 0; !stopping; number += 1) {
  createExperiment(number);
  startRun(registered[Math.floor(Math.random() * registered.length)]);
  await pause(20);
}
process.send({ registered, running: [...running] }, () => process.disconnect());
