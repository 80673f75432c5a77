import * as sharedTypes from "@autosubmit-api/shared-types";
import { ErrorV4, Reference, RefusalV4, ValidationError } from "@autosubmit-api/shared-types";
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

/** Responses of a `/v4` route. */
export function v4Responses(success: TSchema): Record<number, TSchema> {
  return {
    200: Reference(success, "The answer"),
    304: Type.Null({ description: "Unchanged since the ETag in If-None-Match" }),
    401: Reference(RefusalV4, "A token is needed, and there is none that is good"),
    404: Reference(ErrorV4, "No such experiment, or nothing of the kind"),
    422: Reference(ValidationError, "A parameter is refused"),
    500: Reference(ErrorV4, "A file cannot be read; the message tells which and why"),
    503: Reference(ErrorV4, "Busy; Retry-After tells when to ask again"),
    504: Reference(ErrorV4, "Took too long"),
  };
}

/** Responses of a `/v3` route: errors have status 200. */
export function v3Responses(success: TSchema): Record<number, TSchema> {
  return {
    200: Reference(success, "The answer, or the error"),
    304: Type.Null({ description: "Unchanged since the ETag in If-None-Match" }),
    401: Reference(RefusalV4, "A token is needed, and there is none that is good"),
    422: Reference(ValidationError, "A parameter is refused"),
  };
}
