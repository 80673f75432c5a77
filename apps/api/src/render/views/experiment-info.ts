import { type ExperimentFolder, findUserName, readExperimentFolder } from "autosubmit-reader";
import { presentExperimentInfo } from "../../presenters/v3/experiment-info.js";
import { JOB_LIST_TIME } from "../listed-sources.js";
import { readOrNull, type Source } from "../snapshot.js";
import { CONFIGURATION_FACTS, EXPERIMENT_RECORD, LAST_RUN } from "../sources.js";
import { STORED_STATUS } from "../status-sources.js";
import { answer, defineView, type ViewContext } from "../view.js";

/** What the experiment's folder tells, times of access included. @throws ExperimentNotFoundError */
const FOLDER_FACTS: Source<ExperimentFolder> = {
  name: "folder-facts",
  fingerprint: async ({ experiment }) => JSON.stringify(await readExperimentFolder(experiment)),
  read: ({ experiment }) => readExperimentFolder(experiment),
  sizeBytes: () => 100,
};

/** `GET /v3/expinfo/{expid}`: what cannot be read leaves its fields empty and a line in the error message. */
export const experimentInfoView = defineView({
  timeDependent: false,
  build: async (snapshot, _parameters, { now, timeZone, note }) => {
    const problems: string[] = [];
    const orProblem = <Value>(source: Source<Value>) => readOrNull(snapshot, source, noteProblem(problems, note));
    const folder = await orProblem(FOLDER_FACTS);
    const facts = await orProblem(CONFIGURATION_FACTS);
    const jobListModifiedAt = await orProblem(JOB_LIST_TIME);
    const record = await orProblem(EXPERIMENT_RECORD);
    const status = await readOrNull(snapshot, STORED_STATUS, note);
    const lastRun = await readOrNull(snapshot, LAST_RUN, note);
    const { expid, paths } = snapshot.experiment;
    if (jobListModifiedAt === null) problems.push(`Experiment ${expid} has no job list`);
    if (record === null) problems.push(`Experiment ${expid} is not in the main database`);
    const owned = folder === null ? null : { ...folder, path: paths.folder, owner: await ownerName(folder) };
    const isRunning = status?.status === "RUNNING";
    const parts = { expid, folder: owned, facts, jobListModifiedAt, record, isRunning, lastRun, problems };
    return answer(presentExperimentInfo(parts, now, timeZone));
  },
});

/** An id that this machine has no name for is shown as it is, as `ls` does. */
async function ownerName({ ownerId }: ExperimentFolder): Promise<string> {
  return (await findUserName(ownerId)) ?? String(ownerId);
}

/** Tells the log, and remembers the reason for the answer. */
function noteProblem(problems: string[], note: ViewContext["note"]): ViewContext["note"] {
  return (told) => {
    problems.push(String(told.fields.reason));
    note(told);
  };
}
