import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * The parts that a cycle is shared out in, in `autosubmit_api.db`. Written by the workers: a part belongs to its holder
 * until it expires, and to nobody once it is finished.
 */
export const buildWorkerLeases = ({ table, int, instant, text, primaryKey }: Dialect) =>
  table(
    "worker_leases",
    {
      cycleId: int("cycle_id").notNull(),
      part: int("part").notNull(),
      /** The experiments of the part, both ends included. */
      firstExpId: int("first_exp_id").notNull(),
      lastExpId: int("last_exp_id").notNull(),
      /** The worker at it; null when nobody is. */
      holder: text("holder"),
      expiresAt: instant("expires_at"),
      finishedAt: instant("finished_at"),
    },
    (lease) => [primaryKey({ columns: [lease.cycleId, lease.part] })],
  );

export const workerLeasesTable = buildWorkerLeases(sqliteDialect);
