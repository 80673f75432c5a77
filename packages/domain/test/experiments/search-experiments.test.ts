import { describe, expect, test } from "vitest";
import { type ExperimentFilter, joinExperiments, searchExperiments } from "../../src/index.js";

const experiment = (
  id: number,
  name: string,
  description: string | null = null,
  version: string | null = "4.1.17",
) => ({
  id,
  name,
  description,
  autosubmit_version: version,
});
const details = (exp_id: number, user: string | null, created: string | null = null, hpc: string | null = null) => ({
  ...{ exp_id, user, created, hpc },
  ...{ model: null, branch: null },
});
const status = (exp_id: number, name: string, value: string) => ({
  ...{ exp_id, name, status: value },
  ...{ seconds_diff: 0, modified: null },
});

const SITE = joinExperiments(
  [
    experiment(7, "t007", "test of 100%"),
    experiment(1, "a001", "Simulación de prueba"),
    experiment(2, "a002", 'it\'s a "quoted" one; DROP TABLE experiment --', null),
    experiment(3, "o003", "snake_case", "3.13.0"),
    experiment(4, "a004", null),
    experiment(5, "T005", "SIMULACIO\u0301N decomposed", "4.0.100"),
  ],
  [
    details(1, "alice", "2024-01-08 14:52:35", "MARENOSTRUM5"),
    details(2, "bob", "2024-01-08 14:52:35", "marenostrum4"),
    details(3, "al_ce", "2025-03-12T16:39:10+01:00", "LUMI"),
    details(7, "*star*", null, null),
    details(1, "alice2", "2024-01-09 00:00:00", "MARENOSTRUM5"),
    details(99, "ghost"),
  ],
  [status(1, "old1", "RUNNING"), status(2, "a002", "NOT RUNNING"), status(99, "gone", "RUNNING")],
);

const find = (filter: ExperimentFilter) => searchExperiments(SITE, filter, null).map(({ name }) => name);

describe("joinExperiments", () => {
  test("lists by rising id, each experiment once, with the last row of its details", () => {
    expect(SITE.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 7]);
    expect(SITE[0]).toMatchObject({ user: "alice2", status: "RUNNING" });
  });

  test("joins by id, never by name, and leaves out rows of experiments that are gone", () => {
    expect(SITE.find(({ name }) => name === "a004")).toMatchObject({
      user: null,
      created: null,
      hpc: null,
      status: null,
    });
    expect(SITE.some(({ user }) => user === "ghost")).toBe(false);
  });
});

describe("searchExperiments", () => {
  test.each<[string, ExperimentFilter, string[]]>([
    ["no condition", {}, ["a001", "a002", "o003", "a004", "T005", "t007"]],
    [
      "empty texts are no condition",
      { query: "", owner: "", hpc: "" },
      ["a001", "a002", "o003", "a004", "T005", "t007"],
    ],
    ["part of the name", { query: "00" }, ["a001", "a002", "o003", "a004", "T005", "t007"]],
    ["part of the user", { query: "lice" }, ["a001"]],
    ["any case", { query: "QUOTED" }, ["a002"]],
    ["quotes and SQL are text", { query: 'it\'s a "quoted" one; drop' }, ["a002"]],
    ["a typed % is a percent sign", { query: "%" }, ["t007"]],
    ["a typed _ is an underscore", { query: "_" }, ["o003"]],
    ["* is a star in the query", { query: "*" }, ["t007"]],
    ["accents in any case and composition", { query: "simulaciÓn" }, ["a001", "T005"]],
    ["accents are not dropped", { query: "simulacion" }, []],
    ["running only", { onlyActive: true }, ["a001"]],
    ["owner, whole", { owner: "alice2" }, ["a001"]],
    ["owner, in part, does not match", { owner: "alice" }, []],
    ["owner with *", { owner: "al*" }, ["a001", "o003"]],
    ["owner with * on both sides", { owner: "*o*" }, ["a002"]],
    ["a typed _ in a pattern is an underscore", { owner: "al_ce" }, ["o003"]],
    ["negation leaves out those without the value", { owner: "!bob" }, ["a001", "o003", "t007"]],
    ["negation with *", { autosubmitVersion: "!4*" }, ["o003"]],
    ["overlapping ends do not match twice", { hpc: "LUMI*MI" }, []],
    ["version", { autosubmitVersion: "4.1*" }, ["a001", "a004", "t007"]],
    ["hpc in any case", { hpc: "mare*" }, ["a001", "a002"]],
    ["type test", { type: "test" }, ["T005", "t007"]],
    ["type operational", { type: "operational" }, ["o003"]],
    ["type experiment", { type: "experiment" }, ["a001", "a002", "a004"]],
    ["any other type is no condition", { type: "null", query: "a00" }, ["a001", "a002", "a004"]],
    ["all conditions hold", { query: "a00", hpc: "mare*", onlyActive: true }, ["a001"]],
  ])("%s", (_, filter, names) => {
    expect(find(filter)).toEqual(names);
  });

  const order = (by: "expid" | "created" | "description", descending: boolean) =>
    searchExperiments(SITE, {}, { by, descending }).map(({ id }) => id);

  test("orders with ties by rising id both ways, and those without the value first, or last when descending", () => {
    expect(order("created", false)).toEqual([4, 5, 7, 2, 1, 3]);
    expect(order("created", true)).toEqual([3, 1, 2, 4, 5, 7]);
    expect(order("expid", false)).toEqual([5, 1, 2, 4, 3, 7]);
    expect(order("description", true).at(-1)).toBe(4);
  });

  test("leaves the list that it was given as it was", () => {
    order("expid", true);
    expect(SITE.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 7]);
  });

  test("pages of any size neither repeat nor lose an experiment, whatever they are ordered by", () => {
    const many = joinExperiments(
      Array.from({ length: 500 }, (_, id) => experiment(id, `a${id % 7}`, `d${id % 3}`)),
      Array.from({ length: 500 }, (_, id) => details(id, "u", id % 2 === 0 ? null : "2024-01-08 14:52:35")),
      [],
    );
    for (const by of ["expid", "created", "description"] as const) {
      const ids = searchExperiments(many, {}, { by, descending: true }).map(({ id }) => id);
      expect(new Set(ids).size).toBe(500);
      expect(searchExperiments(many, {}, { by, descending: true }).map(({ id }) => id)).toEqual(ids);
    }
  });
});
