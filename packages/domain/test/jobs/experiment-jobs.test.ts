import { parseTotalStats } from "autosubmit-reader";
import { describe, expect, it } from "vitest";
import { jobsThatNeedTotalStats } from "../../src/jobs/experiment-jobs.js";
import { configuration } from "../support/configuration.js";
import { experimentRun, jobDataRow } from "../support/history-rows.js";
import { CLOCK, edges, experimentJobs, job } from "../support/job-records.js";

const SIM = "a000_19900101_fc0_1_SIM";
const sim = (changes = {}) => job(SIM, { status: "COMPLETED", chunk: 1, ...changes });
const wrappers = (...pairs: [string, string][]) => ({
  preview: false,
  rows: pairs.map(([package_name, job_name]) => ({ package_name, job_name })),
});

describe("buildExperimentJobs", () => {
  it("answers with the list alone when every other source is missing", () => {
    const { jobs, graph, averagePostSeconds } = experimentJobs([sim(), job("a000_CLEAN")]);
    expect(jobs.map((view) => [view.record.name, view.statusName, view.times.source])).toEqual([
      [SIM, "COMPLETED", "none"],
      ["a000_CLEAN", "WAITING", "none"],
    ]);
    expect(graph.children.length).toBe(0);
    expect(averagePostSeconds).toBe(0);
  });

  it("is not troubled by jobs that only other sources name", () => {
    const { jobs } = experimentJobs([sim()], {
      edges: edges("x > y", `x > ${SIM}`),
      wrappers: wrappers(["a000_ASThread_17_1_4", "gone"]),
      attempts: [jobDataRow({ job_name: "gone" })],
      totalStats: new Map([["gone", parseTotalStats("20260610163039")]]),
    });
    expect(jobs).toHaveLength(1);
    expect(jobs[0]?.wrapper).toBeNull();
  });

  it("takes the chunk length of the last attempt's run, else the configuration's", () => {
    const facts = configuration({ chunk: { unit: "year", size: 1 } });
    const runs = [experimentRun({ run_id: 7, chunk_unit: "month", chunk_size: 6 })];
    const [ofRun] = experimentJobs([sim()], { facts, runs, attempts: [jobDataRow({ job_name: SIM, run_id: 7 })] }).jobs;
    expect(ofRun?.chunkLength).toEqual({ chunkUnit: "month", chunkSize: 6 });
    const [configured] = experimentJobs([sim()], { facts, runs }).jobs;
    expect(configured?.chunkLength).toEqual({ chunkUnit: "year", chunkSize: 1 });
    expect(configured?.runChunkLength).toBeNull();
  });

  it("gives finished jobs their logs, and no others", () => {
    const logs = new Map([[SIM, { out: "o", err: "e", plainOut: null, plainErr: null }]]);
    expect(experimentJobs([sim()], { logs }).jobs[0]?.logs?.out).toBe("o");
    expect(experimentJobs([sim({ status: "RUNNING" })], { logs }).jobs[0]?.logs).toBeNull();
  });

  it("takes the time of earlier jobs of the wrapper off the queue time", () => {
    const [a, b] = ["a000_19900101_fc0_1_SIM", "a000_19900101_fc0_2_SIM"];
    const attempts = [
      jobDataRow({ job_name: a, submit: 1000, start: 1100, finish: 1500 }),
      jobDataRow({ job_name: b, submit: 1000, start: 1530, finish: 2000 }),
    ];
    const wrapped = wrappers(["a000_ASThread_17_1_4", a], ["a000_ASThread_17_1_4", b]);
    const list = [job(a, { status: "COMPLETED" }), job(b, { status: "COMPLETED" })];
    // The second waited 530 s since its submission, 500 of them for the first one.
    const byStructure = experimentJobs(list, { attempts, wrappers: wrapped, edges: edges(`${a} > ${b}`) });
    expect(byStructure.jobs.map((view) => view.times.queueSeconds)).toEqual([100, 30]);
    const without = experimentJobs(list, { attempts, wrappers: wrapped });
    expect(without.jobs.map((view) => view.times.queueSeconds)).toEqual([100, 30]);
  });

  it("averages the completed POST jobs", () => {
    const posts = ["a000_1_POST", "a000_2_POST"].map((name) => job(name, { status: "COMPLETED" }));
    const attempts = [
      jobDataRow({ job_name: "a000_1_POST", submit: 1000, start: 1100, finish: 1500 }),
      jobDataRow({ job_name: "a000_2_POST", submit: 1000, start: 1100, finish: 1300 }),
    ];
    expect(experimentJobs(posts, { attempts }).averagePostSeconds).toBe(400);
  });

  it("tells the commit only where the history agrees with the list", () => {
    const attempts = [jobDataRow({ job_name: SIM, workflow_commit: "c0ffee" })];
    expect(experimentJobs([sim()], { attempts }).jobs[0]?.workflowCommit).toBe("c0ffee");
    expect(experimentJobs([sim({ status: "WAITING" })], { attempts }).jobs[0]?.workflowCommit).toBeNull();
  });

  it("takes a status code that Autosubmit does not define for UNKNOWN", () => {
    expect(experimentJobs([{ ...sim(), status: 42 }]).jobs[0]?.statusName).toBe("UNKNOWN");
  });

  it("works out the settings of a section once for wrapped jobs and once for others", () => {
    const facts = {
      ...configuration({ sections: { SIM: { queue: "own", processors: "16:32" } } }),
      wrapperQueue: "wrapped",
    };
    const [wrapped, alone] = experimentJobs([job("a_1_SIM"), job("a_2_SIM")], {
      facts,
      wrappers: wrappers(["w", "a_1_SIM"]),
    }).jobs;
    expect([wrapped?.settings.queue, alone?.settings.queue]).toEqual(["wrapped", "own"]);
    expect(alone?.settings.processors).toBe(72);
  });

  it("knows whether it changes by itself", () => {
    const running = { attempts: [jobDataRow({ job_name: SIM, status: "RUNNING" })] };
    expect(experimentJobs([sim({ status: "RUNNING" })], running).changesWithTime).toBe(true);
    expect(experimentJobs([sim({ status: "RUNNING" })]).changesWithTime).toBe(false);
    expect(experimentJobs([sim()], { attempts: [jobDataRow({ job_name: SIM })] }).changesWithTime).toBe(false);
  });

  it("lets a running job run until the clock's now", () => {
    const attempts = [jobDataRow({ job_name: SIM, status: "RUNNING", start: CLOCK.now - 60, finish: 0 })];
    expect(experimentJobs([sim({ status: "RUNNING" })], { attempts }).jobs[0]?.times.runSeconds).toBe(60);
  });
});

describe("jobsThatNeedTotalStats", () => {
  it("lists submitted jobs that the history does not tell of", () => {
    const list = [sim(), job("a_RUN", { status: "RUNNING" }), job("b_RUN", { status: "RUNNING" }), job("c")];
    const attempts = [null, null, jobDataRow({ job_name: "b_RUN", status: "RUNNING" }), null];
    expect(jobsThatNeedTotalStats(list, attempts)).toEqual(["a_RUN"]);
  });
});
