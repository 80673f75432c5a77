// node scripts/try-systemd.mjs: the bundles and units under a real systemd, as process 1 of namespaces of its own (see
// try-systemd.sh). As root on Linux, with systemd and util-linux installed. Takes two minutes; says what it saw, ends with
// status 1 when something is not as it should be. BUNDLES=FOLDER uses those that are there.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { giveUp, root } from "./bootstrap.mjs";

const API = "autosubmit-api";
const WORKERS = "autosubmit-workers";
const PORT = 8099;
/** Shorter than in the unit, so that it can be waited for. */
const WATCHDOG_SECONDS = 6;
const PATIENCE_MS = 90_000;

const missing = ["/lib/systemd/systemd", "/usr/bin/unshare", "/usr/bin/nsenter", "/usr/bin/node"].filter(
  (path) => !existsSync(path),
);
if (process.getuid?.() !== 0) giveUp("Only the superuser can try this.");
if (missing.length > 0) giveUp(`Not tried: there is no ${missing.join(", ")}.`);

const work = mkdtempSync(join(tmpdir(), "try-systemd-"));
const bundles = process.env.BUNDLES ?? join(work, "bundles");
if (process.env.BUNDLES === undefined) {
  const { status } = spawnSync(process.execPath, [join(root, "scripts/bundle.mjs"), bundles], { stdio: "inherit" });
  if (status !== 0) giveUp("There are no bundles to try.");
}

function writeUnits(folder) {
  mkdirSync(folder);
  for (const name of [API, WORKERS])
    cpSync(join(root, `deploy/systemd/${name}.service`), join(folder, `${name}.service`));
  // In place of the machine's, which would start and clean up what is not of this trial.
  for (const target of ["sysinit", "basic", "shutdown", "network-online", "remote-fs", "multi-user", "trial"])
    writeFileSync(join(folder, `${target}.target`), "[Unit]\nDefaultDependencies=no\n");
  for (const slice of ["system"]) writeFileSync(join(folder, `${slice}.slice`), "[Unit]\nDefaultDependencies=no\n");
}

/** What docs/operations.md has an operator do, inside. */
const INSTALL = `
useradd --system --home-dir /var/lib/autosubmit --create-home autosubmit
for bundle in /run/bundles/*.tar.gz; do tar --extract --gzip --file "$bundle" --directory /opt; done
for app in api workers; do ln --symbolic --no-dereference $(ls -d /opt/autosubmit-$app-*) /opt/autosubmit-$app; done
node ${root}/fixtures/bin/autosubmit-fixtures.js write --root /var/lib/autosubmit --preset demo >/dev/null
chown -R autosubmit: /var/lib/autosubmit
sed -e 's|^AUTOSUBMIT_CONFIGURATION=.*|AUTOSUBMIT_CONFIGURATION=/var/lib/autosubmit/.autosubmitrc|' \\
  -e 's|^PORT=.*|PORT=${PORT}|' -e 's|^PROTECTION_LEVEL=.*|PROTECTION_LEVEL=NONE|' -e 's|^TZ=.*|TZ=UTC|' \\
  -e 's|^SECRET_KEY=.*|SECRET_KEY=a key that is long enough for everybody|' \\
  /opt/autosubmit-api/deploy/systemd/autosubmit-api.env.example > /etc/autosubmit-api.env
chmod 640 /etc/autosubmit-api.env
mkdir -p /run/units/${API}.service.d
printf '[Service]\\nWatchdogSec=${WATCHDOG_SECONDS}\\nTimeoutAbortSec=2\\n' > /run/units/${API}.service.d/trial.conf
`;

let manager = 0;
let failures = 0;

/** Runs a program inside, as root. */
function inside(argv, options = {}) {
  const args = ["--target", String(manager), "--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup", "--", ...argv];
  const { status, stdout, stderr } = spawnSync("nsenter", args, { encoding: "utf8", ...options });
  return { status, output: (stdout + stderr).trim() };
}

function check(what, isRight, seen) {
  if (!isRight) failures += 1;
  console.log(`${isRight ? "ok  " : "FAIL"} ${what}${seen === undefined ? "" : `: ${seen}`}`);
}

const show = (unit, property) => inside(["systemctl", "show", unit, `--property=${property}`, "--value"]).output;
const mainPid = (unit) => Number(show(unit, "MainPID"));
const ask = (path) =>
  inside(["curl", "--silent", "--max-time", "10", "--write-out", "\n%{http_code}", `http://127.0.0.1:${PORT}${path}`])
    .output;

/** Seconds until it holds; null when that takes too long. */
async function secondsUntil(holds) {
  const started = Date.now();
  while (!holds()) {
    if (Date.now() - started > PATIENCE_MS) return null;
    await sleep(200);
  }
  return ((Date.now() - started) / 1000).toFixed(1);
}

/** A signal to the main process, and how long until another one answers in its place. */
async function restartAfter(unit, signal, answers) {
  const before = mainPid(unit);
  // Not 0, which would be this script and all that it started.
  if (!(before > 1)) return { seconds: null, restarts: 0 };
  const restarts = Number(show(unit, "NRestarts"));
  inside(["kill", `-${signal}`, String(before)]);
  const seconds = await secondsUntil(
    () => ![0, before].includes(mainPid(unit)) && show(unit, "ActiveState") === "active" && answers(),
  );
  return { seconds, restarts: Number(show(unit, "NRestarts")) - restarts };
}

/** Whether a write succeeds where the unit's process is, as its user. */
function mayWrite(pid, path) {
  const args = [
    "--target",
    String(manager),
    "--mount",
    "--pid",
    "--",
    "nsenter",
    "--target",
    String(pid),
    "--mount",
    "--",
  ];
  const { status } = spawnSync("nsenter", [...args, "setpriv", "--reuid=autosubmit", "--clear-groups", "touch", path]);
  // And as root, who is refused by the mount alone.
  const asRoot = spawnSync("nsenter", [...args, "touch", path], { encoding: "utf8" });
  return { asUser: status === 0, asRoot: asRoot.status === 0, why: asRoot.stderr.trim() };
}

async function trial() {
  const booted = await secondsUntil(() => /running|degraded/.test(inside(["systemctl", "is-system-running"]).output));
  check("systemd runs as process 1", booted !== null, inside(["ps", "-p", "1", "-o", "args="]).output);
  const installed = inside(["bash", "-euc", INSTALL]);
  check("installation", installed.status === 0, installed.output.slice(-500));
  inside(["systemctl", "daemon-reload"]);

  const started = Date.now();
  const start = inside(["systemctl", "start", API]);
  check(
    `${API} starts, and is active only once it answers (Type=notify)`,
    start.status === 0 && ask("/health/live").endsWith("200"),
    `${((Date.now() - started) / 1000).toFixed(1)} s ${start.output}`,
  );
  if (start.status !== 0) throw new Error(inside(["systemctl", "status", API]).output);
  check("it reads its environment file", ask("/health/ready").endsWith("200"), ask("/health/ready"));
  const startWorkers = inside(["systemctl", "start", WORKERS]);
  const fresh = await secondsUntil(
    () => ask("/v4/workers").includes('"finished_at":"') || /last_run":\{/.test(ask("/v4/workers")),
  );
  check(
    `${WORKERS} starts and works`,
    startWorkers.status === 0 && show(WORKERS, "ActiveState") === "active",
    `first cycle after ${fresh} s`,
  );

  const pid = mainPid(API);
  const status = inside(["cat", `/proc/${pid}/status`]).output;
  const field = (name) => new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(status)?.[1];
  check(
    "no capabilities, no new privileges, filtered system calls, its own user",
    Number.parseInt(field("CapEff") ?? "1", 16) === 0 &&
      field("NoNewPrivs") === "1" &&
      field("Seccomp") === "2" &&
      field("Uid") !== "0",
    `CapEff ${field("CapEff")}, NoNewPrivs ${field("NoNewPrivs")}, Seccomp ${field("Seccomp")}, Uid ${field("Uid")}`,
  );
  for (const unit of [API, WORKERS]) {
    const at = mainPid(unit);
    check(`${unit} may write to ReadWritePaths=`, mayWrite(at, "/var/lib/autosubmit/trial").asUser);
    for (const path of ["/etc/trial", "/opt/trial", "/var/log/trial", "/home/trial", "/usr/trial"]) {
      const { asUser, asRoot, why } = mayWrite(at, path);
      check(`${unit} may not write ${path}, nor could root there`, !asUser && !asRoot, why);
    }
  }

  const killed = await restartAfter(API, "KILL", () => ask("/health/live").endsWith("200"));
  check(
    "kill -9: started again",
    killed.seconds !== null && killed.restarts === 1,
    `answers after ${killed.seconds} s`,
  );
  const workersKilled = await restartAfter(WORKERS, "KILL", () => true);
  check("kill -9 of the workers: started again", workersKilled.seconds !== null, `after ${workersKilled.seconds} s`);
  const stopped = await restartAfter(API, "STOP", () => ask("/health/live").endsWith("200"));
  check(
    `a process that stands still (SIGSTOP) is started again by the watchdog (${WATCHDOG_SECONDS} s here)`,
    stopped.seconds !== null && stopped.restarts === 1,
    `answers after ${stopped.seconds} s`,
  );

  for (const unit of [API, WORKERS]) {
    const at = Date.now();
    const stop = inside(["systemctl", "stop", unit]);
    check(
      `${unit} stops in order`,
      stop.status === 0 && show(unit, "Result") === "success" && show(unit, "ExecMainStatus") === "0",
      `${((Date.now() - at) / 1000).toFixed(1)} s, ${show(unit, "Result")}, status ${show(unit, "ExecMainStatus")}`,
    );
  }
}

const units = join(work, "units");
writeUnits(units);
mkdirSync(join(work, "root"));
const hierarchy = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup"].find((path) => existsSync(join(path, "cgroup.procs")));
const group = hierarchy && join(hierarchy, "try-systemd");
if (group) mkdirSync(group, { recursive: true });
const log = join(work, "log");
const enter = group ? `echo $$ > ${group}/cgroup.procs; ` : "";
const child = spawn(
  "sh",
  [
    "-c",
    `${enter}exec unshare --pid --fork --mount --uts --ipc --net --cgroup --kill-child "$@" >${log} 2>&1`,
    "sh",
    join(root, "scripts/try-systemd.sh"),
    join(work, "root"),
    bundles,
    units,
  ],
  { stdio: "ignore" },
);
try {
  // The manager is the only child of unshare.
  const found = await secondsUntil(() => {
    manager = Number(spawnSync("ps", ["--ppid", String(child.pid), "-o", "pid="], { encoding: "utf8" }).stdout.trim());
    return manager > 0 && readFileSync(`/proc/${manager}/comm`, "utf8").startsWith("systemd");
  });
  if (found === null) throw new Error(`systemd did not start: ${readFileSync(log, "utf8").slice(-2000)}`);
  await trial();
} catch (error) {
  failures += 1;
  console.log(error instanceof Error ? error.message : error, readFileSync(log, "utf8").slice(-2000));
  console.log(inside(["tail", "-n", "40", "/dev/console"]).output);
} finally {
  child.kill("SIGKILL");
  await secondsUntil(() => !existsSync(`/proc/${manager}`));
  if (group)
    for (const path of spawnSync("find", [group, "-depth", "-type", "d"], { encoding: "utf8" }).stdout.split("\n"))
      if (path) rmdirSync(path);
  rmSync(work, { recursive: true, force: true });
}
console.log(failures === 0 ? "All is as it should be." : `${failures} things are not as they should be.`);
process.exit(failures === 0 ? 0 : 1);
