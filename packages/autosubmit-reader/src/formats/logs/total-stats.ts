/**
 * One attempt of a job: a line of its `_TOTAL_STATS` file (formats reference §5.4). Times are as written, normally
 * `YYYYMMDDHHMMSS` on the clock of Autosubmit's host; null when they were not written yet. They are not checked: a text
 * that is no time is kept, so that a reader can tell a broken line from an unfinished one.
 */
export interface TotalStatsRecord {
  submit: string | null;
  start: string | null;
  finish: string | null;
  /** `COMPLETED` or `FAILED` in general; null while in flight and in files that never say. */
  status: string | null;
}

/** What 4.1.17's template line has where nothing was written yet. */
const TEMPLATE_WORDS = new Set(["submit", "start", "end", "status"]);
const TIME_LENGTH = 14;

/**
 * The attempts of a `_TOTAL_STATS` file, oldest first; blank lines are none. The last one is the newest attempt.
 * differs: the words of 4.1.17's template line count as absent; the reference takes them for values and calls the job
 * suspicious.
 */
export function parseTotalStats(text: string): TotalStatsRecord[] {
  const attempts: TotalStatsRecord[] = [];
  for (const line of text.split("\n")) {
    const fields = line.split(/\s+/).filter((field) => field !== "");
    if (fields.length > 0) attempts.push(parseAttempt(fields));
  }
  return attempts;
}

function parseAttempt(fields: readonly string[]): TotalStatsRecord {
  const field = (position: number) => {
    const text = fields[position];
    return text === undefined || TEMPLATE_WORDS.has(text) ? null : text;
  };
  const status = field(3);
  return {
    submit: field(0),
    start: field(1),
    finish: field(2),
    status: status === null || status.length === TIME_LENGTH ? null : status,
  };
}
