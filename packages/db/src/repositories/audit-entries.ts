import { and, desc, eq, gte, lt, lte, type SQL } from "drizzle-orm";
import type { Database } from "../database.js";
import { auditEntriesTable } from "../schema/audit-entries.js";

/** How something that somebody asked for went. */
export type AuditOutcome = "allowed" | "refused" | "failed" | "done";

/** How whoever asked is known: by a token, as a service that holds the secret token, or not at all. */
export type AuditKind = "token" | "service" | "anonymous";

/** One thing that somebody did, or tried to do. */
export interface AuditEntry {
  /** Ascending with time. */
  id: number;
  at: Date;
  /** The name that the user logged in with; null when nobody was logged in. */
  user: string | null;
  kind: AuditKind;
  /** The client's address, as the server sees it behind its trusted proxies. */
  address: string;
  /** A dotted constant, such as `command.stop-experiment`. */
  action: string;
  /** Null for what is not about one experiment. */
  expid: string | null;
  outcome: AuditOutcome;
  /** More about it, JSON; null when there is nothing to say. Never a secret. */
  detail: string | null;
  /** The id that the answer and the log carry. */
  requestId: string;
  /** Until then the database refuses to delete the entry; null for ever. */
  keepUntil: Date | null;
}

export type NewAuditEntry = Omit<AuditEntry, "id">;

/** Which entries to list; what is left out restricts nothing. */
export interface AuditFilter {
  user?: string;
  action?: string;
  expid?: string;
  outcome?: AuditOutcome;
  /** Both ends included. */
  from?: Date;
  to?: Date;
  /** Only entries before that one: the last of the page before. */
  before?: number;
}

export interface AuditRepository {
  /** Adds an entry; resolves with its number once it is on disk. */
  append(entry: NewAuditEntry): Promise<number>;
  /** Newest first. @param limit of entries, at least 1 */
  list(filter: AuditFilter, limit: number): Promise<AuditEntry[]>;
  /** Removes entries that need not be kept any more; resolves with how many. */
  removeExpired(now: Date): Promise<number>;
}

/** `audit_entries` of `autosubmit_api.db`. */
export function auditRepository(api: Database): AuditRepository {
  const { id, keepUntil } = auditEntriesTable;
  return {
    append: (entry) =>
      api.write(async (queries) => {
        const row = { ...entry, at: entry.at.getTime(), keepUntil: entry.keepUntil?.getTime() ?? null };
        const [added] = await queries.insert(auditEntriesTable).values(row).returning({ id });
        if (!added) throw new Error("INSERT ... RETURNING gave no row");
        return added.id;
      }),
    list: (filter, limit) =>
      api.read(async (queries) => {
        const rows = await queries
          .select()
          .from(auditEntriesTable)
          .where(and(...conditionsOf(filter)))
          .orderBy(desc(id))
          .limit(limit);
        return rows.map(toEntry);
      }),
    removeExpired: (now) =>
      api.write(async (queries) => {
        const removed = await queries.delete(auditEntriesTable).where(lte(keepUntil, now.getTime())).returning({ id });
        return removed.length;
      }),
  };
}

function conditionsOf({ user, action, expid, outcome, from, to, before }: AuditFilter): SQL[] {
  const columns = auditEntriesTable;
  const conditions: SQL[] = [];
  if (user !== undefined) conditions.push(eq(columns.user, user));
  if (action !== undefined) conditions.push(eq(columns.action, action));
  if (expid !== undefined) conditions.push(eq(columns.expid, expid));
  if (outcome !== undefined) conditions.push(eq(columns.outcome, outcome));
  if (from !== undefined) conditions.push(gte(columns.at, from.getTime()));
  if (to !== undefined) conditions.push(lte(columns.at, to.getTime()));
  if (before !== undefined) conditions.push(lt(columns.id, before));
  return conditions;
}

function toEntry({ at, keepUntil, ...row }: typeof auditEntriesTable.$inferSelect): AuditEntry {
  return {
    ...row,
    // Only `append` writes rows, which takes these types.
    kind: row.kind as AuditKind,
    outcome: row.outcome as AuditOutcome,
    at: new Date(at),
    keepUntil: keepUntil === null ? null : new Date(keepUntil),
  };
}
