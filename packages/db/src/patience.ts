import { setTimeout as sleep } from "node:timers/promises";
import { isBusy } from "./errors.js";

/** How long to wait for a database that another program has locked. */
export interface Patience {
  /** Altogether, in milliseconds; then the attempt fails with `DATABASE_BUSY`. */
  patienceMs: number;
  /** Ends the waiting early: a program that stops does not wait for a lock. */
  signal?: AbortSignal | undefined;
}

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Runs `attempt` until it does not find the database locked, at least once, with growing random pauses so that programs
 * that wait for each other do not keep step. The event loop is free during the pauses.
 * @param isWorthRepeating which failures pass by themselves
 */
export async function withPatience<T>(
  attempt: () => Promise<T>,
  { patienceMs, signal }: Patience,
  isWorthRepeating: (error: unknown) => boolean = isBusy,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isWorthRepeating(error) || signal?.aborted || performance.now() + pauseMs > deadline) throw error;
    }
    await sleep(pauseMs * (0.5 + Math.random()), undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}
