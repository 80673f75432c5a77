import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError, type RegisteredExperiment } from "@autosubmit-api/db";
import type { LiveFeedSettings } from "../config/live-feed-settings.js";
import { type Duty, dutyOf } from "../duty.js";
import type { WorkerContext } from "../worker-context.js";
import { type Fingerprints, lookAt } from "./look.js";
import { pauseBetweenLooks } from "./pace.js";

/** What the watcher knows of an experiment. */
interface Watched {
  experiment: RegisteredExperiment;
  fingerprints: Fingerprints;
  running: boolean;
  /** When it changed last, or was first seen to be quiet; milliseconds of `performance.now()`, as the next. */
  changedAt: number;
  nextLookAt: number;
  /** The problems that were logged last, so that each is told once. */
  problems: string;
}

const REGISTRY_MS = 5_000;
const PRUNE_MS = 60_000;
const TICK_MS = 100;
/** After a database could not be used. */
const RETRY_MS = 500;
/** An experiment that the watcher meets counts as quiet for this long: looked at now, and then seldom unless it moves. */
const QUIET_AT_FIRST_MS = 600_000;

/**
 * Follows the experiments of the site and writes what changes to the journal, until the worker is to stop. Of all workers
 * one does so; the others wait to take over. What happened while nobody watched is told afterwards.
 */
export async function keepWatching(context: WorkerContext, settings: LiveFeedSettings): Promise<void> {
  const { stop, logger } = context;
  const watch = new Watch(context, settings);
  while (!stop.aborted) {
    const isUp = await watch.tick().catch((error: unknown) => {
      if (!(error instanceof DatabaseError)) throw error;
      if (!stop.aborted)
        logger.warn({ code: error.code, reason: error.message }, "the live feed waits for its database");
      return false;
    });
    await sleep(isUp ? TICK_MS : RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  await watch.end();
}

/** The watcher's memory and its duties; one tick looks which of them are due. */
class Watch {
  readonly #context: WorkerContext;
  readonly #settings: LiveFeedSettings;
  readonly #watched = new Map<string, Watched>();
  readonly #looks = new Set<Promise<void>>();
  readonly #duty: Duty;
  #registryAt = 0;
  #pruneAt = 0;
  /** A look's database error, thrown by the next tick so that it is reported once. */
  #failure: unknown = null;

  constructor(context: WorkerContext, settings: LiveFeedSettings) {
    this.#context = context;
    this.#settings = settings;
    this.#duty = dutyOf("live-feed", context, (isHeld) => this.#becomes(isHeld));
  }

  /** @returns whether this worker watches @throws DatabaseError */
  async tick(): Promise<boolean> {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
    if (!(await this.#duty.hold())) return false;
    const now = performance.now();
    if (now >= this.#registryAt) {
      await this.#readRegistry();
      this.#registryAt = now + REGISTRY_MS;
    }
    if (now >= this.#pruneAt) {
      await this.#prune();
      this.#pruneAt = now + PRUNE_MS;
    }
    this.#startLooks(now);
    return true;
  }

  /** Waits for the looks that are under way, and lets another worker watch. */
  async end(): Promise<void> {
    await Promise.all(this.#looks);
    await this.#duty.release();
  }

  #becomes(isHeld: boolean): void {
    const text = isHeld ? "watching for the live feed" : "another worker watches now";
    this.#context.logger.info({ experiments: this.#watched.size }, text);
    // What this worker remembers is as old as its watch.
    this.#watched.clear();
    this.#registryAt = 0;
  }

  async #readRegistry(): Promise<void> {
    const { databases } = this.#context;
    const experiments = await databases.experiments.list();
    const names = new Set(experiments.map(({ name }) => name));
    const isFirst = this.#watched.size === 0;
    const gone = [...this.#watched.keys()].filter((name) => !names.has(name));
    for (const name of gone) this.#watched.delete(name);
    if (isFirst || gone.length > 0) await databases.eventJournal.forgetOthers(names);
    const known = isFirst ? await this.#knownFingerprints() : new Map<string, Fingerprints>();
    const now = performance.now();
    for (const experiment of experiments) {
      const watched = this.#watched.get(experiment.name);
      if (watched) watched.experiment = experiment;
      else this.#watched.set(experiment.name, newlyWatched(experiment, known.get(experiment.name), now));
    }
  }

  async #knownFingerprints(): Promise<Map<string, Fingerprints>> {
    const known = new Map<string, Fingerprints>();
    for (const { expid, aspect, fingerprint } of await this.#context.databases.eventJournal.listFingerprints()) {
      const fingerprints: Fingerprints = known.get(expid) ?? new Map();
      known.set(expid, fingerprints.set(aspect, fingerprint));
    }
    return known;
  }

  async #prune(): Promise<void> {
    const { databases, clock, logger } = this.#context;
    const before = new Date(clock().getTime() - this.#settings.retentionMs);
    const removed = await databases.eventJournal.prune({ before, mostBytes: this.#settings.journalBytes });
    if (removed > 0) logger.debug({ events: removed }, "old events removed");
  }

  #startLooks(now: number): void {
    const due = [...this.#watched.values()].filter(({ nextLookAt }) => nextLookAt <= now);
    due.sort((a, b) => a.nextLookAt - b.nextLookAt);
    const free = this.#context.readers.capacity - this.#looks.size;
    for (const watched of due.slice(0, Math.max(0, free))) {
      // Not again before this look is over.
      watched.nextLookAt = Number.POSITIVE_INFINITY;
      const look = this.#look(watched).finally(() => this.#looks.delete(look));
      this.#looks.add(look);
    }
  }

  async #look(watched: Watched): Promise<void> {
    const startedAt = performance.now();
    let pauseMs = RETRY_MS;
    try {
      const { changed, running, problems } = await lookAt(watched.experiment, watched.fingerprints, this.#context);
      if (changed) watched.changedAt = startedAt;
      if (running !== null) watched.running = running;
      this.#tellProblems(watched, problems);
      pauseMs = pauseBetweenLooks({ running: watched.running, quietMs: startedAt - watched.changedAt });
    } catch (error) {
      this.#failure = error;
    }
    watched.nextLookAt = startedAt + pauseMs;
  }

  #tellProblems(watched: Watched, problems: readonly string[]): void {
    const { logger, stop } = this.#context;
    const text = [...problems].sort().join("; ");
    if (text !== "" && text !== watched.problems && !stop.aborted) {
      logger.warn({ expid: watched.experiment.name, problems: text }, "an experiment cannot be watched in full");
    }
    watched.problems = text;
  }
}

function newlyWatched(experiment: RegisteredExperiment, known: Fingerprints | undefined, now: number): Watched {
  return {
    experiment,
    fingerprints: known ?? new Map(),
    running: false,
    changedAt: now - QUIET_AT_FIRST_MS,
    nextLookAt: now,
    problems: "",
  };
}
