import type { Environment } from "@autosubmit-api/settings";
import type { ContentCoding } from "./compress.js";
import type { ErrorData } from "./error-data.js";
import type { ThreadWork } from "./thread-work.js";
import type { ViewNote, ViewParameters } from "./view.js";

/** What a thread needs to know once, at its start. */
export interface ThreadSettings {
  /** The variables that `openSite` reads; none of the API's own secrets. */
  environment: Environment;
  /** What relative paths in the site's configuration refer to. */
  workingDirectory: string;
  /** IANA name. */
  timeZone: string;
  /** Memory for parsed sources of this thread. */
  sourceCacheBytes: number;
  /** Where the thread notes what it waits for, see `./file-wait.ts`. */
  fileWait?: SharedArrayBuffer;
  /** How far the thread steps back behind others for the processor: 0, the default, not at all, 19 at most. */
  niceness?: number;
}

/** One view to build. */
export interface RenderTask {
  view: string;
  /** Null for views of the whole site. */
  expid: string | null;
  parameters: ViewParameters;
  /** The instant that the view takes for now; epoch milliseconds. */
  nowMs: number;
  /** The ETag of the bytes that the main thread still has, if any. */
  knownEtag: string | null;
  /** How the bytes are to be packed, if they are worth it. */
  coding: ContentCoding;
  /** Experiments whose files do not answer: views of the whole site leave them out. */
  unanswered: readonly string[];
  /** One Int32: set to 1 when nobody waits for the answer any more. */
  cancelled: SharedArrayBuffer;
}

/** What a thread is told: to build a view, or to give memory back that was handed over for that. */
export type ThreadOrder = RenderTask | { free: ArrayBuffer };

/** A body as it is sent: UTF-8, packed with `coding`; JSON, unless the view answers with a text. */
export interface Body {
  status: number;
  /** Strong, with its quotes, of the content: the same in every coding. */
  etag: string;
  coding: ContentCoding;
  bytes: Uint8Array;
  /** How many bytes the content has unpacked. */
  contentBytes: number;
}

/** What comes back. */
export type RenderAnswer =
  | { kind: "unchanged"; etag: string; notes: ViewNote[]; work: ThreadWork }
  | (Body & { kind: "built"; notes: ViewNote[]; work: ThreadWork })
  | { kind: "failed"; error: ErrorData; notes: ViewNote[]; work: ThreadWork }
  | { kind: "cancelled" };

/** What a thread says: once that it can take tasks, then its answers. */
export type ThreadMessage = { kind: "ready" } | RenderAnswer;
