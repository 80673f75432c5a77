import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../database.js";
import { namedLeasesTable } from "../schema/named-leases.js";
import type { Claim } from "./worker-cycles.js";

export interface NamedLeaseRepository {
  /** Takes a duty that is free, or prolongs it for the process that has it. @returns whether it is now the claimant's */
  claim(name: string, claim: Claim): Promise<boolean>;
  /** Gives it back. */
  release(name: string, worker: string): Promise<void>;
}

/** `named_leases` of `autosubmit_events.db`. Hosts that share it need clocks that agree to a second or two. */
export function namedLeaseRepository(events: Database): NamedLeaseRepository {
  const { name, holder, expiresAt } = namedLeasesTable;
  return {
    claim: (wanted, { worker, at, leaseMs }) =>
      events.write(async (queries) => {
        const until = { holder: worker, expiresAt: at.getTime() + leaseMs };
        const held = await queries
          .insert(namedLeasesTable)
          .values({ name: wanted, ...until })
          .onConflictDoUpdate({
            target: name,
            set: until,
            setWhere: sql`${holder} = ${worker} or ${expiresAt} < ${at.getTime()}`,
          })
          .returning({ holder });
        return held[0]?.holder === worker;
      }),
    release: (wanted, worker) =>
      events.write(async (queries) => {
        await queries.delete(namedLeasesTable).where(and(eq(name, wanted), eq(holder, worker)));
      }),
  };
}
