import { type JobList, type JobRelatives, readJobRelatives } from "autosubmit-reader";
import { presentRelatives } from "../../presenters/v4/job-relatives.js";
import { orNull, readOrNull, type Snapshot, type Source } from "../snapshot.js";
import { EXPERIMENT_TRACES, JOB_LIST, readJobsOf } from "../sources.js";
import { answer, defineView, type ViewContext } from "../view.js";

const BYTES_PER_RELATIVE = 60;
const PLACES = ["structure", "old-structure", "job-list"] as const;

/** Parents and children of one job; null when the structure is not known. */
const relativesOf = (jobName: string): Source<JobRelatives | null> => ({
  name: `job-relatives/${jobName}`,
  fingerprint: async (snapshot) =>
    (await Promise.all(PLACES.map((database) => snapshot.databaseFingerprint(database)))).join(" "),
  read: ({ experiment }) => readJobRelatives(experiment, jobName),
  sizeBytes: (found) => ((found?.parents.length ?? 0) + (found?.children.length ?? 0)) * BYTES_PER_RELATIVE,
});

type RelativesParameters = { jobName: string; includeStatus: boolean };

/** `GET /v4/experiments/{expid}/jobs/{job_name}/parents`. */
export const jobParentsView = defineView<RelativesParameters>({
  timeDependent: false,
  build: async (snapshot, parameters, { note }) => {
    const { parents } = await readRelatives(snapshot, parameters.jobName, note);
    return answer({ parents: await withStatuses(parents, snapshot, parameters, note) });
  },
});

/** `GET /v4/experiments/{expid}/jobs/{job_name}/children`. */
export const jobChildrenView = defineView<RelativesParameters>({
  timeDependent: false,
  build: async (snapshot, parameters, { note }) => {
    const { children } = await readRelatives(snapshot, parameters.jobName, note);
    return answer({ children: await withStatuses(children, snapshot, parameters, note) });
  },
});

/** Where no structure is stored, some job lists hold it; where none does, the job has no known relatives. */
async function readRelatives(snapshot: Snapshot, jobName: string, note: ViewContext["note"]): Promise<JobRelatives> {
  await snapshot.read(EXPERIMENT_TRACES);
  const stored = await snapshot.read(relativesOf(jobName));
  if (stored !== null) return stored;
  const list = await readOrNull(snapshot, JOB_LIST, note);
  return list === null ? { parents: [], children: [] } : relativesInList(list, jobName);
}

function relativesInList({ edges }: JobList, jobName: string): JobRelatives {
  const parents = (edges ?? []).filter((edge) => edge.to === jobName).map((edge) => edge.from);
  const children = (edges ?? []).filter((edge) => edge.from === jobName).map((edge) => edge.to);
  return { parents: parents.sort(), children: children.sort() };
}

async function withStatuses(
  names: readonly string[],
  snapshot: Snapshot,
  { includeStatus }: RelativesParameters,
  note: ViewContext["note"],
) {
  if (!includeStatus || names.length === 0) return presentRelatives(names, null);
  const listed = (await orNull(readJobsOf(names, snapshot), JOB_LIST.name, note)) ?? [];
  return presentRelatives(names, new Map(listed.map((job) => [job.name, job.status])));
}
