import { authorizationOf } from "../token.js";
import { FeedRefusedError } from "./feed-refused-error.js";
import type { FeedOptions } from "./types.js";

/** The connection failed for now: try again. */
export class FeedInterruption extends Error {
  override readonly name = "FeedInterruption";

  constructor(
    message: string,
    /** When the server asks to come back, in milliseconds; null when it did not say. */
    readonly retryMs: number | null = null,
    /** Whether streams seem not to get through at all. */
    readonly isUnheard = false,
  ) {
    super(message);
  }
}

export interface FeedRequest {
  format: "sse" | "json";
  /** The number of the last event that is known. */
  position: number | null;
  signal: AbortSignal;
  etag?: string | null;
}

/**
 * Asks for the feed.
 * @throws FeedRefusedError for what would be refused again
 * @throws FeedInterruption for everything else that is no answer
 */
export async function requestFeed(
  options: FeedOptions,
  { format, position, signal, etag }: FeedRequest,
): Promise<Response> {
  const authorization = await authorizationOf(options.token);
  const headers: Record<string, string> = { Accept: format === "sse" ? "text/event-stream" : "application/json" };
  if (authorization !== null) headers.Authorization = authorization;
  if (format === "sse" && position !== null) headers["Last-Event-ID"] = String(position);
  if (etag != null) headers["If-None-Match"] = etag;
  const response = await ask(options, feedUrl(options, format, position), { headers, signal });
  if (response.ok || response.status === 304) return response;
  const message = await messageOf(response);
  const { status } = response;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429)
    throw new FeedRefusedError(message, status, position);
  throw new FeedInterruption(message, retryAfterMs(response));
}

/** When the answer asks to be asked again, in milliseconds; null when it does not say. */
export function retryAfterMs({ headers }: Response): number | null {
  const text = headers.get("Retry-After");
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) * 1_000 : null;
}

async function ask({ fetch = globalThis.fetch }: FeedOptions, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    // No connection, or its end: `fetch` has one type of error for all that.
    throw new FeedInterruption(error instanceof Error ? error.message : String(error));
  }
}

function feedUrl({ baseUrl, expid, owner, status }: FeedOptions, format: string, position: number | null): string {
  const base = baseUrl.replace(/\/+$/, "");
  const query = new URLSearchParams({ format });
  if (position !== null) query.set("since", String(position));
  if (typeof expid === "string") return `${base}/v4/experiments/${encodeURIComponent(expid)}/events?${query}`;
  for (const one of expid ?? []) query.append("expid", one);
  if (owner !== undefined) query.set("owner", owner);
  if (status !== undefined) query.set("status", status);
  return `${base}/v4/events?${query}`;
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  const found = /"(?:error_message|detail)":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  return found === undefined ? `the API answers ${response.status}` : String(JSON.parse(found));
}
