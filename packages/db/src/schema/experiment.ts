import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * Every experiment of the site, in the main database (formats reference §2.1). Written by Autosubmit alone: read here,
 * never created, altered or changed. Databases of Autosubmit 2 have a `type` column more, which nothing reads.
 */
export const buildExperiment = ({ table, int, text }: Dialect) =>
  table("experiment", {
    id: int("id").primaryKey(),
    name: text("name").notNull(),
    description: text("description"),
    autosubmitVersion: text("autosubmit_version"),
  });

export const experimentTable = buildExperiment(sqliteDialect);
