import { describe, expect, it } from "vitest";
import { siteWithExperiments } from "../site.js";

const at = (minutes: number) => new Date(Date.UTC(2026, 6, 1, 9, minutes));

describe("worker tasks", () => {
  it("give plan, last run, present run and failures of each task", async () => {
    const { workerTasks, workerCycles, workerRecords } = (await siteWithExperiments(0)).databases;
    const plan = { task: "T", enabled: true, schedule: "every 5 minutes", nextRunAt: at(5) };
    await workerTasks.announce({ ...plan, nextRunAt: at(0) }, "w1", at(0));
    await workerTasks.announce(plan, "w1", at(0));
    await workerTasks.announce({ task: "U", enabled: false, schedule: "every 4 hours", nextRunAt: null }, "w1", at(0));
    const base = { task: "T", worker: "w1", experimentIds: [1], partSize: 10 };
    const first = await workerCycles.start({ ...base, at: at(0), after: null });
    const part = first && (await workerCycles.claim(first.id, { worker: "w1", at: at(0), leaseMs: 1000 }));
    if (part) await workerCycles.finish(part, "w1", at(2), { examined: 1, read: 1, changed: 0, failed: 1 });
    const last = await workerCycles.findLast("T");
    const current = await workerCycles.start({ ...base, at: at(5), after: last });
    const failures = [{ expId: 1, expid: "a000", message: "broken" }];
    await workerRecords.store("T", { fingerprints: [], failures, recovered: [] }, at(2));
    expect(await workerTasks.listOverviews()).toEqual([
      {
        ...plan,
        updatedAt: at(0),
        updatedBy: "w1",
        current,
        last,
        lastDurationMs: 120_000,
        failures: [{ ...failures[0], firstFailedAt: at(2), failedAt: at(2), times: 1 }],
      },
      {
        task: "U",
        enabled: false,
        schedule: "every 4 hours",
        nextRunAt: null,
        updatedAt: at(0),
        updatedBy: "w1",
        current: null,
        last: null,
        lastDurationMs: null,
        failures: [],
      },
    ]);
  });
});
