import { afterEach, beforeEach, expect, test } from "vitest";
import { readJobRelatives } from "../../src/sources/job-relatives.js";
import { createTemporarySite, type TemporarySite } from "../temporary-site.js";

const STRUCTURE = "metadata/structures/structure_a000.db";
const OLD = "a000/pkl/structure_a000.db";
const LIVE = "a000/db/job_list.db";
const TABLE = "CREATE TABLE experiment_structure(e_from text NOT NULL, e_to text NOT NULL, UNIQUE(e_from, e_to));";
const LIVE_TABLES = `CREATE TABLE jobs(name VARCHAR PRIMARY KEY, status TEXT);
  CREATE TABLE experiment_structure(e_from VARCHAR, e_to VARCHAR, min_trigger_status VARCHAR, PRIMARY KEY(e_from, e_to));`;

let created: TemporarySite;
beforeEach(() => {
  created = createTemporarySite();
});
afterEach(() => created.remove());

const read = (jobName: string) => readJobRelatives(created.site.experiment("a000"), jobName);
const edges = (...pairs: string[]) =>
  `INSERT INTO experiment_structure(e_from, e_to) VALUES ${pairs.map((pair) => `('${pair.replace(">", "', '")}')`).join(", ")};`;

test("parents and children keep the order of their rows", async () => {
  created.write(STRUCTURE, TABLE + edges("z>job", "job>y", "a>job", "job>b", "a>b"));
  expect(await read("job")).toEqual({ parents: ["z", "a"], children: ["y", "b"] });
});

test("a self edge makes no relatives", async () => {
  created.write(STRUCTURE, TABLE + edges("job>job", "a>job", "lone>lone"));
  expect(await read("job")).toEqual({ parents: ["a"], children: [] });
  expect(await read("lone")).toEqual({ parents: [], children: [] });
});

test("a relative is named once, however often the file names it", async () => {
  created.write(STRUCTURE, "CREATE TABLE experiment_structure(e_from text, e_to text);");
  created.write(STRUCTURE, edges("a>job", "b>job", "a>job"));
  expect(await read("job")).toEqual({ parents: ["a", "b"], children: [] });
});

test("a job that a known graph does not name has no relatives", async () => {
  created.write(STRUCTURE, TABLE + edges("a>b"));
  expect(await read("job")).toEqual({ parents: [], children: [] });
});

test("no database and an empty table are an unknown graph", async () => {
  expect(await read("job")).toBeNull();
  created.write(STRUCTURE, TABLE);
  expect(await read("job")).toBeNull();
});

test("the old place counts when the new one has nothing at all, not when it only lacks the job", async () => {
  created.write(OLD, TABLE + edges("a>job"));
  created.write(STRUCTURE, TABLE);
  expect(await read("job")).toEqual({ parents: ["a"], children: [] });
  created.write(STRUCTURE, edges("c>d"));
  expect(await read("job")).toEqual({ parents: [], children: [] });
});

test("4.2's job list comes first once it holds jobs", async () => {
  created.write(STRUCTURE, TABLE + edges("old>job"));
  created.write(LIVE, LIVE_TABLES);
  expect(await read("job")).toEqual({ parents: ["old"], children: [] });
  created.write(LIVE, `INSERT INTO jobs VALUES ('job', 'WAITING'); ${edges("new>job")}`);
  expect(await read("job")).toEqual({ parents: ["new"], children: [] });
});

test("a name is data, whatever it looks like", async () => {
  const name = "a' OR '1'='1";
  created.write(
    STRUCTURE,
    `${TABLE}INSERT INTO experiment_structure VALUES ('p', '${name.replaceAll("'", "''")}'), ('q', 'b');`,
  );
  expect(await read(name)).toEqual({ parents: ["p"], children: [] });
});
