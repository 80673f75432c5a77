const FIRST_MS = 500;
const LONGEST_MS = 30_000;
/** A process that lived so long was sound: its end counts as the first one. */
const SOUND_AFTER_MS = 60_000;

/** How long to wait before a process that ended is replaced: at first hardly, then twice as long each time. */
export class RestartDelays {
  #failures = 0;

  /** @param livedMs how long the process that ended had lived */
  next(livedMs: number): number {
    this.#failures = livedMs >= SOUND_AFTER_MS ? 1 : this.#failures + 1;
    return Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.#failures - 1));
  }
}
