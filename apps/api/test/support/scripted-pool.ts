import { pino } from "pino";
import type { LaneSettings } from "../../src/render/lane.js";
import type { Body } from "../../src/render/protocol.js";
import { RenderPool, type RenderPoolSettings } from "../../src/render/render-pool.js";

/** Settings of a lane whose thread does what tests ask for, see `scripted-thread.mjs`. */
export function scriptedLane(overrides: Partial<LaneSettings> = {}): LaneSettings {
  return {
    threadFile: new URL("./scripted-thread.mjs", import.meta.url).href,
    thread: { environment: {}, workingDirectory: "/", timeZone: "UTC", sourceCacheBytes: 0 },
    heapMb: 64,
    queueLimit: 10,
    timeoutMs: 5_000,
    fileTimeoutMs: 30_000,
    experimentOf: () => null,
    logger: pino({ level: "silent" }),
    ...overrides,
  };
}

export function scriptedPool(overrides: Partial<RenderPoolSettings> = {}): RenderPool {
  return new RenderPool(
    { ...scriptedLane(overrides), threads: 2, answerCacheBytes: 1e6, ...overrides },
    () => new Date(0),
  );
}

/** Asks a scripted pool; `script` is in the place of the experiment. */
export function ask(pool: RenderPool, script: string, signal?: AbortSignal): Promise<Body> {
  return pool.render({ view: "v4.wrappers", expid: script, parameters: {} }, signal);
}

interface ScriptedBody {
  expid: string;
  threadId: number;
  /** How many answers the thread had built, this one included. */
  answered: number;
  /** What the thread was told to be. */
  niceness: number;
}

export function bodyOf({ bytes }: Body): ScriptedBody {
  return JSON.parse(new TextDecoder().decode(bytes)) as ScriptedBody;
}
