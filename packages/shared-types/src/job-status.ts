/** Status codes of jobs by name, as Autosubmit numbers them (formats reference §1.6). */
export const JOB_STATUS_CODES = {
  SUSPENDED: -3,
  UNKNOWN: -2,
  FAILED: -1,
  WAITING: 0,
  READY: 1,
  SUBMITTED: 2,
  QUEUING: 3,
  RUNNING: 4,
  COMPLETED: 5,
  HELD: 6,
  PREPARED: 7,
  SKIPPED: 8,
  DELAYED: 9,
} as const;

export type JobStatusName = keyof typeof JOB_STATUS_CODES;

/** Every status name, from SUSPENDED (-3) to DELAYED (9). */
export const JOB_STATUS_NAMES = Object.keys(JOB_STATUS_CODES) as JobStatusName[];

const NAME_BY_CODE: ReadonlyMap<number, JobStatusName> = new Map(
  JOB_STATUS_NAMES.map((name) => [JOB_STATUS_CODES[name], name]),
);

/** The name of a status code; a code that Autosubmit does not define is `UNKNOWN`. */
export function jobStatusName(code: number): JobStatusName {
  return NAME_BY_CODE.get(code) ?? "UNKNOWN";
}

/** The code of a status name in any case, or null for a name that Autosubmit does not define. */
export function jobStatusCode(name: string): number | null {
  const upper = name.toUpperCase();
  return Object.hasOwn(JOB_STATUS_CODES, upper) ? JOB_STATUS_CODES[upper as JobStatusName] : null;
}
