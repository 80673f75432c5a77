import { type Attempt, readAttempts, summariseStatistics } from "@autosubmit-api/domain";
import { epochToLocal } from "@autosubmit-api/shared-types";
import { readTotalStats } from "autosubmit-reader";
import { presentStatistics } from "../../presenters/v3/statistics.js";
import { CONFIGURATION_FACTS, JOB_LIST } from "../sources.js";
import { answer, defineView } from "../view.js";

const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_MINUTE = 60;
const LOCAL_TIME_LENGTH = "YYYY-MM-DDTHH:MM:SS".length;

/** `GET /v3/stats/{expid}/{hours}/{section}`; null and not positive hours are the whole history, a null section is all. */
export const statisticsView = defineView<{ hours: number | null; section: string | null }>({
  // The period ends now, and TOTAL_STATS files have no cheap fingerprint: one may change without its folder.
  timeDependent: true,
  build: async (snapshot, { hours, section }, { now, timeZone, note }) => {
    const { jobs } = await snapshot.read(JOB_LIST);
    const facts = await snapshot.read(CONFIGURATION_FACTS);
    const asked = section === null ? jobs : jobs.filter((job) => job.section === section);
    const files = await readTotalStats(
      snapshot.experiment,
      asked.map((job) => job.name),
    );
    if (files.unreadable.length > 0)
      note({ level: "warn", message: "TOTAL_STATS files cannot be read", fields: { count: files.unreadable.length } });
    const attempts = new Map<string, readonly Attempt[]>();
    for (const [name, records] of files.attempts) attempts.set(name, readAttempts(records, timeZone));
    const to = Math.floor(now.getTime() / 1000 / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE;
    const from = hours !== null && hours > 0 ? to - hours * SECONDS_PER_HOUR : null;
    const filter = { section, activeAfter: from };
    const localNow = new Date(epochToLocal(to, timeZone) * 1000).toISOString().slice(0, LOCAL_TIME_LENGTH);
    const attemptsOf = (name: string) => attempts.get(name) ?? [];
    const view = summariseStatistics({ jobs: asked, attemptsOf, configuration: facts, localNow }, filter);
    return answer(presentStatistics(view, { from, to }, section ?? "Any", timeZone));
  },
});
