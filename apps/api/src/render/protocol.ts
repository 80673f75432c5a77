import type { Environment } from "../config/env.js";
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
  /** One Int32: set to 1 when nobody waits for the answer any more. */
  cancelled: SharedArrayBuffer;
}

/** What comes back; `bytes` are UTF-8: JSON, unless the view answers with a text. */
export type RenderAnswer =
  | { kind: "unchanged"; etag: string; notes: ViewNote[]; work: ThreadWork }
  | { kind: "built"; status: number; etag: string; bytes: Uint8Array; notes: ViewNote[]; work: ThreadWork }
  | { kind: "failed"; error: ErrorData; notes: ViewNote[]; work: ThreadWork }
  | { kind: "cancelled" };

/** What a thread says: once that it can take tasks, then its answers. */
export type ThreadMessage = { kind: "ready" } | RenderAnswer;
