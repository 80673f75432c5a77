import { type Dialect, sqliteDialect } from "../dialect.js";

/** Duties that one process of the site has at a time, in `autosubmit_events.db`. Written by the workers. */
export const buildNamedLeases = ({ table, text, instant }: Dialect) =>
  table("named_leases", {
    name: text("name").primaryKey(),
    holder: text("holder").notNull(),
    expiresAt: instant("expires_at").notNull(),
  });

export const namedLeasesTable = buildNamedLeases(sqliteDialect);
