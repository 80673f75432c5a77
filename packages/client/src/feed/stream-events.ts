import { FeedInterruption, requestFeed } from "./feed-request.js";
import { type Frame, frameReader } from "./frames.js";
import type { FeedItem, FeedOptions, LiveEvent } from "./types.js";

/** Where a feed is, across connections. */
export interface FeedPosition {
  /** The number of the last event that need not be asked for again; null before the feed has begun. */
  last: number | null;
}

const SILENCE_MS = 45_000;

/**
 * One connection: brings items until it is cut, which is always by an error.
 * @param opened told once the feed has begun
 * @throws FeedRefusedError
 * @throws FeedInterruption
 */
export async function* streamEvents(
  options: FeedOptions,
  position: FeedPosition,
  signal: AbortSignal,
  opened: () => void,
): AsyncGenerator<FeedItem, never, undefined> {
  const response = await requestFeed(options, { format: "sse", position: position.last, signal });
  const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream") === true;
  if (!isStream || response.body === null) {
    await response.body?.cancel();
    throw new FeedInterruption("the answer is no stream", 0, true);
  }
  let isHeard = false;
  let retryMs: number | null = null;
  for await (const frame of readFrames(response.body, options.silenceMs ?? SILENCE_MS, () => isHeard)) {
    retryMs = frame.retryMs ?? retryMs;
    if (!isHeard) opened();
    isHeard = true;
    if (frame.event === "bye") throw new FeedInterruption(`the server ends the stream: ${reasonOf(frame)}`, retryMs);
    const item = itemOf(frame, position);
    if (item !== null) yield item;
  }
  throw new FeedInterruption("the stream was cut", retryMs);
}

/** What a frame brings, and notes where the feed is; null for what only says that it lives. */
function itemOf({ id, event, data }: Frame, position: FeedPosition): FeedItem | null {
  if (data === null || event === "open") {
    if (id !== null) position.last = Number(id);
    return null;
  }
  if (event === "reset") {
    const { next } = JSON.parse(data) as { next: number };
    position.last = next;
    return { type: "reset", next };
  }
  const told = JSON.parse(data) as LiveEvent;
  if (position.last !== null && told.id <= position.last) return null;
  position.last = told.id;
  return { type: "event", event: told };
}

const reasonOf = ({ data }: Frame) => (JSON.parse(data ?? "{}") as { reason?: string }).reason ?? "";

/** Frames as they come. Time that the consumer takes does not count as silence. */
async function* readFrames(
  body: ReadableStream<Uint8Array>,
  silenceMs: number,
  isHeard: () => boolean,
): AsyncGenerator<Frame, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const read = frameReader();
  try {
    for (;;) {
      const { done, value } = await withinTime(reader.read(), silenceMs, isHeard);
      if (done) return;
      yield* read(decoder.decode(value, { stream: true }));
    }
  } finally {
    // Also when the consumer stops in the middle: the connection must not stay open.
    await reader.cancel().catch(() => {});
  }
}

async function withinTime<Result>(promise: Promise<Result>, ms: number, isHeard: () => boolean): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new FeedInterruption("the stream is silent", 0, !isHeard())), ms);
  });
  const read = promise.catch((error: unknown) => {
    // A stream that breaks: `fetch` has one type of error for all that.
    throw new FeedInterruption(error instanceof Error ? error.message : String(error));
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}
