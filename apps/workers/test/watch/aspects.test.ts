import { createTimeZone } from "@autosubmit-api/shared-types";
import type { ExperimentActivity, RunSummary } from "autosubmit-reader";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activity } from "../../src/watch/aspects/activity.js";
import { type JobStatuses, jobStatuses } from "../../src/watch/aspects/job-statuses.js";
import { logs } from "../../src/watch/aspects/logs.js";
import { runs } from "../../src/watch/aspects/runs.js";
import type { AspectState, WatchAspect } from "../../src/watch/watch-aspect.js";

const NOW = new Date("2026-06-10T12:00:00Z");
const time = { now: NOW, timeZone: createTimeZone("Europe/Madrid") };

/** Compares findings one after the other, as the watcher does. @returns the changes of each comparison */
function follow<Finding>(aspect: WatchAspect<Finding>, findings: readonly Finding[], now = NOW) {
  let known: AspectState | null = null;
  return findings.map((finding) => {
    const step = aspect.compare(known, finding, { ...time, now });
    if (step === null) return [];
    known = { base: step.base ?? known?.base ?? "", state: step.state };
    return step.changes;
  });
}

const list = (statuses: Record<string, number>): JobStatuses => ({
  names: Object.keys(statuses),
  sections: Object.keys(statuses).map((name) => name.toUpperCase()),
  statuses: Object.values(statuses),
  writtenAt: NOW.getTime() / 1000,
});

describe("job statuses", () => {
  it("tell of nothing at the first look, nor when nothing changed", () => {
    expect(follow(jobStatuses, [list({ sim: 0 }), list({ sim: 0 })])).toEqual([[], []]);
  });

  it("tell of every job that changed, in the list's order, then the counts", () => {
    const [, changes] = follow(jobStatuses, [list({ ini: 4, sim: 0, post: 0 }), list({ ini: 5, sim: 2, post: 0 })]);
    const at = "2026-06-10T14:00:00+02:00";
    expect(changes).toEqual([
      { kind: "job-status", data: { name: "ini", section: "INI", old: "RUNNING", new: "COMPLETED", at } },
      { kind: "job-status", data: { name: "sim", section: "SIM", old: "WAITING", new: "SUBMITTED", at } },
      { kind: "status-counts", data: { counts: { COMPLETED: 1, SUBMITTED: 1, WAITING: 1 }, total: 3 } },
    ]);
  });

  it("tell that jobs came and went, and what became of the others", () => {
    const [, changes] = follow(jobStatuses, [list({ ini: 4, gone: 0 }), list({ fresh: 0, other: 1, ini: 5 })]);
    expect(changes?.map(({ kind, data }) => [kind, data])).toMatchObject([
      ["job-list", { added: 2, removed: 1, changed: 1, total: 3 }],
      ["job-status", { name: "ini", old: "RUNNING", new: "COMPLETED" }],
      ["status-counts", { total: 3 }],
    ]);
  });

  it("tell only that much changed when that is more than anybody follows", () => {
    const all = (status: number) =>
      list(Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`job${index}`, status])));
    const [, changes] = follow(jobStatuses, [all(0), all(5)]);
    expect(changes?.map(({ kind }) => kind)).toEqual(["job-list", "status-counts"]);
    expect(changes?.[0]?.data).toEqual({ added: 0, removed: 0, changed: 10_001, total: 10_001 });
  });

  it("lead from any list to any other: what was told makes the one of the other", () => {
    const statuses = fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e"), fc.integer({ min: -3, max: 9 }));
    fc.assert(
      fc.property(fc.array(statuses, { minLength: 2, maxLength: 6 }), (lists) => {
        const told = follow(jobStatuses, lists.map(list));
        for (const [index, changes] of told.entries()) {
          const [before, after] = [lists[index - 1], lists[index]];
          if (!before || !after) continue;
          const expected = Object.keys(after).filter((name) => name in before && before[name] !== after[name]);
          const names = changes.flatMap((change) => (change.kind === "job-status" ? [change.data.name] : []));
          expect(names).toEqual(expected);
        }
      }),
    );
  });
});

describe("runs", () => {
  const run = (run_id: number, finish: number | null): RunSummary => ({
    ...{ run_id, start: 1_780_000_000, finish, total: 10, completed: 7, failed: 1 },
    ...{ queuing: 0, running: 0, submitted: 0, suspended: 0 },
  });
  const kinds = (changes: readonly { kind: string; data: unknown }[] | undefined) =>
    changes?.map(({ kind, data }) => [kind, (data as { runId: number }).runId]);

  it("are told when they start and when they finish", () => {
    const told = follow(runs, [[run(1, 0)], [run(1, 0), run(2, 0)], [run(1, 0), run(2, 1_780_000_100)]]);
    expect(told.map(kinds)).toEqual([[], [["run-started", 2]], [["run-finished", 2]]]);
    expect(told[2]?.[0]?.data).toMatchObject({ finishedAt: "2026-05-28T22:28:20+02:00", total: 10, completed: 7 });
  });

  it("are all told when several began between two looks", () => {
    const told = follow(runs, [[run(1, 0)], [run(1, 0), run(2, 5), run(3, 0)]]);
    expect(kinds(told[1])).toEqual([
      ["run-started", 2],
      ["run-finished", 2],
      ["run-started", 3],
    ]);
  });

  it("of an experiment that never ran begin with the first", () => {
    expect(follow(runs, [[], [run(1, 0)]]).map(kinds)).toEqual([[], [["run-started", 1]]]);
  });
});

describe("activity", () => {
  const look = (minutesAgo: number): ExperimentActivity => ({
    jobListModifiedAt: NOW.getTime() / 1000 - minutesAgo * 60,
    runLog: null,
    historyModifiedAt: null,
    lockModifiedAt: null,
  });

  it("is told when it changes, with its evidence", () => {
    const told = follow(activity, [look(2), look(3), look(20), look(1)]);
    expect(told[1]).toEqual([]);
    expect(told[2]).toMatchObject([
      { kind: "experiment-status", data: { old: "RUNNING", new: "NOT RUNNING", reasons: expect.any(Array) } },
    ]);
    expect(told[3]).toMatchObject([{ data: { old: "NOT RUNNING", new: "RUNNING" } }]);
  });
});

describe("logs", () => {
  const names = (changes: readonly { data: unknown }[] | undefined) =>
    changes?.map(({ data }) => (data as { folder: string; name: string }).name);

  it("are told once each, whatever goes meanwhile", () => {
    const told = follow(logs, [
      ["jobs/a.out"],
      ["jobs/a.out", "jobs/b.out"],
      ["commands/run.log", "jobs/b.out", "jobs/c.out"],
      ["commands/run.log", "jobs/b.out", "jobs/c.out"],
    ]);
    expect(told.map(names)).toEqual([[], ["b.out"], ["run.log", "c.out"], []]);
  });

  it("write their base anew when many have come", () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `jobs/${index}.out`);
    const first = logs.compare(null, many(5), time);
    const second = logs.compare({ base: first?.base ?? "", state: first?.state ?? "" }, many(900), time);
    expect(second).toMatchObject({ base: null });
    const third = logs.compare({ base: first?.base ?? "", state: second?.state ?? "" }, many(1_100), time);
    expect(third?.base).not.toBeNull();
    expect(third?.changes).toHaveLength(200);
  });

  it("that come by the thousand are not told one by one", () => {
    const [, changes] = follow(logs, [[], Array.from({ length: 1_001 }, (_, index) => `jobs/${index}.out`)]);
    expect(changes).toEqual([]);
  });
});
