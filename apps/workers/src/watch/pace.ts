/** How an experiment behaved lately. */
export interface Liveliness {
  /** Whether Autosubmit seems to work on it. */
  running: boolean;
  /** Since its files changed last, as far as is known, in milliseconds. */
  quietMs: number;
}

/** Status changes are to be told within two seconds, of which the API needs a part. */
const SHORTEST_MS = 1_000;
const LONGEST_MS = 60_000;
/** The longer nothing has changed, the longer the next change may take. */
const SHARE_OF_QUIET = 1 / 30;

/** How long to wait before the experiment is looked at again, in milliseconds. */
export function pauseBetweenLooks({ running, quietMs }: Liveliness): number {
  if (running) return SHORTEST_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, quietMs * SHARE_OF_QUIET));
}
