import { JOB_STATUS_CODES, type JobStatusName } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";
import { describe, expect, test } from "vitest";
import { indexWrappers, NO_WRAPPERS } from "../src/jobs/wrappers.js";
import { activeFirst, buildQuickView } from "../src/quick-view.js";

function job(name: string, status: JobStatusName, logs: Partial<JobRecord> = {}): JobRecord {
  return {
    name,
    id: 0,
    status: JOB_STATUS_CODES[status],
    priority: 0,
    section: "SIM",
    date: null,
    member: null,
    chunk: null,
    split: null,
    splits: null,
    localOut: null,
    localErr: null,
    remoteOut: null,
    remoteErr: null,
    wrapperType: null,
    ...logs,
  };
}

const names = (jobs: readonly { name: string }[]) => jobs.map(({ name }) => name);

describe("activeFirst", () => {
  test("puts all but completed, waiting and ready jobs in front, the last of the list first", () => {
    const list = [
      job("a", "COMPLETED"),
      job("b", "RUNNING"),
      job("c", "READY"),
      job("d", "FAILED"),
      job("e", "WAITING"),
    ];
    expect(names(activeFirst(list))).toEqual(["d", "b", "a", "c", "e"]);
  });
});

describe("buildQuickView", () => {
  test("counts and orders the jobs", () => {
    const view = buildQuickView(
      [job("a", "COMPLETED"), job("b", "RUNNING"), job("c", "QUEUING"), job("d", "FAILED"), job("e", "COMPLETED")],
      NO_WRAPPERS,
    );
    expect(view).toMatchObject({ completed: 2, running: 1, queuing: 1, failed: 1 });
    expect(names(view.jobs)).toEqual(["a", "b", "c", "d", "e"]);
    expect(names(view.activeFirst)).toEqual(["d", "c", "b", "a", "e"]);
  });

  test("of two jobs with one name the later holds, at the place of the earlier, and both are counted", () => {
    const view = buildQuickView([job("a", "COMPLETED"), job("b", "WAITING"), job("a", "FAILED")], NO_WRAPPERS);
    expect(view.jobs.map(({ name, status }) => [name, status])).toEqual([
      ["a", JOB_STATUS_CODES.FAILED],
      ["b", JOB_STATUS_CODES.WAITING],
    ]);
    expect(view).toMatchObject({ completed: 1, failed: 1 });
  });

  test("a wrapped job has its wrapper's id, or the wrapper's name where that has no id", () => {
    const wrappers = indexWrappers({
      preview: false,
      rows: [
        { package_name: "a000_ASThread_SIM_17_1_4", job_name: "a" },
        { package_name: "odd", job_name: "b" },
      ],
    });
    const view = buildQuickView([job("a", "RUNNING"), job("b", "RUNNING"), job("c", "RUNNING")], wrappers);
    expect(view.jobs.map(({ name }) => view.wrapperOf(name))).toEqual(["17", "odd", null]);
  });
});
