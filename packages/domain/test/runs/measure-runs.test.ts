import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHistoryAttempt } from "../../src/history/history-attempt.js";
import { measureRuns } from "../../src/runs/measure-runs.js";
import { experimentRun, jobDataRow } from "../support/history-rows.js";

const START = 1_767_225_600;
const attempt = (id: number, changes: Parameters<typeof jobDataRow>[0] = {}) =>
  readHistoryAttempt(jobDataRow({ id, job_name: `a000_${id}`, ...changes }));
const sim = (id: number, queue: number, run: number, changes: Parameters<typeof jobDataRow>[0] = {}) =>
  attempt(id, { submit: START - queue, start: START, finish: START + run, ...changes });

describe("measureRuns", () => {
  it("gives the newest run first, with nulls where nothing ran", () => {
    const runs = [experimentRun(), experimentRun({ run_id: 2 })];
    expect(measureRuns(runs, [sim(1, 60, 3600)])).toEqual([
      { run: runs[1], sypd: null, asypd: null, chsy: null },
      // 0.5 years × 86400 / 3600; 16 × 1 hour / 0.5; no POST job, no ASYPD
      { run: runs[0], sypd: 12, asypd: null, chsy: 32 },
    ]);
  });

  it("adds queue time and the POST average to the divisor of ASYPD", () => {
    const post = sim(9, 100, 500, { section: "POST" });
    const [run] = measureRuns([experimentRun()], [sim(1, 60, 3600), sim(2, 120, 3600), post]);
    // 2 × 0.5 × 86400 / (3660 + 3720 + 600)
    expect(run).toMatchObject({ sypd: 12, asypd: 10.83 });
  });

  it("finds sections in the member column of very old rows", () => {
    const [run] = measureRuns([experimentRun()], [sim(1, 0, 3600, { section: "fc0", member: "SIM" })]);
    expect(run?.sypd).toBe(12);
  });

  it("leaves out outliers, attempts without run time and attempts that are not completed", () => {
    const attempts = [
      sim(1, 0, 3600),
      sim(2, 0, 3600),
      sim(3, 0, 3700),
      sim(4, 0, 360_000),
      sim(5, 0, 0),
      sim(6, 0, 7200, { status: "FAILED" }),
    ];
    const [run] = measureRuns([experimentRun()], attempts);
    // 3 × 0.5 × 86400 / (3600 + 3600 + 3700)
    expect(run?.sypd).toBe(11.89);
  });

  it("counts processors that are written as parts", () => {
    const [run] = measureRuns([experimentRun()], [sim(1, 0, 3600, { ncpus: "16:32" })]);
    // 36 + 36 cores for an hour, half a year
    expect(run?.chsy).toBe(144);
  });

  it("takes the queue time inside wrappers for what it is", () => {
    const wrapped = { rowtype: 1_700_000_000 };
    const first = attempt(1, { ...wrapped, submit: START, start: START + 100, finish: START + 3700 });
    const second = attempt(2, { ...wrapped, submit: START, start: START + 3710, finish: START + 7310 });
    const post = sim(9, 0, 100, { section: "POST" });
    const [run] = measureRuns([experimentRun()], [first, second, post]);
    // 2 × 0.5 × 86400 / ((100 + 3600) + (3710 − 3700 + 3600) + 100)
    expect(run?.asypd).toBe(11.66);
  });

  it("has no speed for a run whose chunk has no length", () => {
    const [run] = measureRuns([experimentRun({ chunk_unit: "NA", chunk_size: 0 })], [sim(1, 0, 3600)]);
    expect(run).toMatchObject({ sypd: null, chsy: null });
  });

  it("does not depend on the order of rows", () => {
    const row = fc.record({
      queue: fc.nat(5000),
      run: fc.nat(20_000),
      run_id: fc.constantFrom(1, 2),
      rowtype: fc.constantFrom(1, 2, 1_700_000_000),
      section: fc.constantFrom("SIM", "SIM", "POST", "INI"),
      name: fc.constantFrom("x", "y", "z"),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (rows, keys) => {
        const attempts = rows.map(({ queue, run, name, ...columns }, index) =>
          sim(index, queue, run, { ...columns, job_name: name }),
        );
        const shuffled = attempts
          .map((item) => ({ item, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
        const runs = [experimentRun(), experimentRun({ run_id: 2 })];
        expect(measureRuns(runs.toReversed(), shuffled)).toEqual(measureRuns(runs, attempts));
      }),
    );
  });
});
