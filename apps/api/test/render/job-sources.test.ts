import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePickle, writeDatabase } from "@autosubmit-api/fixtures";
import type { Site } from "autosubmit-reader";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JOB_GRAPH, LAST_ATTEMPTS } from "../../src/render/job-sources.js";
import { Snapshot, SourceCache } from "../../src/render/snapshot.js";
import { temporarySite } from "../support/temporary-site.js";

const HISTORY = "metadata/data/job_data_a000.db";
const STRUCTURE = "metadata/structures/structure_a000.db";
let root: string;
let site: Site;
let cache: SourceCache;

beforeEach(async () => {
  ({ root, site } = await temporarySite());
  mkdirSync(join(root, "a000/pkl"), { recursive: true });
  cache = new SourceCache(1e6);
  writeDatabase(join(root, STRUCTURE), ({ run }) => {
    run("CREATE TABLE experiment_structure(e_from, e_to)");
    run("INSERT INTO experiment_structure VALUES ('a', 'b')");
  });
  writeHistory("(1, 1, 'b', 'COMPLETED', 2, 1)");
});

afterEach(() => rmSync(root, { recursive: true }));

function writeHistory(...rows: string[]): void {
  writeDatabase(join(root, HISTORY), ({ run }) => {
    run("CREATE TABLE job_data(id INTEGER PRIMARY KEY, counter, job_name, status, rowtype, last)");
    run(`INSERT INTO job_data VALUES ${rows.join(", ")}`);
  });
}

function writeJobList(statusByName: Record<string, number>): void {
  const jobs = Object.entries(statusByName).map(([name, status]) => [name, { _section: "SIM", _status: status }]);
  writeFileSync(join(root, "a000/pkl/job_list_a000.pkl"), encodePickle(Object.fromEntries(jobs), 4));
}

/** As a new request sees them. */
async function readJoined() {
  const snapshot = new Snapshot(site, "a000", cache);
  return { attempts: await snapshot.read(LAST_ATTEMPTS), graph: await snapshot.read(JOB_GRAPH) };
}

describe("what is joined to the names of the job list", () => {
  test("is in its order", async () => {
    writeJobList({ a: 5, b: 5, c: 0 });
    const { attempts, graph } = await readJoined();
    expect(attempts.value.map((attempt) => attempt?.id ?? null)).toEqual([null, 1, null]);
    expect([...graph.value.children]).toEqual([1]);
  });

  test("is not made again for another status of a job", async () => {
    writeJobList({ a: 5, b: 0 });
    const before = await readJoined();
    writeJobList({ a: 5, b: 5000 });
    const after = await readJoined();
    expect(after.attempts.value).toBe(before.attempts.value);
    expect(after.graph.value).toBe(before.graph.value);
  });

  test("is made again for other names, and where its own file changed", async () => {
    writeJobList({ a: 5, b: 0 });
    const before = await readJoined();
    writeHistory("(1, 1, 'b', 'COMPLETED', 2, 1)", "(2, 2, 'a', 'FAILED', 2, 1)");
    const changed = await readJoined();
    expect(changed.attempts.value.map((attempt) => attempt?.id ?? null)).toEqual([2, 1]);
    expect(changed.graph.value).toBe(before.graph.value);
    writeJobList({ new: 0, a: 5, b: 0 });
    const renamed = await readJoined();
    expect(renamed.attempts.value.map((attempt) => attempt?.id ?? null)).toEqual([null, 2, 1]);
    expect([...renamed.graph.value.children]).toEqual([2]);
  });
});
