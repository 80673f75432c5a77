import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * Where the jobs of one experiment are drawn, in its `graph_data_<expid>.db` (formats reference §2.5). Written by the
 * workers, and by the reference implementation where that runs too; read by the API.
 */
export const buildExperimentGraphDraw = ({ table, int, text }: Dialect) =>
  table("experiment_graph_draw", {
    id: int("id").primaryKey(),
    jobName: text("job_name").notNull(),
    x: int("x").notNull(),
    y: int("y").notNull(),
  });

export const experimentGraphDrawTable = buildExperimentGraphDraw(sqliteDialect);
