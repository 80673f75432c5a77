import { describe, expect, it } from "vitest";
import { siteWithExperiments } from "../site.js";

const AT = "2026-07-01-11:00:00+02:00";
const change = (
  expId: number,
  status: "RUNNING" | "NOT RUNNING",
  seen: { status: string; modified: string } | null,
) => ({
  expId,
  name: `a00${expId - 1}`,
  status,
  seen,
});

describe("statuses", () => {
  it("are stored, new ones and changed ones", async () => {
    const { databases, rows } = await siteWithExperiments(2);
    expect(await databases.statuses.store([change(1, "RUNNING", null)], AT)).toEqual([1]);
    const [row] = await databases.statuses.list();
    expect(row?.modified).toBe(AT);
    expect(
      await databases.statuses.store([change(1, "NOT RUNNING", row ?? null), change(2, "RUNNING", null)], AT),
    ).toEqual([1, 2]);
    expect(await rows("status", "SELECT exp_id, name, status, seconds_diff FROM experiment_status")).toEqual([
      { exp_id: 1, name: "a000", status: "NOT RUNNING", seconds_diff: 0 },
      { exp_id: 2, name: "a001", status: "RUNNING", seconds_diff: 0 },
    ]);
  });

  it("never overwrite what Autosubmit stored since they were decided", async () => {
    const { databases, execute, rows } = await siteWithExperiments(2);
    await execute(
      "status",
      "INSERT INTO experiment_status VALUES (1, 'a000', 'NOT RUNNING', 0, '2024-04-12-13:00:40')",
    );
    const seen = await databases.statuses.find(1);
    await execute(
      "status",
      `UPDATE experiment_status SET status = 'RUNNING', modified = '2026-07-01T09:00:00+0200';
       INSERT INTO experiment_status VALUES (2, 'a001', 'RUNNING', 0, '2026-07-01T09:00:00+0200')`,
    );
    const stored = await databases.statuses.store([change(1, "NOT RUNNING", seen), change(2, "NOT RUNNING", null)], AT);
    expect(stored).toEqual([]);
    expect(await rows("status", "SELECT DISTINCT status FROM experiment_status")).toEqual([{ status: "RUNNING" }]);
  });

  it.each(["ARCHIVED", "DELETED", "COMPLETED"])("never overwrite the final state %s", async (status) => {
    const { databases, execute } = await siteWithExperiments(1);
    await execute(
      "status",
      `INSERT INTO experiment_status VALUES (1, 'a000', '${status}', 0, '2026-07-01T09:00:00+0200')`,
    );
    const seen = await databases.statuses.find(1);
    expect(await databases.statuses.store([change(1, "RUNNING", seen)], AT)).toEqual([]);
    expect((await databases.statuses.find(1))?.status).toBe(status);
  });

  it("of deleted experiments are removed, and only those", async () => {
    const { databases, execute } = await siteWithExperiments(2);
    await databases.statuses.store(
      [change(1, "RUNNING", null), change(2, "RUNNING", null), change(9, "RUNNING", null)],
      AT,
    );
    expect(await databases.statuses.removeDeleted()).toBe(1);
    expect((await databases.statuses.list()).map(({ expId }) => expId)).toEqual([1, 2]);
    await execute("main", "DELETE FROM experiment");
    expect(await databases.statuses.removeDeleted()).toBe(0);
    expect(await databases.statuses.list({ first: 2, last: 5 })).toHaveLength(1);
  });
});
