import { CommandPreviewV4, ErrorV4, Reference, ValidationError } from "@autosubmit-api/shared-types";
import { type TSchema, Type } from "typebox";

/** Responses of a command: what it answers, or what it would be. Refusals say why in `detail` too. */
export function commandResponses(done: TSchema): Record<number, TSchema> {
  return {
    200: Type.Union([Reference(done), Reference(CommandPreviewV4)], { description: "What was done, or would be" }),
    400: Reference(ErrorV4, "A value is refused, or does not go with another one"),
    401: Reference(ErrorV4, "Nobody is logged in"),
    403: Reference(ErrorV4, "Not enabled at this site, or not for this user"),
    404: Reference(ErrorV4, "No such experiment"),
    409: Reference(ErrorV4, "It runs already, or does not run"),
    422: Reference(ValidationError, "A parameter is refused"),
    500: Reference(ErrorV4, "The command failed; the message tells what it said"),
    502: Reference(ErrorV4, "The machine that was to run it cannot be reached, or refuses"),
    503: Reference(ErrorV4, "The API's own records cannot be used"),
    504: Reference(ErrorV4, "The command took too long and was ended"),
  };
}
