import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * What changed in the experiments of the site, in `autosubmit_events.db`: the journal of the live feed. Written by the
 * workers, followed by the API.
 */
export const buildJournalEvents = ({ table, long, instant, text, index }: Dialect) =>
  table(
    "journal_events",
    {
      /** Without gaps, in the order of the commits. */
      id: long("id").primaryKey(),
      at: instant("at").notNull(),
      expid: text("expid").notNull(),
      kind: text("kind").notNull(),
      /** JSON. */
      data: text("data").notNull(),
    },
    (event) => [index("journal_events_expid").on(event.expid, event.id)],
  );

export const journalEventsTable = buildJournalEvents(sqliteDialect);
