import type { TaskOverview } from "@autosubmit-api/db";
import { describe, expect, test } from "vitest";
import { judgeWorkers } from "../../src/health/worker-freshness.js";

const NOW = new Date("2026-07-01T09:00:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

function task(overrides: Partial<TaskOverview> = {}): TaskOverview {
  return {
    task: "TASK_STTSUPDTR",
    enabled: true,
    schedule: "every 5 minutes",
    nextRunAt: minutesAgo(-1),
    updatedAt: minutesAgo(4),
    updatedBy: "host:1",
    current: null,
    last: null,
    lastDurationMs: null,
    failures: [],
    ...overrides,
  };
}

const underWaySince = (startedAt: Date): TaskOverview["current"] => ({
  id: 1,
  task: "TASK_STTSUPDTR",
  startedAt,
  startedBy: "host:1",
  finishedAt: null,
  experiments: 1,
  examined: 0,
  read: 0,
  changed: 0,
  failed: 0,
});

describe("workers are late when", () => {
  test.each<[string, TaskOverview, boolean]>([
    ["the next run is to come", task(), false],
    ["the next run was due a moment ago", task({ nextRunAt: minutesAgo(9) }), false],
    ["the next run is long past", task({ nextRunAt: minutesAgo(11) }), true],
    ["a cycle is under way", task({ nextRunAt: minutesAgo(60), current: underWaySince(minutesAgo(60)) }), false],
    ["a cycle goes on without an end", task({ current: underWaySince(minutesAgo(361)) }), true],
    ["the task is not enabled", task({ enabled: false, nextRunAt: minutesAgo(600) }), false],
    ["the task has no next run", task({ nextRunAt: null }), false],
  ])("%s: %#", (_case, overview, isLate) => {
    expect(judgeWorkers([overview], NOW).late).toEqual(isLate ? ["TASK_STTSUPDTR"] : []);
  });
});

test.each([[null], [[]]])("nobody ran yet when the database says %j", (tasks) => {
  expect(judgeWorkers(tasks, NOW)).toEqual({ isFresh: false, detail: "no worker has run yet", late: [] });
});
