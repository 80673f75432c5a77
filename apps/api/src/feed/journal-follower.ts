import { setTimeout as sleep } from "node:timers/promises";
import type { EventJournalRepository, JournalEvent } from "@autosubmit-api/db";
import type { Logger } from "pino";

export interface FollowerSettings {
  journal: EventJournalRepository;
  logger: Logger;
}

/** Whom the follower tells of events, in their order. */
export interface FollowerListener {
  /** Events that come right after those of the call before. */
  events(events: readonly JournalEvent[]): void;
  /** The journal begins anew, or events were removed before they were read: what comes next is after this number. */
  restart(position: number): void;
}

const PAGE = 1_000;
/** Events that are kept for clients that were a moment too late, and their bytes at most. */
const RECENT_EVENTS = 5_000;
/** The bounds are looked at once in so many rounds: a journal that was replaced has lower numbers. */
const ROUNDS_PER_CHECK = 20;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** How long to wait for news at a time; a journal in a file is looked at more often than that. */
const WAIT_MS = 2_000;

/** Reads the journal once for all clients of this process, while there are listeners. */
export class JournalFollower {
  readonly #settings: FollowerSettings;
  readonly #listeners = new Set<FollowerListener>();
  #recent: JournalEvent[] = [];
  #position: number | null = null;
  /** The work of following; another one, or none, once this one is to end. */
  #work: symbol | null = null;
  #failures = 0;
  #rounds = 0;

  constructor(settings: FollowerSettings) {
    this.#settings = { ...settings, logger: settings.logger.child({ component: "feed" }) };
  }

  /** The number of the last event that listeners were told of; null while nobody listens. */
  get position(): number | null {
    return this.#position;
  }

  /** The events after `id` that listeners were told of, or null when these are not all kept. */
  recentAfter(id: number): readonly JournalEvent[] | null {
    if (this.#position === null || id > this.#position) return null;
    if (id === this.#position) return [];
    const first = this.#recent[0];
    return first === undefined || first.id > id + 1 ? null : this.#recent.filter((event) => event.id > id);
  }

  /** @returns the position at which the listener joins; events after it will be told @throws DatabaseError */
  async listen(listener: FollowerListener): Promise<number> {
    const position = this.#position ?? (await this.#settings.journal.bounds()).newest;
    this.#position ??= position;
    this.#listeners.add(listener);
    if (this.#work === null) void this.#follow();
    return this.#position;
  }

  leave(listener: FollowerListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.close();
  }

  close(): void {
    this.#work = null;
    this.#position = null;
    this.#recent = [];
  }

  async #follow(): Promise<void> {
    const work = Symbol("following");
    this.#work = work;
    while (this.#work === work) {
      await this.#round();
      await this.#pause();
    }
  }

  /** One look. A journal that cannot be read delays; it is read from the same place when it can be. */
  async #round(): Promise<void> {
    const { logger } = this.#settings;
    try {
      await this.#read();
      if (this.#failures > 0) logger.info("the journal of events can be read again");
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures === 1) logger.warn({ err: error }, "the journal of events cannot be read: the feed waits");
    }
  }

  /** Until there may be something new, or longer and longer while the journal cannot be read. */
  async #pause(): Promise<void> {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.#failures, 10));
    if (this.#failures > 0) await sleep(pauseMs, undefined, { ref: false });
    // What went wrong is met again, and told, at the next look.
    else await this.#settings.journal.news(WAIT_MS).catch(() => sleep(pauseMs, undefined, { ref: false }));
  }

  async #read(): Promise<void> {
    this.#rounds += 1;
    if (this.#rounds % ROUNDS_PER_CHECK === 0) await this.#checkBounds();
    for (;;) {
      const after = this.#position;
      if (after === null) return;
      const events = await this.#settings.journal.listAfter(after, PAGE);
      const last = events.at(-1);
      // Everybody may have left meanwhile.
      if (last === undefined || this.#position !== after) return;
      this.#position = last.id;
      this.#recent = [...this.#recent, ...events].slice(-RECENT_EVENTS);
      for (const listener of this.#listeners) listener.events(events);
      if (events.length < PAGE) return;
    }
  }

  async #checkBounds(): Promise<void> {
    const { newest, removedThrough } = await this.#settings.journal.bounds();
    if (this.#position === null || (newest >= this.#position && removedThrough <= this.#position)) return;
    this.#position = newest;
    this.#recent = [];
    for (const listener of this.#listeners) listener.restart(newest);
  }
}
