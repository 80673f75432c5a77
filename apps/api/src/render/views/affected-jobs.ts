import { jobStatusName } from "@autosubmit-api/shared-types";
import { readJobs } from "../sources.js";
import { answer, defineView } from "../view.js";

/** What a change of status is about; every part that is not null narrows. Lists are words with blanks between. */
export interface AffectedJobsQuestion {
  [part: string]: string | null;
  names: string | null;
  statuses: string | null;
  sections: string | null;
}

/** The jobs that it would change, in the order of the list, and names that no job has. */
export interface AffectedJobs {
  jobs: { name: string; status: string }[];
  unknown: string[];
}

const MOST_UNKNOWN = 10;

const wordsOf = (text: string | null) => (text === null ? null : new Set(text.split(" ")));

/** Which jobs a command is about, for commands that are tried (`dryRun`) and to refuse names that are none. */
export const affectedJobsView = defineView<AffectedJobsQuestion>({
  timeDependent: false,
  build: async (snapshot, parameters, { note }) => {
    const { jobs } = await readJobs(snapshot, note);
    const names = wordsOf(parameters.names);
    const statuses = wordsOf(parameters.statuses);
    const sections = wordsOf(parameters.sections);
    const known = new Set(names === null ? [] : jobs.map(({ name }) => name));
    const affected: AffectedJobs = {
      jobs: jobs
        .filter(({ name }) => names === null || names.has(name))
        .filter(({ section }) => sections === null || sections.has(section))
        .map(({ name, status }) => ({ name, status: jobStatusName(status) }))
        .filter(({ status }) => statuses === null || statuses.has(status)),
      unknown: [...(names ?? [])].filter((name) => !known.has(name)).slice(0, MOST_UNKNOWN),
    };
    return answer(affected);
  },
});
