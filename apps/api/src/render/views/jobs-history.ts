import { type AttemptFilter, matchesAttempt } from "@autosubmit-api/domain";
import { JobAttemptV4 } from "@autosubmit-api/shared-types";
import { readJobDataPage } from "autosubmit-reader";
import { HISTORY_COLUMNS, presentJobAttempt } from "../../presenters/v4/jobs-history.js";
import { type RecordFormat, writeRecords } from "../record-text.js";
import { EXPERIMENT_TRACES } from "../sources.js";
import type { TextPage } from "../text-page.js";
import { answer, defineView } from "../view.js";

/** Rows of one page: some twenty milliseconds of work, whatever the filter leaves of them. */
const ROWS_PER_PAGE = 1_000;
const CSV_COLUMNS = Object.keys(JobAttemptV4.properties);

/** A page of `GET /v4/experiments/{expid}/jobs-history`; lists are comma-separated, empty for no restriction. */
export type JobsHistoryParameters = {
  format: RecordFormat;
  sections: string | null;
  statuses: string | null;
  runIds: string | null;
  submittedFrom: number | null;
  submittedBefore: number | null;
  /** The row that the page before ended with; null for the start. */
  after: number | null;
  /** Whether a page before had records. */
  hasEarlier: boolean;
};

export const jobsHistoryView = defineView<JobsHistoryParameters>({
  // Never kept: a page is asked for once.
  timeDependent: true,
  build: async (snapshot, parameters, { timeZone }) => {
    await snapshot.read(EXPERIMENT_TRACES);
    const { after, format, hasEarlier } = parameters;
    const { rows, next } = await readJobDataPage(snapshot.experiment, after, ROWS_PER_PAGE, {
      columns: HISTORY_COLUMNS,
    });
    const filter = attemptFilter(parameters);
    const records = rows.filter((row) => matchesAttempt(row, filter)).map((row) => presentJobAttempt(row, timeZone));
    const [isStart, isEnd] = [after === null, next === null];
    const stretch = { listName: "jobs_history", columns: CSV_COLUMNS, isStart, isEnd, hasEarlier };
    const page: TextPage = { text: writeRecords(records, format, stretch), records: records.length, next };
    return answer(page);
  },
});

function attemptFilter(parameters: JobsHistoryParameters): AttemptFilter {
  const list = (text: string | null) => (text === null ? null : new Set(text.split(",")));
  const runIds = list(parameters.runIds);
  return {
    sections: list(parameters.sections),
    statuses: list(parameters.statuses),
    runIds: runIds === null ? null : new Set([...runIds].map(Number)),
    submittedFrom: parameters.submittedFrom,
    submittedBefore: parameters.submittedBefore,
  };
}
