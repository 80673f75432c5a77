import { describe, expect, it } from "vitest";
import type { SiteDatabases, WorkerCycle } from "../../src/index.js";
import { siteWithExperiments } from "../site.js";

const at = (seconds: number) => new Date(Date.UTC(2026, 6, 1) + seconds * 1000);
const counts = { examined: 2, read: 1, changed: 1, failed: 0 };
const claim = (worker: string, seconds: number) => ({ worker, at: at(seconds), leaseMs: 30_000 });

async function startCycle(databases: SiteDatabases, ids: number[], after: WorkerCycle | null = null) {
  return databases.workerCycles.start({ task: "T", worker: "w1", at: at(0), after, experimentIds: ids, partSize: 2 });
}

async function newCycle(ids: number[]) {
  const { databases, rows } = await siteWithExperiments(0);
  const cycle = await startCycle(databases, ids);
  if (!cycle) throw new Error("the cycle was not started");
  return { rows, databases, cycle, cycles: databases.workerCycles };
}

describe("worker cycles", () => {
  it("are shared out in parts, each to one worker, until all are finished", async () => {
    const { cycles, cycle } = await newCycle([1, 2, 5, 9, 10]);
    const one = await cycles.claim(cycle.id, claim("w1", 1));
    const two = await cycles.claim(cycle.id, claim("w2", 1));
    const three = await cycles.claim(cycle.id, claim("w1", 1));
    expect([one, two, three].map((part) => part?.range)).toEqual([
      { first: 1, last: 2 },
      { first: 5, last: 9 },
      { first: 10, last: 10 },
    ]);
    expect(await cycles.claim(cycle.id, claim("w2", 1))).toBeNull();
    if (!one || !two || !three) throw new Error("three parts were expected");
    expect(await cycles.finish(one, "w1", at(2), counts)).toBe("part");
    expect(await cycles.finish(two, "w2", at(3), counts)).toBe("part");
    expect((await cycles.findLast("T"))?.finishedAt).toBeNull();
    expect(await cycles.finish(three, "w1", at(4), { ...counts, failed: 1 })).toBe("cycle");
    expect(await cycles.find(cycle.id)).toEqual(await cycles.findLast("T"));
    expect(await cycles.find(99)).toBeNull();
    expect(await cycles.findLast("T")).toEqual({
      id: cycle.id,
      task: "T",
      startedAt: at(0),
      startedBy: "w1",
      finishedAt: at(4),
      experiments: 5,
      examined: 6,
      read: 3,
      changed: 3,
      failed: 1,
    });
  });

  it("are taken over when a worker gives no sign of life", async () => {
    const { cycles, cycle } = await newCycle([1, 2]);
    const lost = await cycles.claim(cycle.id, claim("w1", 0));
    expect(await cycles.claim(cycle.id, claim("w2", 29))).toBeNull();
    expect(await cycles.renew(cycle.id, claim("w1", 29))).toEqual([0]);
    expect(await cycles.claim(cycle.id, claim("w2", 58))).toBeNull();
    const taken = await cycles.claim(cycle.id, claim("w2", 60));
    expect(taken).toEqual(lost);
    expect(await cycles.renew(cycle.id, claim("w1", 61))).toEqual([]);
    if (!lost || !taken) throw new Error("a part was expected");
    expect(await cycles.finish(lost, "w1", at(62), counts)).toBe("lost");
    expect(await cycles.finish(taken, "w2", at(63), counts)).toBe("cycle");
    expect(await cycles.findLast("T")).toMatchObject({ examined: 2, finishedAt: at(63) });
  });

  it("are not lost when the clock is set back", async () => {
    const { cycles, cycle } = await newCycle([1, 2]);
    await cycles.claim(cycle.id, claim("w1", 7_200));
    expect(await cycles.claim(cycle.id, claim("w2", 7_100))).toBeNull();
    expect(await cycles.claim(cycle.id, claim("w2", 3_600))).not.toBeNull();
  });

  it("are free at once for others when a worker stops properly", async () => {
    const { cycles, cycle } = await newCycle([1, 2]);
    await cycles.claim(cycle.id, claim("w1", 0));
    await cycles.release(cycle.id, "w1");
    expect(await cycles.claim(cycle.id, claim("w2", 1))).not.toBeNull();
  });

  it("start once, whoever is first, and not while one is under way", async () => {
    const { databases } = await siteWithExperiments(0);
    const started = await Promise.all(Array.from({ length: 5 }, () => startCycle(databases, [1, 2, 3])));
    expect(started.filter((cycle) => cycle !== null)).toHaveLength(1);
    const last = await databases.workerCycles.findLast("T");
    expect(await startCycle(databases, [1], last)).toBeNull();
  });

  it("are finished at once when there is no experiment", async () => {
    const { cycle } = await newCycle([]);
    expect(cycle.finishedAt).toEqual(at(0));
  });

  it("are kept for a while, the newest hundred of a task", async () => {
    const { databases, rows } = await siteWithExperiments(0);
    for (let after = null as WorkerCycle | null, n = 0; n < 105; n += 1) {
      after = await startCycle(databases, [1], after);
      const part = after && (await databases.workerCycles.claim(after.id, claim("w1", n)));
      if (part) await databases.workerCycles.finish(part, "w1", at(n), counts);
      after = await databases.workerCycles.findLast("T");
    }
    expect(await rows("api", "SELECT count(*) AS n, min(id) AS oldest FROM worker_cycles")).toEqual([
      { n: 100, oldest: 6 },
    ]);
    expect(await rows("api", "SELECT count(*) AS n FROM worker_leases")).toEqual([{ n: 0 }]);
  });
});
