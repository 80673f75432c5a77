import { databaseFiles, migrate, siteDatabases } from "@autosubmit-api/db";
import type { Environment } from "@autosubmit-api/settings";
import { expect, onTestFinished } from "vitest";
import { startTestApi } from "./test-api.js";

const AT = new Date("2026-07-01T09:00:00Z");
/** Of a site that is protected. */
export const SECRETS = { SECRET_KEY: "a key of the site that is long enough", AS_API_SECRET_TOKEN: "service" };

/** The API, listening, and the journal that it follows. */
export async function startFeed(environment: Environment = {}) {
  const api = await startTestApi([{ expid: "a000" }, { expid: "a001" }], { environment });
  onTestFinished(() => api.close());
  const files = databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root });
  await migrate(files);
  const databases = siteDatabases(files);
  const base = await api.app.listen({ host: "127.0.0.1", port: 0 });
  const revisions = new Map<string, number>();
  /** Writes events to the journal as the watcher does. */
  const write = async (expid: string, count: number, text = "x") => {
    const revision = revisions.get(expid) ?? null;
    const event = { at: AT, expid, kind: "log-added", data: JSON.stringify({ name: text, folder: "jobs" }) };
    const events = Array.from({ length: count }, () => event);
    const state = { expid, aspect: "test", revision, fingerprint: "", base: null, state: "" };
    expect(await databases.eventJournal.advance(state, events)).toBe(true);
    revisions.set(expid, (revision ?? 0) + 1);
  };
  return { api, base, databases, write };
}
