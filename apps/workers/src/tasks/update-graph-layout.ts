import { type DrawnJob, databasePlaces, graphLayoutRepository } from "@autosubmit-api/db";
import { buildJobGraph, indexWrappers, layoutInLayers } from "@autosubmit-api/domain";
import {
  type Experiment,
  ExperimentNotFoundError,
  fingerprintJobList,
  readExperimentStatus,
  readGraphLayout,
  readJobList,
  readStructure,
  readWrapperJobs,
} from "autosubmit-reader";
import type { RangeRecorder, TaskReading, WorkerTask } from "../worker-task.js";

/** A drawing that was stored. */
export interface LayoutFinding {
  jobs: number;
}

const NOTHING: TaskReading<LayoutFinding> = { finding: null, fingerprint: null, inFull: false };

/**
 * Keeps the drawings of running experiments in `graph_data_<expid>.db`, where the API finds them (formats reference §2.5;
 * the reference's `graph_layout` worker). One that has a place for just the jobs of the list stays as it is. The
 * drawing is made and stored in the reader process: one that takes too long, or whose file cannot be written, is a failure
 * of its experiment alone.
 *
 * differs: drawn in our own layers, which take any number of jobs, and not by Graphviz.
 */
export const updateGraphLayout: WorkerTask<LayoutFinding> = {
  id: "TASK_POPGRPH",
  name: "update-graph-layout",
  purpose: "drawings of the graphs of running experiments",
  intervalMinutes: 1_440,
  experimentTimeoutMs: 120_000,

  async read(experiment, { fingerprint }) {
    if ((await readExperimentStatus(experiment))?.status !== "RUNNING") return NOTHING;
    try {
      return await drawUnlessUnchanged(experiment, fingerprint);
    } catch (error) {
      if (error instanceof ExperimentNotFoundError) return NOTHING;
      throw error;
    }
  },

  async openRange(): Promise<RangeRecorder<LayoutFinding>> {
    return {
      trusted: (_, fingerprint) => fingerprint,
      store: async (findings) => findings.map(({ experiment }) => experiment.id),
    };
  },
};

async function drawUnlessUnchanged(experiment: Experiment, known: string | null): Promise<TaskReading<LayoutFinding>> {
  const ofList = await fingerprintJobList(experiment);
  if (known !== null && known === (await fingerprintWith(ofList, experiment)))
    return { ...NOTHING, fingerprint: known };
  const list = await readJobList(experiment);
  const names = list.jobs.map(({ name }) => name);
  if (names.length === 0 || isOfJobs(names, await readGraphLayout(experiment)))
    return { finding: null, fingerprint: await fingerprintWith(ofList, experiment), inFull: true };
  const drawing = await drawJobs(experiment, names, list.edges);
  const { site, expid, paths } = experiment;
  await graphLayoutRepository(databasePlaces(site.settings), { expid, path: paths.graphLayoutDb }).replace(drawing);
  const fingerprint = await fingerprintWith(ofList, experiment);
  return { finding: { jobs: names.length }, fingerprint, inFull: true };
}

async function fingerprintWith(ofList: string | null, { expid, site }: Experiment): Promise<string> {
  return JSON.stringify([ofList, await site.tables.fingerprint({ database: "graph-layout", expid })]);
}

/** Whether a drawing has a place for each of these jobs and for no other. */
function isOfJobs(names: readonly string[], drawing: readonly { job_name: string }[]): boolean {
  const wanted = new Set(names);
  const drawn = new Set(drawing.map(({ job_name }) => job_name));
  return wanted.size === drawn.size && names.every((name) => drawn.has(name));
}

async function drawJobs(
  experiment: Experiment,
  names: readonly string[],
  edgesOfList: Parameters<typeof buildJobGraph>[1],
): Promise<DrawnJob[]> {
  const structure = await readStructure(experiment);
  const { byName, byJob } = indexWrappers(await readWrapperJobs(experiment));
  const numbers = new Map(Array.from(byName.keys(), (name, index) => [name, index]));
  const groups = Int32Array.from(names, (name) => numbers.get(byJob.get(name)?.name ?? "") ?? -1);
  const { x, y } = layoutInLayers(buildJobGraph(names, structure?.edges ?? edgesOfList), groups);
  return names.map((jobName, job) => ({ jobName, x: x[job] ?? 0, y: y[job] ?? 0 }));
}
