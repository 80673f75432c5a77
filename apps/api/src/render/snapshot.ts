import {
  AutosubmitReadError,
  type ConfigurationCache,
  createConfigurationCache,
  type Experiment,
  type ReadErrorCode,
  type Site,
  type TableLocation,
} from "autosubmit-reader";
import { LRUCache } from "lru-cache";
import { ReadLog } from "./thread-work.js";
import { unavailable } from "./unanswered-files.js";
import type { ViewContext } from "./view.js";

/**
 * Something that is read from an experiment or the site as a whole, and kept while its fingerprint stays. `name` is unique
 * among sources, parameters included (`run-configuration/3`).
 */
export interface Source<Value> {
  name: string;
  /** Cheap; changes whenever the value may have changed. Answers remember it, so that it must not hold anything large. */
  fingerprint: (snapshot: Snapshot) => Promise<string | null>;
  /** @param previous what is kept of an earlier time, parts of which may still hold; null when nothing is */
  read(snapshot: Snapshot, previous: Value | null): Promise<Value>;
  /** A rough estimate of the memory that the value takes, or `KEPT_ELSEWHERE`. */
  sizeBytes(value: Value): number;
  /** Whoever reads it has read everything that its fingerprint depends on: an answer need not remember it as well. */
  isImplied?: true;
}

/** A source that was used, with the fingerprint that it had. Not the source itself, which may hold what it was made with. */
export interface UsedSource extends Pick<Source<unknown>, "name" | "fingerprint"> {
  was: string | null;
}

/** The size of values that another cache keeps and counts. */
export const KEPT_ELSEWHERE = Number.POSITIVE_INFINITY;

/** The asking clients went away; nobody waits for the answer. */
export class RenderCancelledError extends Error {
  override readonly name = "RenderCancelledError";
}

type Kept = { fingerprint: string | null } & ({ value: unknown } | { error: AutosubmitReadError });

/** Failures that reading again cannot mend while the file stays as it is. */
const LASTING: ReadonlySet<ReadErrorCode> = new Set<ReadErrorCode>([
  "SOURCE_CORRUPT",
  "SOURCE_TOO_LARGE",
  "FORMAT_UNSUPPORTED",
  "CONFIG_INVALID",
]);
const ERROR_BYTES = 1_000;
/** Part of the memory that is for configurations, and how much more than its files a configuration takes in memory. */
const CONFIGURATION_SHARE = 1 / 8;
const CONFIGURATION_GROWTH = 8;
/** Part of the memory that is for what lists show of configurations. */
const SUMMARY_SHARE = 1 / 8;

/** Parsed sources of all experiments of a thread, bounded in bytes. */
export class SourceCache {
  /** Keeps configurations itself, since only loading one tells which files it is made of. */
  readonly configurations: ConfigurationCache;
  readonly #kept: LRUCache<string, Kept>;

  constructor(maximumBytes: number) {
    const forConfigurations = maximumBytes * CONFIGURATION_SHARE;
    const maxSummaryBytes = maximumBytes * SUMMARY_SHARE;
    const maxBytes = forConfigurations / CONFIGURATION_GROWTH;
    this.configurations = createConfigurationCache({ maxBytes, maxSummaryBytes });
    const others = maximumBytes - forConfigurations - maxSummaryBytes;
    this.#kept = new LRUCache({ maxSize: Math.max(1, Math.floor(others)) });
  }

  get sizeBytes(): number {
    return this.#kept.calculatedSize;
  }

  find(key: string, fingerprint: string | null): Kept | null {
    const kept = this.#kept.get(key);
    return kept !== undefined && kept.fingerprint === fingerprint ? kept : null;
  }

  /** The value that was kept last, whether it still holds or not; null when there is none. */
  latest(key: string): unknown {
    const kept = this.#kept.peek(key);
    return kept !== undefined && "value" in kept ? kept.value : null;
  }

  keep(key: string, entry: Kept, sizeBytes: number): void {
    if (sizeBytes !== KEPT_ELSEWHERE) this.#kept.set(key, entry, { size: Math.max(1, Math.ceil(sizeBytes)) });
  }
}

/**
 * One experiment, or the site, as one request sees it: each source is looked at once, and read only when it changed since
 * the thread last read it.
 */
export class Snapshot {
  readonly site: Site;
  readonly configurations: ConfigurationCache;
  /** Every source that was used, by name. */
  readonly used = new Map<string, UsedSource>();
  readonly #experiment: Experiment | null;
  readonly #cache: SourceCache;
  readonly #isCancelled: () => boolean;
  readonly #log: ReadLog;
  readonly #unanswered: ReadonlySet<string>;
  readonly #values = new Map<string, Promise<unknown>>();
  readonly #fingerprints = new Map<string, Promise<string | null>>();
  readonly #databases = new Map<string, Promise<string | null>>();

  /** @throws AutosubmitReadError `EXPID_INVALID` */
  constructor(
    site: Site,
    expid: string | null,
    cache: SourceCache,
    isCancelled: () => boolean = () => false,
    log: ReadLog = new ReadLog(),
    unanswered: ReadonlySet<string> = new Set(),
  ) {
    this.site = site;
    this.#experiment = expid === null ? null : site.experiment(expid);
    this.configurations = cache.configurations;
    this.#cache = cache;
    this.#isCancelled = isCancelled;
    this.#log = log;
    this.#unanswered = unanswered;
  }

  /** Whether an experiment was asked for. */
  get hasExperiment(): boolean {
    return this.#experiment !== null;
  }

  /** The experiment that was asked for; views of the whole site have none and must not ask. */
  get experiment(): Experiment {
    if (this.#experiment === null) throw new Error("this view was asked without an experiment");
    return this.#experiment;
  }

  /**
   * The same request's look at one experiment, for views of the whole site. What is used of it is not in `used`: such views
   * are built anew each time, from kept sources.
   * @throws AutosubmitReadError `EXPID_INVALID`
   */
  of(expid: string): Snapshot {
    return new Snapshot(this.site, expid, this.#cache, this.#isCancelled, this.#log, this.#unanswered);
  }

  /** @throws AutosubmitReadError, RenderCancelledError */
  read<Value>(source: Source<Value>): Promise<Value> {
    const running = this.#values.get(source.name) ?? this.#readOrReuse(source);
    this.#values.set(source.name, running);
    // Names are unique among sources, so what is kept under this one came from a source of this type.
    return running as Promise<Value>;
  }

  /** Whether the value is at hand, so that reading it costs nothing. */
  async isKept(source: Source<unknown>): Promise<boolean> {
    return this.#cache.find(this.#keyOf(source), await this.fingerprint(source)) !== null;
  }

  #keyOf(source: Source<unknown>): string {
    return `${this.#experiment?.expid ?? ""}/${source.name}`;
  }

  /**
   * The fingerprint at this request's first look. A place that cannot even be looked at (no permission, say) has that as its
   * fingerprint; reading it then tells what is wrong.
   */
  fingerprint({ name, fingerprint }: Pick<Source<unknown>, "name" | "fingerprint">): Promise<string | null> {
    const look = async () => this.lookUnlessUnanswered(() => fingerprint(this));
    const known = this.#fingerprints.get(name) ?? look().catch(fingerprintOfFailure);
    this.#fingerprints.set(name, known);
    return known;
  }

  /** The same of a database, which several sources may be read from; of the experiment, unless it is the site's. */
  databaseFingerprint(database: TableLocation["database"]): Promise<string | null> {
    const location =
      database === "main" || database === "status" ? { database } : { database, expid: this.experiment.expid };
    const known = this.#databases.get(database) ?? this.site.tables.fingerprint(location);
    this.#databases.set(database, known);
    return known;
  }

  /**
   * Looks at files of the experiment, as `read` and `fingerprint` do.
   * @throws SourceUnavailableError when another thread waits for them already
   */
  lookUnlessUnanswered<Value>(look: () => Promise<Value>): Promise<Value> {
    const { expid, paths } = this.#experiment ?? {};
    if (expid === undefined || paths === undefined || !this.#unanswered.has(expid)) return look();
    return Promise.reject(unavailable(paths.folder, expid));
  }

  async #readOrReuse(source: Source<unknown>): Promise<unknown> {
    if (this.#isCancelled()) throw new RenderCancelledError();
    // Taken before reading: a file that is replaced meanwhile looks changed at the next request, never the other way round.
    const fingerprint = await this.fingerprint(source);
    if (source.isImplied !== true)
      this.used.set(source.name, { name: source.name, fingerprint: source.fingerprint, was: fingerprint });
    const key = this.#keyOf(source);
    const kept = this.#cache.find(key, fingerprint);
    if (kept !== null) {
      this.#log.reuse(source.name);
      if ("error" in kept) throw kept.error;
      return kept.value;
    }
    try {
      const value = await this.#log.measure(source.name, () =>
        this.lookUnlessUnanswered(() => source.read(this, this.#cache.latest(key))),
      );
      this.#cache.keep(key, { fingerprint, value }, source.sizeBytes(value));
      return value;
    } catch (error) {
      if (error instanceof AutosubmitReadError && LASTING.has(error.code))
        this.#cache.keep(key, { fingerprint, error }, ERROR_BYTES);
      throw error;
    }
  }
}

function fingerprintOfFailure(error: unknown): string {
  if (error instanceof Error && "code" in error) return `failed: ${String(error.code)}`;
  throw error;
}

/**
 * A source that a view can do without: when it cannot be read, that is noted for the log and the answer is null. A server
 * that is away is no such reason: what it holds is a moment from being readable, and half an answer would look whole.
 */
export async function readOrNull<Value>(
  snapshot: Snapshot,
  source: Source<Value>,
  note: ViewContext["note"],
): Promise<Value | null> {
  return orNull(snapshot.read(source), source.name, note);
}

/** The same of any reading. */
export async function orNull<Value>(
  reading: Promise<Value>,
  name: string,
  note: ViewContext["note"],
): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    const { code, message, path } = error;
    note({ level: "warn", message: "a source was left out", fields: { source: name, code, reason: message, path } });
    return null;
  }
}

/** A source that is computed from others and is as fresh as they are, such as a view that several endpoints share. */
export function deriveSource<Value>(options: {
  name: string;
  inputs: readonly Source<unknown>[];
  build: (snapshot: Snapshot) => Promise<Value>;
  sizeBytes: (value: Value) => number;
}): Source<Value> {
  return {
    name: options.name,
    fingerprint: async (snapshot) =>
      (await Promise.all(options.inputs.map((input) => snapshot.fingerprint(input)))).join("\n"),
    read: options.build,
    sizeBytes: options.sizeBytes,
  };
}
