import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * The one row of it says which events the journal holds, in `autosubmit_events.db`. Every change of the journal changes
 * this row first, so that changes take place one after the other in any database system.
 */
export const buildJournalBounds = ({ table, int, long }: Dialect) =>
  table("journal_bounds", {
    id: int("id").primaryKey(),
    /** Events up to this number were removed. */
    removedThrough: long("removed_through").notNull(),
    /** The number given last. */
    newest: long("newest").notNull(),
    /** What the events that are there take, roughly. */
    sizeBytes: long("size_bytes").notNull(),
  });

export const journalBoundsTable = buildJournalBounds(sqliteDialect);
