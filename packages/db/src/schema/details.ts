import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * Owner, creation and configuration facts of an experiment, in the main database (formats reference §2.1). Written by
 * Autosubmit (4.1.15 and later) and by `update-experiment-details`. Autosubmit creates it without a primary key, so
 * nothing may rely on one: rows are replaced by deleting and inserting, and several rows of one experiment can exist.
 */
export const buildDetails = ({ table, int, text }: Dialect) =>
  table("details", {
    expId: int("exp_id").primaryKey(),
    user: text("user").notNull(),
    created: text("created").notNull(),
    model: text("model").notNull(),
    branch: text("branch").notNull(),
    hpc: text("hpc").notNull(),
  });

export const detailsTable = buildDetails(sqliteDialect);
