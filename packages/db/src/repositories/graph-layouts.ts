import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { sql } from "drizzle-orm";
import { type Database, sqliteDatabase } from "../database.js";
import { DatabaseError } from "../errors.js";
import type { Patience } from "../patience.js";
import { experimentGraphDrawTable } from "../schema/experiment-graph-draw.js";

/** Where a job is drawn; whole numbers, `y` grows downwards. */
export interface DrawnJob {
  jobName: string;
  x: number;
  y: number;
}

export interface GraphLayoutRepository {
  /** Replaces the whole drawing, all or nothing; makes the file and its table where they are missing. */
  replace(jobs: readonly DrawnJob[]): Promise<void>;
}

/** Four values each; SQLite takes 32,766 of them at a time. */
const ROWS_AT_ONCE = 2_000;

/**
 * The stored drawing of one experiment in an SQLite file. The file is the API's own, one for each experiment, and has no
 * migrations: its one table is that of the reference implementation.
 * @param path the experiment's `graph_data_<expid>.db`, absolute
 */
export function sqliteGraphLayouts(path: string, patience: Patience): GraphLayoutRepository {
  const database = sqliteDatabase(path, patience);
  return {
    async replace(jobs) {
      createFile(path);
      await replaceAll(database, jobs);
    },
  };
}

function createFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, "a"));
  } catch (error) {
    throw new DatabaseError("DATABASE_READ_ONLY", path, `The database ${path} cannot be created or written`, error);
  }
}

function replaceAll(database: Database, jobs: readonly DrawnJob[]): Promise<void> {
  return database.write(async (queries) => {
    await queries.run(
      sql`CREATE TABLE IF NOT EXISTS experiment_graph_draw (id INTEGER PRIMARY KEY, job_name TEXT NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL)`,
    );
    await queries.delete(experimentGraphDrawTable);
    for (let start = 0; start < jobs.length; start += ROWS_AT_ONCE) {
      const rows = jobs.slice(start, start + ROWS_AT_ONCE).map((job, index) => ({ id: start + index + 1, ...job }));
      await queries.insert(experimentGraphDrawTable).values(rows);
    }
  });
}
