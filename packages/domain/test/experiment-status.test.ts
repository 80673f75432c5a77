import { createTimeZone } from "@autosubmit-api/shared-types";
import { describe, expect, it } from "vitest";
import { decideExperimentStatus, heartbeatOf, type StatusEvidence, statusEvidence } from "../src/index.js";

const NOW = 1_782_896_400;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const nothing: StatusEvidence = {
  jobListModifiedAt: null,
  runLog: null,
  historyModifiedAt: null,
  lockModifiedAt: null,
  heartbeat: null,
};

/** Evidence by ages in seconds. */
function evidence(ages: {
  jobList?: number;
  runLog?: number;
  history?: number;
  started?: number;
  stored?: number;
}): StatusEvidence {
  const at = (age: number | undefined) => (age === undefined ? null : NOW - age);
  const runLogAt = at(ages.runLog);
  const started = ages.started ?? ages.stored;
  return {
    ...nothing,
    jobListModifiedAt: at(ages.jobList),
    runLog: runLogAt === null ? null : { modifiedAt: runLogAt, startedAt: null },
    historyModifiedAt: at(ages.history),
    heartbeat:
      started === undefined
        ? null
        : {
            status: "RUNNING",
            storedAt: NOW - started,
            storedBy: ages.started === undefined ? "workers" : "autosubmit",
          },
  };
}

describe("decideExperimentStatus", () => {
  it.each([
    // [situation, ages, status, confidence]
    ["living", { jobList: 30, runLog: 5, history: 30 }, "RUNNING", "high"],
    ["job list at 599 s", { jobList: 599 }, "RUNNING", "low"],
    ["job list at 600 s without a run log", { jobList: 600 }, "NOT RUNNING", "medium"],
    ["job list at 600 s, run log at 299 s", { jobList: 600, runLog: 299 }, "RUNNING", "high"],
    ["job list at 600 s, run log at 300 s", { jobList: 600, runLog: 300 }, "NOT RUNNING", "medium"],
    ["job list at 3599 s, run log at 10 s", { jobList: 3_599, runLog: 10 }, "RUNNING", "high"],
    ["sleeping on a long queue", { jobList: 9 * HOUR, runLog: 20 }, "RUNNING", "medium"],
    ["crashed minutes ago", { jobList: 8 * MINUTE, runLog: 8 * MINUTE }, "RUNNING", "low"],
    ["crashed half an hour ago", { jobList: 30 * MINUTE, runLog: 30 * MINUTE }, "NOT RUNNING", "medium"],
    ["ended long ago", { jobList: 40 * DAY, runLog: 40 * DAY, history: 40 * DAY }, "NOT RUNNING", "high"],
    ["just created", { jobList: 60 }, "RUNNING", "low"],
    ["just started, no job changed yet", { jobList: 40 * DAY, runLog: 40 * DAY, started: 20 }, "RUNNING", "medium"],
    ["started long ago and ended", { jobList: 2 * DAY, runLog: 2 * DAY, started: 3 * DAY }, "NOT RUNNING", "high"],
    ["stored as RUNNING by the workers only", { jobList: 2 * HOUR, stored: 10 }, "NOT RUNNING", "high"],
    ["archived or never created", {}, "NOT RUNNING", "high"],
    [
      "a history that is still written",
      { jobList: 20 * MINUTE, runLog: 10 * MINUTE, history: 10 },
      "NOT RUNNING",
      "low",
    ],
    ["a file server two minutes ahead", { jobList: -120, runLog: -120 }, "RUNNING", "high"],
    ["a job list dated next year", { jobList: -365 * DAY, runLog: 2 * DAY }, "NOT RUNNING", "medium"],
    ["a job list dated next year and a living run", { jobList: -365 * DAY, runLog: 20 }, "RUNNING", "high"],
    ["everything dated next year", { jobList: -365 * DAY, runLog: -365 * DAY }, "NOT RUNNING", "medium"],
    ["just started, the folder cannot be seen from here", { started: 20 }, "RUNNING", "medium"],
    ["a run log without a job list", { runLog: 10 }, "NOT RUNNING", "high"],
  ] as const)("%s", (_, ages, status, confidence) => {
    const verdict = decideExperimentStatus(evidence(ages), NOW);
    expect(verdict).toMatchObject({ status, confidence });
    expect(verdict.reasons.length).toBeGreaterThan(0);
  });

  it("gives the reference's answer wherever no deviation is documented", () => {
    for (let jobList = 0; jobList < 4_000; jobList += 50) {
      for (const runLog of [undefined, 0, 299, 300, 5_000]) {
        const byRule = jobList < 600 || (jobList < 3_600 && runLog !== undefined && runLog < 300);
        const isLongQueue = jobList >= 3_600 && runLog !== undefined && runLog < 300;
        const { status } = decideExperimentStatus(
          evidence(runLog === undefined ? { jobList } : { jobList, runLog }),
          NOW,
        );
        expect(status).toBe(byRule || isLongQueue ? "RUNNING" : "NOT RUNNING");
      }
    }
  });

  it("says why, the deciding reason first", () => {
    expect(decideExperimentStatus(evidence({ jobList: 9 * HOUR, runLog: 20 }), NOW).reasons).toEqual([
      "the run log was written 20 s ago",
      "the job list was written 9 h ago",
      "no job has changed since: they may be queuing",
    ]);
    expect(decideExperimentStatus(evidence({ jobList: 180 }), NOW).reasons).toEqual([
      "the job list was written 3 min ago",
      "there is no run log: another command than run may have written it",
    ]);
    expect(decideExperimentStatus(nothing, NOW).reasons).toEqual(["there is no job list"]);
  });

  it("counts whole seconds as the reference does", () => {
    const at = (age: number) => ({ ...nothing, jobListModifiedAt: NOW - age + 0.9 });
    expect(decideExperimentStatus(at(600), NOW + 0.5).status).toBe("NOT RUNNING");
    expect(decideExperimentStatus(at(599), NOW + 0.5).status).toBe("RUNNING");
  });

  it("tells since when a run lasts: by its log's name, the lock, or what is stored", () => {
    const living = evidence({ jobList: 10, started: 90 });
    const runLog = { modifiedAt: NOW - 5, startedAt: NOW - 300 };
    expect(decideExperimentStatus({ ...living, runLog, lockModifiedAt: NOW - 200 }, NOW).since).toBe(NOW - 300);
    expect(decideExperimentStatus({ ...living, lockModifiedAt: NOW - 200 }, NOW).since).toBe(NOW - 200);
    expect(decideExperimentStatus(living, NOW).since).toBe(NOW - 90);
    expect(decideExperimentStatus(evidence({ jobList: 10 }), NOW).since).toBeNull();
  });

  it("tells since when nothing happens: the last sign of life that is not in the future", () => {
    expect(decideExperimentStatus(evidence({ jobList: 3 * DAY, runLog: DAY, history: 2 * DAY }), NOW).since).toBe(
      NOW - DAY,
    );
    expect(decideExperimentStatus(evidence({ jobList: 3 * DAY, history: -DAY }), NOW).since).toBe(NOW - 3 * DAY);
    expect(decideExperimentStatus(nothing, NOW).since).toBeNull();
  });
});

describe("heartbeatOf", () => {
  const zone = createTimeZone("Europe/Madrid");

  it.each([
    ["2024-04-12-13:00:40", "autosubmit", "2024-04-12T11:00:40Z"],
    ["2026-06-10T16:35:26+0200", "autosubmit", "2026-06-10T14:35:26Z"],
    ["2024-04-12-13:00:40+02:00", "workers", "2024-04-12T11:00:40Z"],
  ])("reads %s as stored by %s", (modified, storedBy, at) => {
    expect(heartbeatOf({ status: "RUNNING", modified }, zone)).toEqual({
      status: "RUNNING",
      storedAt: Date.parse(at) / 1000,
      storedBy,
    });
  });

  it("keeps a status whose time cannot be understood", () => {
    expect(heartbeatOf({ status: "RUNNING", modified: "yesterday" }, zone).storedAt).toBeNull();
  });
});

describe("statusEvidence", () => {
  const zone = createTimeZone("Europe/Madrid");
  const activity = { jobListModifiedAt: 1, runLog: null, historyModifiedAt: 2, lockModifiedAt: 3 };

  it("puts files and stored status together", () => {
    expect(statusEvidence(activity, null, zone)).toEqual({ ...activity, heartbeat: null });
    const stored = { status: "RUNNING", modified: "2026-06-10T16:35:26+0200" };
    expect(statusEvidence(activity, stored, zone).heartbeat).toEqual(heartbeatOf(stored, zone));
  });

  it("takes the start of a run from its log's name, on the site's clock", () => {
    const runLog = { path: "/x", modifiedAt: 5, startStamp: "20260701110000" };
    expect(statusEvidence({ ...activity, runLog }, null, zone).runLog).toEqual({
      modifiedAt: 5,
      startedAt: Date.parse("2026-07-01T09:00:00Z") / 1000,
    });
    expect(
      statusEvidence({ ...activity, runLog: { ...runLog, startStamp: null } }, null, zone).runLog?.startedAt,
    ).toBeNull();
    expect(
      statusEvidence({ ...activity, runLog: { ...runLog, startStamp: "20269901110000" } }, null, zone).runLog
        ?.startedAt,
    ).toBeNull();
  });
});
