import type { components } from "../api-types.js";
import type { Token } from "../token.js";

/** Something that changed in an experiment. Its `kind` tells which data it has. */
export type LiveEvent = components["schemas"]["LiveEventV4"];
export type LiveEventKind = LiveEvent["kind"];

/**
 * What a feed brings: events, each once and in their order; or `reset`, when events that were missed are no longer kept: what
 * is shown must be read anew, and events after number `next` follow.
 */
export type FeedItem = { type: "event"; event: LiveEvent } | { type: "reset"; next: number };

/**
 * How the feed is doing. `open`: connected, by stream or by polling. `waiting`: cut or refused for the moment, tried again
 * after `retryMs`; `reason` is for people.
 */
export type FeedState =
  | { kind: "connecting" }
  | { kind: "open"; by: "stream" | "poll" }
  | { kind: "waiting"; retryMs: number; reason: string };

export interface FeedOptions {
  /** Where the API is, with its root path if it has one: `https://host/api`. */
  baseUrl: string;
  /** Only of this experiment, or these; of all without it. One that does not exist is refused, a list is not. */
  expid?: string | readonly string[];
  /** Only of this user's experiments; not with a single `expid`. */
  owner?: string;
  /** Only of experiments that are in this status at the time; not with a single `expid`. */
  status?: "RUNNING" | "NOT RUNNING";
  /** The number of the last event that is known; the feed begins now without it. */
  since?: number;
  token?: Token;
  /** Ends the feed. */
  signal?: AbortSignal;
  /** Told of every change of state, for people to see. */
  onState?: (state: FeedState) => void;
  /** `auto`, the default: a stream, or polling where streams do not get through. */
  transport?: "auto" | "stream" | "poll";
  /** A stream that is silent for so long is opened again; default 45,000 ms, three heartbeats. */
  silenceMs?: number;
  /** The longest pause between attempts; default 30,000 ms. */
  longestPauseMs?: number;
  /** Instead of the global one. */
  fetch?: typeof fetch;
}
