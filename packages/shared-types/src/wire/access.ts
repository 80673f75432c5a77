import { type Static, Type } from "typebox";
import { nullableText } from "./common.js";
import { Nullable, Reference } from "./schema.js";

/** Nobody is logged in (401), or somebody who may not do that (403). */
export const RefusalV4 = Type.Object(
  {
    error: Type.Literal(true),
    error_message: Type.String({ minLength: 1 }),
    detail: Type.String({ description: "The same as `error_message`" }),
  },
  { $id: "RefusalV4", description: "Why the request is refused" },
);
export type RefusalV4Body = Static<typeof RefusalV4>;

/** `GET` and `POST /v3/tokentest`. */
export const TokenTestV3 = Type.Object(
  { isValid: Type.Boolean(), message: Nullable(Type.String({ description: "Null when the token is good" })) },
  { $id: "TokenTestV3" },
);
export type TokenTestV3Body = Static<typeof TokenTestV3>;

/** `GET /v4/auth/verify-token`. */
export const VerifiedTokenV4 = Type.Object(
  { authenticated: Type.Boolean(), user: nullableText },
  { $id: "VerifiedTokenV4", description: "Whether the token is good (status 200) or not (401), and whose it is" },
);
export type VerifiedTokenV4Body = Static<typeof VerifiedTokenV4>;

/** `GET` and `POST /v4/user-settings/preferred-username`. */
export const PreferredUsernameV4 = Type.Object(
  {
    user_id: Type.String({ description: "The name that the user logged in with" }),
    preferred_username: Type.String({
      description: "The login name that the user wants commands to use; it gives no rights",
    }),
    created: Type.String({ description: "When it was chosen first, as `2024-04-12-13:00:40+02:00`" }),
    modified: Type.String({ description: "When it was chosen last" }),
  },
  { $id: "PreferredUsernameV4" },
);
export type PreferredUsernameV4Body = Static<typeof PreferredUsernameV4>;

/** One thing that somebody did, or tried to do. */
export const AuditEntryV4 = Type.Object(
  {
    id: Type.Integer({ description: "Ascends with time" }),
    at: Type.String({ description: "ISO 8601" }),
    user: Nullable(Type.String({ description: "Null when nobody was logged in" })),
    kind: Type.Enum(["token", "service", "anonymous"], { description: "How the user is known" }),
    address: Type.String({ description: "Of the client, as the server sees it behind its trusted proxies" }),
    action: Type.String({ examples: ["command.stop-experiment"] }),
    expid: nullableText,
    outcome: Type.Enum(["allowed", "refused", "failed", "done"]),
    detail: Type.Unknown({ description: "More about it, null when there is nothing to say" }),
    request_id: Type.String({ description: "The X-Request-Id of the answer, also in the log" }),
  },
  { $id: "AuditEntryV4" },
);
export type AuditEntryV4Body = Static<typeof AuditEntryV4>;

/** `GET /v4/audit`. */
export const AuditV4 = Type.Object(
  {
    entries: Type.Array(Reference(AuditEntryV4), { description: "Newest first" }),
    next: Nullable(Type.Integer({ description: "`before` of the next page; null when this is the last one" })),
  },
  { $id: "AuditV4" },
);
export type AuditV4Body = Static<typeof AuditV4>;
