import { SourceUnavailableError } from "autosubmit-reader";
import type { Logger } from "pino";

/** Threads that may wait for a file system at a time, before nothing is tried any more that may make another one wait. */
const MOST_WAITING_THREADS = 8;
/** Of tasks that are about no experiment. */
const SITE = "";

/**
 * What file systems do not answer for. A call that hangs cannot be taken back: its thread waits until the file system
 * answers. So that no request adds another one, what is known to hang is refused until then.
 */
export class UnansweredFiles {
  readonly #logger: Logger;
  /** Experiment, or the site, and the path that a thread waits for. */
  readonly #waits = new Map<symbol, { expid: string; path: string; since: number }>();
  /** Experiments that were answered for while others were not. */
  readonly #answered = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Threads that wait. */
  get count(): number {
    return this.#waits.size;
  }

  /** Experiments whose files do not answer. */
  get expids(): readonly string[] {
    return [...new Set([...this.#waits.values()].map(({ expid }) => expid))].filter((expid) => expid !== SITE);
  }

  /** Notes that a thread waits. @returns to be called when it does not any more */
  hold(expid: string | null, path: string): () => void {
    const wait = Symbol(path);
    this.#waits.set(wait, { expid: expid ?? SITE, path, since: performance.now() });
    this.#logger.error({ expid, path, waitingThreads: this.count }, "the file system does not answer");
    return () => this.#release(wait);
  }

  /** Notes that an experiment's files were read. */
  answered(expid: string | null): void {
    if (this.#waits.size > 0) this.#answered.add(expid ?? SITE);
  }

  /** The error of a task that would make another thread wait; null when it may be tried. */
  refusal(expid: string | null): SourceUnavailableError | null {
    const asked = expid ?? SITE;
    for (const wait of this.#waits.values()) if (wait.expid === asked) return unavailable(wait.path, expid);
    if (this.#waits.size < MOST_WAITING_THREADS || this.#answered.has(asked)) return null;
    const [first] = this.#waits.values();
    return unavailable(first?.path ?? "", expid);
  }

  #release(wait: symbol): void {
    const found = this.#waits.get(wait);
    if (found === undefined) return;
    this.#waits.delete(wait);
    if (this.#waits.size === 0) this.#answered.clear();
    const durationMs = Math.round(performance.now() - found.since);
    const { expid, path } = found;
    const about = { expid: expid === SITE ? null : expid, path, durationMs, waitingThreads: this.count };
    this.#logger.info(about, "the file system answered after all");
  }
}

/** The error for who asks. */
export function unavailable(path: string, expid: string | null): SourceUnavailableError {
  const message = `The file system of ${path} does not answer; please ask again when it does`;
  return new SourceUnavailableError(message, { path, ...(expid === null ? {} : { expid }) });
}
