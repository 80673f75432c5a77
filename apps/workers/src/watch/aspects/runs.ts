import { isoTime } from "@autosubmit-api/domain";
import { type RunSummary, readRunSummaries } from "autosubmit-reader";
import { type Change, change, type LookTime, type WatchAspect } from "../watch-aspect.js";

/** The runs of an experiment by rising number. */
type Runs = RunSummary[];

/** The last run that was told of. */
interface LastRun {
  runId: number;
  finished: boolean;
}

/** Beginnings and ends of runs. */
export const runs: WatchAspect<Runs> = {
  id: "WATCH_RUNS",

  async read(experiment, { fingerprint }) {
    const present = await experiment.site.tables.fingerprint({ database: "job-data", expid: experiment.expid });
    if (present === null || present === fingerprint) return { finding: null, fingerprint: present, inFull: false };
    return { finding: await readRunSummaries(experiment, 0), fingerprint: present, inFull: true };
  },

  compare(before, finding, time) {
    const newest = finding.at(-1);
    const last: LastRun = newest
      ? { runId: newest.run_id, finished: isFinished(newest) }
      : { runId: 0, finished: true };
    const state = JSON.stringify(last);
    if (before === null) return { base: "", state, changes: [] };
    if (state === before.state) return null;
    const told = JSON.parse(before.state) as LastRun;
    return { base: null, state, changes: finding.flatMap((run) => changesOf(run, told, time)) };
  },
};

const isFinished = ({ finish }: RunSummary) => finish !== null && finish > 0;

function changesOf(run: RunSummary, told: LastRun, { timeZone }: LookTime): Change[] {
  const { run_id: runId, total, completed, failed } = run;
  const isNew = runId > told.runId;
  const started = change("run-started", { runId, startedAt: isoTime(run.start, timeZone), total });
  const finishedAt = isoTime(run.finish, timeZone);
  const finished = change("run-finished", { runId, finishedAt, total, completed, failed });
  const hasEnded = isFinished(run) && (isNew || (runId === told.runId && !told.finished));
  return [...(isNew ? [started] : []), ...(hasEnded ? [finished] : [])];
}
