// Stands in for the render thread in tests of lanes and pools: what to do is written in the experiment's name, as a list of
// steps joined by "." ("wait-200", "spin-500", "die", "exhaust-memory", "throw", "note"). Plain JavaScript, since threads
// cannot load TypeScript.
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, threadId, workerData } from "node:worker_threads";

/** What a thread says it did; tests of pools do not look at it. */
const work = { startedAtMs: 0, durationMs: 1, reads: [], reused: {}, sourceCacheBytes: 0 };
let answered = 0;
const kept = new Map();

async function render({ view, expid, knownEtag, cancelled }) {
  // Who owns an experiment: ann has one.
  const body = view === "v4.owner" ? { owner: expid === "a000" ? "ann" : null } : null;
  const notes = [];
  for (const step of (expid ?? "site").split(".")) {
    const [action, argument] = step.split("-");
    if (action === "wait") {
      // In slices, so that a cancelled task ends early, as views do between their sources.
      for (const end = Date.now() + Number(argument); Date.now() < end; ) {
        if (Atomics.load(new Int32Array(cancelled), 0) === 1) return { kind: "cancelled" };
        await sleep(10);
      }
    }
    if (action === "spin") for (const end = Date.now() + Number(argument); Date.now() < end; );
    if (action === "die") process.exit(1);
    if (action === "exhaust") for (const hoard = []; ; ) hoard.push(new Array(10_000).fill(Math.random()));
    if (action === "throw") return { kind: "failed", error: JSON.parse(workerData.environment.FAILURE), notes, work };
    if (action === "note") notes.push({ level: "warn", message: "a source was left out", fields: { source: "x" } });
  }
  answered += 1;
  const ownEtag = `"${encodeURIComponent(expid)}"`;
  const etag = kept.get(expid);
  if (etag !== undefined && etag === knownEtag) return { kind: "unchanged", etag, notes, work };
  kept.set(expid, ownEtag);
  const bytes = new TextEncoder().encode(
    JSON.stringify(body ?? { view, expid, threadId, answered, niceness: workerData.niceness }),
  );
  const about = { status: 200, etag: ownEtag, coding: "identity", contentBytes: bytes.byteLength };
  return { kind: "built", ...about, bytes, notes, work };
}

parentPort.on("message", async (task) => parentPort.postMessage(await render(task)));
parentPort.postMessage({ kind: "ready" });
