import * as sharedTypes from "@autosubmit-api/shared-types";
import { ErrorV4, Reference, ValidationError } from "@autosubmit-api/shared-types";
import { type TSchema, Type } from "typebox";

/**
 * Every wire schema, that is everything in `shared-types` that has an `$id`: routes refer to them by it, and each becomes a
 * component of the OpenAPI document.
 */
export const WIRE_SCHEMAS: readonly TSchema[] = Object.values(sharedTypes).filter(isWireSchema);

function isWireSchema(value: unknown): value is TSchema & { $id: string } {
  return typeof value === "object" && value !== null && "$id" in value && typeof value.$id === "string";
}

/** Path parameters of every route about one experiment. */
export const ExperimentParams = Type.Object({
  expid: Type.String({ description: "Experiment identifier", examples: ["a000"] }),
});

/**
 * Responses of a `/v4` route whose answer has an ETag. What every route may answer (401, 403, 414, 429) is added to the
 * OpenAPI document, see `completeDocument`.
 */
export function v4Responses(success: TSchema): Record<number, TSchema> {
  return { ...uncachedResponses(success), 304: UNCHANGED };
}

/** Responses of a `/v4` route whose answer is made anew each time. */
export function uncachedResponses(success: TSchema): Record<number, TSchema> {
  return { 200: Reference(success, "The answer"), ...failures };
}

/** Responses of a `/v4` route that also tells its records as a text to save. */
export function recordResponses(success: TSchema): Record<number, TSchema | object> {
  const text = { schema: Type.String() };
  const content = {
    "application/json": { schema: Reference(success) },
    "text/csv": text,
    "application/x-ndjson": text,
  };
  return { 200: { description: "The answer", content }, ...failures };
}

const failures: Record<number, TSchema> = {
  404: Reference(ErrorV4, "No such experiment, or nothing of the kind"),
  422: Reference(ValidationError, "A parameter is refused"),
  500: Reference(ErrorV4, "A file cannot be read; the message tells which and why"),
  503: Reference(ErrorV4, "Busy; Retry-After tells when to ask again"),
  504: Reference(ErrorV4, "Took too long"),
};

export const UNCHANGED: TSchema = Type.Null({ description: "Unchanged since the ETag in If-None-Match" });

/** Responses of a `/v3` route: errors have status 200. */
export function v3Responses(success: TSchema): Record<number, TSchema> {
  return {
    200: Reference(success, "The answer, or the error"),
    304: UNCHANGED,
    422: Reference(ValidationError, "A parameter is refused"),
  };
}

/** Responses of a `/v3` route whose passing failures have a status of their own. */
export function v3ResponsesOfMonitor(success: TSchema): Record<number, TSchema> {
  return {
    ...v3Responses(success),
    503: Reference(success, "The error: something is being written, or the server is busy"),
    504: Reference(success, "The error: it took too long"),
  };
}
