import { afterEach, beforeEach, expect, test } from "vitest";
import { readStructure } from "../../src/sources/structure.js";
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

const read = () => readStructure(created.site.experiment("a000"));
const edges = (...pairs: string[]) =>
  `INSERT INTO experiment_structure(e_from, e_to) VALUES ${pairs.map((pair) => `('${pair.replace(">", "', '")}')`).join(", ")};`;

test("edges keep the order of their rows", async () => {
  created.write(STRUCTURE, TABLE + edges("b>c", "a>b", "a>c"));
  expect(await read()).toEqual({
    edges: [
      { from: "b", to: "c" },
      { from: "a", to: "b" },
      { from: "a", to: "c" },
    ],
    isolated: [],
  });
});

test("self edges are no edges; they name jobs without any", async () => {
  created.write(STRUCTURE, TABLE + edges("x>x", "a>b", "a>a"));
  expect(await read()).toEqual({ edges: [{ from: "a", to: "b" }], isolated: ["x"] });
});

test("no database and an empty table are an unknown graph", async () => {
  expect(await read()).toBeNull();
  created.write(STRUCTURE, TABLE);
  expect(await read()).toBeNull();
});

test("the old place counts when the new one has nothing", async () => {
  created.write(OLD, TABLE + edges("a>b"));
  created.write(STRUCTURE, TABLE);
  expect(await read()).toEqual({ edges: [{ from: "a", to: "b" }], isolated: [] });
  created.write(STRUCTURE, edges("c>d"));
  expect(await read()).toEqual({ edges: [{ from: "c", to: "d" }], isolated: [] });
});

test("4.2's job list comes first once it holds jobs, and names the jobs without edges", async () => {
  created.write(STRUCTURE, TABLE + edges("old>older"));
  created.write(LIVE, LIVE_TABLES);
  expect((await read())?.edges).toEqual([{ from: "old", to: "older" }]);
  created.write(LIVE, `INSERT INTO jobs VALUES ('a', 'WAITING'), ('x', 'WAITING'), ('b', 'WAITING'); ${edges("a>b")}`);
  expect(await read()).toEqual({ edges: [{ from: "a", to: "b" }], isolated: ["x"] });
});

test("rows without a name are left out and reported", async () => {
  created.write(
    STRUCTURE,
    "CREATE TABLE experiment_structure(e_from, e_to); INSERT INTO experiment_structure VALUES ('a', 'b'), (NULL, 'c'), (1, 2)",
  );
  const messages: string[] = [];
  const structure = await readStructure(created.site.experiment("a000"), {
    onProblem: ({ message }) => messages.push(message),
  });
  expect(structure?.edges).toEqual([
    { from: "a", to: "b" },
    { from: "1", to: "2" },
  ]);
  expect(messages).toEqual(["e_from is missing or makes no sense: the row was left out"]);
});
