import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { ExperimentWeights, type MeasureExperiment } from "./experiment-weight.js";
import { type LaneSettings, RenderLane } from "./lane.js";
import type { LaneKind } from "./render-observer.js";
import { UnansweredFiles } from "./unanswered-files.js";

export interface LaneSetSettings extends LaneSettings {
  /** Threads for large experiments; half as many more, rounded up, serve small ones, and another one the whole site. */
  threads: number;
  /** Where it is not given, every experiment may be large. */
  measureExperiment?: MeasureExperiment;
}

/** What a lane is chosen by, see `RenderRequest`. */
interface Asked {
  view: string;
  expid: string | null;
  light?: boolean;
}

/** How much of the memory for parsed sources a thread gets, beside the others. */
const MEMORY_SHARES: Record<LaneKind, number> = { experiment: 2, light: 1, site: 1 };
/**
 * Threads that are busy for seconds step back behind those that answer in milliseconds, the main thread above all. A small
 * step: other processes of the machine gain from it as well.
 */
const NICENESS: Record<LaneKind, number> = { experiment: 5, light: 0, site: 0 };

/**
 * Every lane of a process. What is answered in milliseconds never waits for what takes seconds, even where a single thread
 * does all of the latter. On a lane of its own kind, each experiment always meets the same thread.
 */
export class LaneSet {
  readonly #lanes: Readonly<Record<LaneKind, readonly RenderLane[]>>;
  readonly #weights: ExperimentWeights | null;
  /** What file systems do not answer for, to all threads together. */
  readonly files: UnansweredFiles;

  constructor({ threads, measureExperiment, ...settings }: LaneSetSettings, logger: Logger) {
    this.files = new UnansweredFiles(logger);
    const services = { files: this.files };
    const counts: Record<LaneKind, number> = { experiment: threads, light: Math.ceil(threads / 2), site: 1 };
    const kinds = Object.keys(counts) as LaneKind[];
    const shares = kinds.reduce((sum, kind) => sum + counts[kind] * MEMORY_SHARES[kind], 0);
    const newLanes = (kind: LaneKind) => {
      const sourceCacheBytes = (settings.thread.sourceCacheBytes * MEMORY_SHARES[kind]) / shares;
      const thread = { ...settings.thread, sourceCacheBytes, niceness: NICENESS[kind] };
      return Array.from({ length: counts[kind] }, () => new RenderLane({ ...settings, thread, logger }, services));
    };
    this.#lanes = { experiment: newLanes("experiment"), light: newLanes("light"), site: newLanes("site") };
    this.#weights = measureExperiment === undefined ? null : new ExperimentWeights(measureExperiment);
  }

  /** Each lane with its kind. */
  get all(): readonly { kind: LaneKind; lane: RenderLane }[] {
    return (Object.keys(this.#lanes) as LaneKind[]).flatMap((kind) =>
      this.#lanes[kind].map((lane) => ({ kind, lane })),
    );
  }

  /** Whether what is asked of that lane may take hundreds of megabytes. */
  isForLarge(lane: RenderLane): boolean {
    return this.#lanes.experiment.includes(lane);
  }

  async of(asked: Asked): Promise<RenderLane> {
    return this.#laneOf(await this.#kindOf(asked), asked.expid ?? asked.view);
  }

  /** The lane of an experiment's light views, whatever it weighs. */
  lightOf(expid: string): RenderLane {
    return this.#laneOf("light", expid);
  }

  #laneOf(kind: LaneKind, key: string): RenderLane {
    const lanes = this.#lanes[kind];
    const lane = lanes[lanes.length === 1 ? 0 : hashOf(key) % lanes.length];
    if (lane === undefined) throw new RangeError("a kind of lanes has none");
    return lane;
  }

  /** Gives memory back that is not needed any more: on a thread, since that takes 15 ms for 170 MB. */
  free(buffer: ArrayBufferLike): void {
    this.#lanes.light[0]?.free(buffer);
  }

  async #kindOf({ expid, light = false }: Asked): Promise<LaneKind> {
    // A list of the whole site that is not paged reads much.
    if (expid === null) return light ? "site" : "experiment";
    return light || (await this.#weights?.of(expid)) === "small" ? "light" : "experiment";
  }
}

function hashOf(text: string): number {
  return createHash("sha1").update(text).digest().readUInt32BE();
}
