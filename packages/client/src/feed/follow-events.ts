import { liveEvents } from "./live-events.js";
import type { FeedOptions, LiveEvent } from "./types.js";

export interface FollowOptions extends FeedOptions {
  /** Told of every event, once and in order; the next one waits until the promise is settled. */
  onEvent: (event: LiveEvent) => void | Promise<void>;
  /** Told when events that were missed are no longer kept: read anew what is shown; events after number `next` follow. */
  onReset?: (next: number) => void | Promise<void>;
}

/**
 * Follows the feed until the signal is aborted; see `liveEvents`.
 * @throws FeedRefusedError when the API would refuse again, and whatever the callbacks throw
 */
export async function followEvents({ onEvent, onReset, ...options }: FollowOptions): Promise<void> {
  for await (const item of liveEvents(options)) {
    if (item.type === "event") await onEvent(item.event);
    else await onReset?.(item.next);
  }
}
