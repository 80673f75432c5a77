import type { TimeZone } from "@autosubmit-api/shared-types";
import type { Snapshot } from "./snapshot.js";

/** What a request may pass to a view, beside the experiment: plain JSON, since it crosses a thread border. */
export type ViewParameters = Readonly<Record<string, string | number | boolean | null>>;

/** Something worth a log line that did not keep the view from answering, such as a broken source that was left out. */
export interface ViewNote {
  level: "info" | "warn" | "error";
  message: string;
  fields: Record<string, unknown>;
}

/** What a view may know beside its snapshot; a view reads no clock and no time zone of its own. */
export interface ViewContext {
  now: Date;
  /** The site's zone. */
  timeZone: TimeZone;
  note(note: ViewNote): void;
}

/** A status and a body that JSON can say; NaN and infinities become null. */
export interface ViewAnswer {
  status: number;
  body: unknown;
  /** Whether this answer changes with the clock alone, where that is only known once it is built. */
  changesWithTime?: boolean;
}

/** One question about an experiment or the site, answered in a render thread. */
export interface View<Parameters extends ViewParameters = ViewParameters> {
  /** Whether the answer changes with the clock alone; if not, unchanged sources mean an unchanged answer. */
  timeDependent: boolean;
  /** @throws AutosubmitReadError for sources it cannot do without */
  build(snapshot: Snapshot, parameters: Parameters, context: ViewContext): Promise<ViewAnswer>;
}

/** Keeps a view's parameter type while saying that it is a view. */
export function defineView<Parameters extends ViewParameters = Record<never, never>>(
  view: View<Parameters>,
): View<Parameters> {
  return view;
}

/** The usual answer. */
export function answer(body: unknown): ViewAnswer {
  return { status: 200, body };
}

/** The answer of a `/v4` view for something that is not there. */
export function notFound(message: string): ViewAnswer {
  return { status: 404, body: { error: true, error_message: message } };
}
