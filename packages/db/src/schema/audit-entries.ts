import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * Who did what, in `autosubmit_api.db`. Written by the API. Triggers refuse changes, and deletions before `keep_until`.
 */
export const buildAuditEntries = ({ table, instant, text, autoId }: Dialect) =>
  table("audit_entries", {
    id: autoId("id"),
    at: instant("at").notNull(),
    /** The name that the user logged in with; null when nobody was logged in. */
    user: text("user"),
    /** How the user proved it: `token`, `service`, `anonymous`. */
    kind: text("kind").notNull(),
    /** The client's address. */
    address: text("address").notNull(),
    /** A dotted constant, such as `command.stop-experiment`. */
    action: text("action").notNull(),
    expid: text("expid"),
    /** `allowed`, `refused`, `failed`, `done`. */
    outcome: text("outcome").notNull(),
    /** More about it, JSON; null when there is nothing to say. */
    detail: text("detail"),
    requestId: text("request_id").notNull(),
    /** Null for ever. */
    keepUntil: instant("keep_until"),
  });

export const auditEntriesTable = buildAuditEntries(sqliteDialect);
