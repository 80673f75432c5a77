import { type Static, Type } from "typebox";
import { LiveEventV4 } from "./events.js";
import { Reference } from "./schema.js";

/** An event that a webhook could not deliver. */
export const DeadLetterV4 = Type.Object(
  {
    delivery: Type.Integer({ description: "The number that receivers were sent as X-Autosubmit-Delivery" }),
    webhook: Type.String({ description: "Its name in the settings file" }),
    attempts: Type.Integer(),
    last_attempt: Type.String({ description: "ISO 8601" }),
    last_error: Type.String(),
    event: Reference(LiveEventV4),
  },
  { $id: "DeadLetterV4" },
);
export type DeadLetterV4Body = Static<typeof DeadLetterV4>;

/** `GET /v4/webhooks/dead-letters`. */
export const DeadLettersV4 = Type.Object(
  { dead_letters: Type.Array(Reference(DeadLetterV4), { description: "The latest first" }) },
  { $id: "DeadLettersV4" },
);
export type DeadLettersV4Body = Static<typeof DeadLettersV4>;
