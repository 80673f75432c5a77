import type { JournalEvent } from "@autosubmit-api/db";
import { isoInstant } from "@autosubmit-api/domain";
import type { TimeZone } from "@autosubmit-api/shared-types";

/** An event as it is sent: the JSON of a `LiveEvent`. What the journal holds of it is JSON already. */
export function eventJson({ id, at, expid, kind, data }: JournalEvent, timeZone: TimeZone): string {
  const noticed = isoInstant(at.getTime() / 1000, timeZone) ?? at.toISOString();
  const head = JSON.stringify({ id, at: noticed, expid, kind });
  return `${head.slice(0, -1)},"data":${data}}`;
}

/** An event of a stream (HTML standard, server-sent events). The data has no line breaks: it is JSON. */
export function eventFrame(event: JournalEvent, timeZone: TimeZone): Buffer {
  return Buffer.from(`id: ${event.id}\nevent: ${event.kind}\ndata: ${eventJson(event, timeZone)}\n\n`);
}

/**
 * What the feed says of itself. `open`: the feed goes on after number `id`. `reset`: events after the one that the client
 * had are gone; it must read everything anew. `bye`: the server ends the stream, `reason` says why.
 */
export type FeedNotice =
  | { notice: "open"; id: number }
  | { notice: "reset"; id: number }
  | { notice: "bye"; reason: string; retryMs: number };

export function noticeFrame(told: FeedNotice): Buffer {
  if (told.notice === "bye") {
    const data = JSON.stringify({ reason: told.reason });
    return Buffer.from(`retry: ${told.retryMs}\nevent: bye\ndata: ${data}\n\n`);
  }
  return Buffer.from(`id: ${told.id}\nevent: ${told.notice}\ndata: ${JSON.stringify({ next: told.id })}\n\n`);
}

/**
 * A sign of life. It has no data, so that no event is dispatched, yet browsers remember its number: after a long time
 * without events of its experiment a client does not ask for those of all others.
 */
export function heartbeatFrame(id: number): Buffer {
  return Buffer.from(`: beat\nid: ${id}\n\n`);
}
