import { FeedInterruption } from "./feed-request.js";
import { pause } from "./pause.js";
import { pollEvents } from "./poll-events.js";
import { type FeedPosition, streamEvents } from "./stream-events.js";
import type { FeedItem, FeedOptions } from "./types.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Streams that open and bring nothing: something between holds them back. */
const UNHEARD_STREAMS = 2;

/**
 * The feed as an async iterator: every event after `since` once and in order, however often the connection is cut. It is
 * opened again by itself, after pauses that grow and vary. Ends when the signal is aborted or the loop is left; while an item
 * is being used nothing more is read, so a slow loop fills no memory.
 * @throws FeedRefusedError when the API would refuse again
 */
export async function* liveEvents(options: FeedOptions): AsyncGenerator<FeedItem, void, undefined> {
  const { since = null, signal: ended, onState, transport = "auto", longestPauseMs = LONGEST_PAUSE_MS } = options;
  const position: FeedPosition = { last: since };
  const connection = new AbortController();
  const stop = () => connection.abort();
  ended?.addEventListener("abort", stop);
  if (ended?.aborted) stop();
  const { signal } = connection;
  let failures = 0;
  let unheard = 0;
  try {
    while (!signal.aborted) {
      const by = transport === "poll" || (transport === "auto" && unheard >= UNHEARD_STREAMS) ? "poll" : "stream";
      onState?.({ kind: "connecting" });
      try {
        const connect = by === "poll" ? pollEvents : streamEvents;
        yield* connect(options, position, signal, () => {
          failures = 0;
          if (by === "stream") unheard = 0;
          onState?.({ kind: "open", by });
        });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof FeedInterruption)) throw error;
        if (error.isUnheard) unheard += 1;
        const retryMs = pauseAfter(failures, error.retryMs, longestPauseMs);
        failures += 1;
        onState?.({ kind: "waiting", retryMs, reason: error.message });
        await pause(retryMs, signal);
      }
    }
  } finally {
    ended?.removeEventListener("abort", stop);
    stop();
  }
}

/**
 * How long to wait before the next attempt, in milliseconds: at least what the server asked for, and half of it as much again at
 * most by chance, so that clients that were cut together do not come back together.
 */
function pauseAfter(failures: number, askedMs: number | null, longestMs: number): number {
  const pauseMs = Math.min(longestMs, FIRST_PAUSE_MS * 2 ** Math.min(failures, 20));
  const leastMs = askedMs === null || failures > 0 ? Math.max(pauseMs / 2, askedMs ?? 0) : askedMs;
  return Math.round(leastMs + (Math.random() * pauseMs) / 2);
}
