import { parentPort, workerData } from "node:worker_threads";
import { DatabaseError, type SiteDatabases, siteDatabases } from "@autosubmit-api/db";
import { ownDatabases } from "./own-databases.js";
import type { DatabaseCall, DatabaseErrorData, DatabaseThreadMessage, DatabaseThreadSettings } from "./protocol.js";

const { places, patienceMs } = workerData as DatabaseThreadSettings;
const databases = siteDatabases(places, { patienceMs });
const own = ownDatabases(places, patienceMs, () => performance.now());

/** Repositories of databases that Autosubmit shares or the workers make, which are used as they are. */
const SHARED: ReadonlySet<keyof SiteDatabases> = new Set([
  "experiments",
  "details",
  "statuses",
  "eventJournal",
  "webhooks",
]);

function say(message: DatabaseThreadMessage): void {
  parentPort?.postMessage(message);
}

function toErrorData(error: unknown): DatabaseErrorData {
  if (!(error instanceof Error)) return { code: null, path: "", name: "Error", message: String(error), stack: "" };
  const { name, message, stack = "" } = error;
  if (error instanceof DatabaseError) return { code: error.code, path: error.path, name, message, stack };
  return { code: null, path: "", name, message, stack };
}

async function answer({ id, repository, method, args }: DatabaseCall): Promise<DatabaseThreadMessage> {
  try {
    if (!SHARED.has(repository)) await own.ensure();
    const functions = databases[repository] as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const called = functions[method];
    if (called === undefined) throw new TypeError(`${repository} has no function ${method}`);
    return { kind: "done", id, value: await called(...args) };
  } catch (error) {
    return { kind: "failed", id, error: toErrorData(error) };
  }
}

parentPort?.on("message", async (call: DatabaseCall) => say(await answer(call)));

try {
  const reports = await own.ensure();
  say({ kind: "ready", steps: reports.map(({ path, steps }) => ({ path, steps })), problem: null });
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error;
  say({ kind: "ready", steps: [], problem: error.message });
}
