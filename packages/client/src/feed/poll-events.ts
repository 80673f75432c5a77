import type { components } from "../api-types.js";
import { FeedInterruption, requestFeed, retryAfterMs } from "./feed-request.js";
import { pause } from "./pause.js";
import type { FeedPosition } from "./stream-events.js";
import type { FeedItem, FeedOptions } from "./types.js";

const POLL_MS = 2_000;

/**
 * The same feed by asking again and again, as often as the API suggests.
 * @param opened told once the feed has begun
 * @throws FeedRefusedError
 * @throws FeedInterruption
 */
export async function* pollEvents(
  options: FeedOptions,
  position: FeedPosition,
  signal: AbortSignal,
  opened: () => void,
): AsyncGenerator<FeedItem, never, undefined> {
  let etag: string | null = null;
  let isOpen = false;
  for (;;) {
    const response = await requestFeed(options, { format: "json", position: position.last, signal, etag });
    if (!isOpen) opened();
    isOpen = true;
    let more = false;
    if (response.status === 304) await response.body?.cancel();
    else {
      const page = await readPage(response);
      yield* itemsOf(page, position);
      more = page.more;
      // The tag is of what the journal has, not of the page: while there is more it would only say that nothing came.
      etag = more ? null : response.headers.get("ETag");
    }
    if (!more) await pause(retryAfterMs(response) ?? POLL_MS, signal);
  }
}

async function readPage(response: Response): Promise<components["schemas"]["EventPageV4"]> {
  try {
    return (await response.json()) as components["schemas"]["EventPageV4"];
  } catch (error) {
    // Cut off, or of somebody in between.
    throw new FeedInterruption(error instanceof Error ? error.message : String(error));
  }
}

function* itemsOf(
  { events, next, reset }: components["schemas"]["EventPageV4"],
  position: FeedPosition,
): Generator<FeedItem, void, undefined> {
  if (reset) {
    position.last = next;
    yield { type: "reset", next };
    return;
  }
  for (const event of events) {
    if (position.last !== null && event.id <= position.last) continue;
    position.last = event.id;
    yield { type: "event", event };
  }
  position.last = next;
}
