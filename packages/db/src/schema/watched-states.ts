import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * What the watcher last saw of an experiment, in `autosubmit_events.db`. Stored together with the events that led to it,
 * so that a watcher that takes over neither repeats nor leaves out a change.
 */
export const buildWatchedStates = ({ table, int, text, primaryKey }: Dialect) =>
  table(
    "watched_states",
    {
      expid: text("expid").notNull(),
      /** Which of its sources: the watcher's own names. */
      aspect: text("aspect").notNull(),
      /** Counts the changes of this row. */
      revision: int("revision").notNull(),
      /** What the source looked like from outside. */
      fingerprint: text("fingerprint").notNull(),
      /** The large part, which seldom changes; the watcher's own notation, as the next. */
      base: text("base").notNull(),
      state: text("state").notNull(),
    },
    (row) => [primaryKey({ columns: [row.expid, row.aspect] })],
  );

export const watchedStatesTable = buildWatchedStates(sqliteDialect);
