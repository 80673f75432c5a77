import {
  activeFirst,
  type JobFilter,
  type JobPredicate,
  jobPlatform,
  jobPredicate,
  pageOf,
  stretchAfter,
} from "@autosubmit-api/domain";
import { JobV4, type JobV4Body } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";
import { lazyMap } from "../../presenters/lazy-list.js";
import type { LazyText } from "../../presenters/lazy-text.js";
import {
  type JobListView,
  presentExtendedJob,
  presentJob,
  presentPagination,
  presentQuickJob,
} from "../../presenters/v4/jobs.js";
import { readExperimentJobs } from "../job-sources.js";
import { type RecordFormat, writeRecords } from "../record-text.js";
import { readOrNull, type Snapshot } from "../snapshot.js";
import { CONFIGURATION_FACTS, readJobs } from "../sources.js";
import { answer, defineView, type ViewContext } from "../view.js";

/** Which jobs are wanted and what to tell of them; a null condition is none. */
type Selection = { view: JobListView } & Record<keyof JobFilter, string | null>;

const CSV_COLUMNS: Record<JobListView, readonly string[]> = {
  quick: ["name", "status"],
  base: Object.keys(JobV4.properties).slice(0, Object.keys(JobV4.properties).indexOf("platform")),
  extended: Object.keys(JobV4.properties),
};

/** `GET /v4/experiments/{expid}/jobs`, the whole list or a page of it. */
export const jobsView = defineView<Selection & { page: number; pageSize: number | null }>({
  timeDependent: false,
  build: async (snapshot, parameters, context) => {
    const { jobs, present, changesWithTime } = await selectJobs(snapshot, parameters, context);
    const page = pageOf(activeFirst(jobs), parameters.page, parameters.pageSize);
    return { ...answer({ jobs: lazyMap(page.items, present), pagination: presentPagination(page) }), changesWithTime };
  },
});

/** The same, a stretch of the list in file order; a null cursor is its start. */
export const jobsStretchView = defineView<Selection & { cursor: string | null; limit: number }>({
  timeDependent: false,
  build: async (snapshot, parameters, context) => {
    const { jobs, present, changesWithTime } = await selectJobs(snapshot, parameters, context);
    const { cursor, limit } = parameters;
    const stretch = stretchAfter(jobs, (job) => job.name, { cursor, limit });
    if (stretch === null) {
      const message = "The cursor is not known: the job that it stands for is gone, or it was made up. Start anew";
      return { status: 400, body: { error: true, error_message: message } };
    }
    const body = { jobs: lazyMap(stretch.items, present), next_cursor: stretch.nextCursor };
    return { ...answer(body), changesWithTime };
  },
});

/** The same as text, a record a line, the whole list in file order. */
export const jobsTextView = defineView<Selection & { format: RecordFormat }>({
  timeDependent: false,
  build: async (snapshot, parameters, context) => {
    const { jobs, present, changesWithTime } = await selectJobs(snapshot, parameters, context);
    const { format, view } = parameters;
    const start = { listName: "jobs", columns: CSV_COLUMNS[view], isStart: true, isEnd: false, hasEarlier: false };
    const later = { ...start, isStart: false };
    // What stands before the records comes first: there may be none.
    const pieceAt = (index: number) => {
      const job = jobs[index - 1];
      return job === undefined ? writeRecords([], format, start) : writeRecords([present(job)], format, later);
    };
    const text: LazyText = { pieceCount: jobs.length + 1, pieceAt };
    return { ...answer(text), changesWithTime };
  },
});

interface SelectedJobs {
  /** In file order. */
  jobs: JobRecord[];
  present: (job: JobRecord) => JobV4Body;
  changesWithTime: boolean;
}

async function selectJobs(snapshot: Snapshot, selection: Selection, context: ViewContext): Promise<SelectedJobs> {
  const isWanted = await predicateOf(snapshot, selection, context);
  if (selection.view !== "extended") {
    const { jobs } = await readJobs(snapshot, context.note);
    const present = selection.view === "base" ? presentJob : presentQuickJob;
    return { jobs: jobs.filter(isWanted), present, changesWithTime: false };
  }
  const { jobs, changesWithTime } = await readExperimentJobs(snapshot, context);
  const views = new Map(jobs.jobs.map((job) => [job.record, job]));
  return {
    jobs: jobs.jobs.map((job) => job.record).filter(isWanted),
    present: (record) => {
      const job = views.get(record);
      return job === undefined ? presentJob(record) : presentExtendedJob(job, context.timeZone);
    },
    changesWithTime,
  };
}

async function predicateOf(snapshot: Snapshot, selection: Selection, { note }: ViewContext): Promise<JobPredicate> {
  const { status, section, date, member, chunk, split, platform, query } = selection;
  const facts = platform === null ? null : await readOrNull(snapshot, CONFIGURATION_FACTS, note);
  const filter = { status, section, date, member, chunk, split, platform, query };
  return jobPredicate(filter, (name) => (facts === null ? "" : jobPlatform(facts, name)));
}
