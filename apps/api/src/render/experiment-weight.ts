import { LRUCache } from "lru-cache";

/** Up to here, the heaviest view takes less than about 50 ms: it reads 1,500 jobs or so. */
const MOST_SMALL_BYTES = 2 * 1024 * 1024;
/** One that was large stays so until it is well below: parsed sources are in the memory of the thread that read them. */
const RETURN_SHARE = 1 / 2;
const REMEMBERED_EXPERIMENTS = 10_000;
const LOOK_AGAIN_AFTER_MS = 5_000;

export type Weight = "small" | "large";

/** How many bytes there are to read of an experiment; 0 when that is not known. @throws when there is no such name */
export type MeasureExperiment = (expid: string) => Promise<number>;

/** Tells small experiments from large ones by the size of their files; what is not known may be large. */
export class ExperimentWeights {
  readonly #measure: MeasureExperiment;
  readonly #known = new LRUCache<string, { weight: Weight; at: number }>({ max: REMEMBERED_EXPERIMENTS });

  constructor(measure: MeasureExperiment) {
    this.#measure = measure;
  }

  async of(expid: string): Promise<Weight> {
    const known = this.#known.get(expid);
    const now = performance.now();
    if (known !== undefined && now - known.at < LOOK_AGAIN_AFTER_MS) return known.weight;
    const limit = known?.weight === "large" ? MOST_SMALL_BYTES * RETURN_SHARE : MOST_SMALL_BYTES;
    // A name that is none fails again, and better explained, where the view is built.
    const bytes = await this.#measure(expid).catch(() => 0);
    const weight = bytes > 0 && bytes <= limit ? "small" : "large";
    this.#known.set(expid, { weight, at: now });
    return weight;
  }
}
