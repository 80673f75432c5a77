import type { ThreadWork } from "./thread-work.js";

/**
 * How a view was answered: `built`; `kept` bytes were sent again, since nothing had changed; `not-modified`, as the client
 * has it; `failed` with an error of the data; nobody waited any more; too many waited; too late; or the thread was lost.
 */
export type RenderOutcome =
  | "built"
  | "kept"
  | "not-modified"
  | "failed"
  | "cancelled"
  | "overloaded"
  | "timeout"
  | "lost";

/** One view that was asked of a thread. */
export interface ObservedRender {
  view: string;
  /** Null for views of the whole site. */
  expid: string | null;
  outcome: RenderOutcome;
  /** Epoch milliseconds. */
  startedAtMs: number;
  /** The waiting for the thread included. */
  durationMs: number;
  /** Null when no thread finished it. */
  work: ThreadWork | null;
}

/** Hears of everything that a render pool does. Its functions must be quick and must not throw. */
export interface RenderObserver {
  /** Called in the asynchronous context of the request that was first to ask. */
  answered(render: ObservedRender): void;
  /** A request waits for an answer that another one had asked for already. */
  joined(view: string): void;
}

/** Whether a lane serves large experiments, small ones and light views of any, or light views of the whole site. */
export type LaneKind = "experiment" | "light" | "site";

/** What a pool holds and is at. */
export interface PoolState {
  lanes: { kind: LaneKind; waiting: number; isBusy: boolean; threadsLost: number; sourceCacheBytes: number }[];
  /** Finished answers that are kept. */
  answers: { count: number; bytes: number };
  /** Threads that wait for a file system which does not answer. */
  waitingForFiles: number;
}
