import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import type { Database, Queries } from "../database.js";
import { journalBoundsTable } from "../schema/journal-bounds.js";
import { journalEventsTable } from "../schema/journal-events.js";
import { watchedStatesTable } from "../schema/watched-states.js";

/** Something that changed in an experiment. */
export interface JournalEvent {
  /** Grows by one from event to event over the whole site; never given twice. */
  id: number;
  at: Date;
  expid: string;
  kind: string;
  /** JSON text. */
  data: string;
}

export type NewJournalEvent = Omit<JournalEvent, "id">;

/** Which events the journal holds: those after `removedThrough`, up to `newest`. Both are 0 before the first event. */
export interface JournalBounds {
  removedThrough: number;
  newest: number;
}

/** What a watcher last saw of one source of an experiment. */
export interface WatchedState {
  expid: string;
  aspect: string;
  revision: number;
  fingerprint: string;
  base: string;
  state: string;
}

/** The next state of a source. */
export interface StateChange {
  expid: string;
  aspect: string;
  /** That of the state which the events were derived from; null when there was none. */
  revision: number | null;
  fingerprint: string;
  /** Null to leave it as it is. */
  base: string | null;
  state: string;
}

export interface EventJournalRepository {
  bounds(): Promise<JournalBounds>;
  /**
   * The events after number `id`, ascending. Whoever was at `id < removedThrough` has missed some that are gone.
   * @param filter events of one experiment only
   */
  listAfter(id: number, limit: number, filter?: { expid?: string }): Promise<JournalEvent[]>;
  findState(expid: string, aspect: string): Promise<WatchedState | null>;
  /** All states without their contents. */
  listFingerprints(): Promise<Pick<WatchedState, "expid" | "aspect" | "fingerprint">[]>;
  /**
   * Stores a source's next state and the events that led to it, together or not at all.
   * @returns false, and nothing stored, when the state is no longer of that revision: another watcher was faster
   */
  advance(change: StateChange, events: readonly NewJournalEvent[]): Promise<boolean>;
  /** Resolves when there may be events that were not there at the last call, as `Database.news`. */
  news(withinMs: number): Promise<void>;
  /** Removes the state of experiments that are not among these. */
  forgetOthers(expids: ReadonlySet<string>): Promise<void>;
  /**
   * Removes events that are older than `before`, and further ones, oldest first, until the rest takes at most `mostBytes`.
   * @returns how many
   */
  prune(limits: { before: Date; mostBytes: number }): Promise<number>;
}

/** The number of the only row of `journal_bounds`. */
const BOUNDS = 1;
const ROWS_AT_ONCE = 500;

/** What an event takes in the database beside its texts: number, instant, and its entry in the index. */
const EVENT_OVERHEAD_BYTES = 48;
const sizeOf = ({ expid, kind, data }: NewJournalEvent) =>
  EVENT_OVERHEAD_BYTES + 2 * expid.length + kind.length + Buffer.byteLength(data);

/** `journal_events`, `journal_bounds` and `watched_states` of `autosubmit_events.db`. */
export function eventJournalRepository(events: Database): EventJournalRepository {
  return {
    bounds: () => events.read(readBounds),
    listAfter: (after, limit, filter = {}) =>
      events.read(async (queries) => {
        const { id, expid } = journalEventsTable;
        const wanted = filter.expid === undefined ? undefined : eq(expid, filter.expid);
        const rows = await queries
          .select()
          .from(journalEventsTable)
          .where(and(gt(id, after), wanted))
          .orderBy(asc(id))
          .limit(limit);
        return rows.map((row) => ({ ...row, at: new Date(row.at) }));
      }),
    findState: (expid, aspect) =>
      events.read(async (queries) => {
        const [row] = await queries
          .select()
          .from(watchedStatesTable)
          .where(and(eq(watchedStatesTable.expid, expid), eq(watchedStatesTable.aspect, aspect)));
        return row ?? null;
      }),
    listFingerprints: () =>
      events.read((queries) => {
        const { expid, aspect, fingerprint } = watchedStatesTable;
        return queries.select({ expid, aspect, fingerprint }).from(watchedStatesTable);
      }),
    advance: (change, news) =>
      events.write(async (queries) => {
        const isStored = await advance(queries, change, news);
        if (isStored && news.length > 0) await events.announce(queries);
        return isStored;
      }),
    news: (withinMs) => events.news(withinMs),
    forgetOthers: (expids) => events.write((queries) => forgetOthers(queries, expids)),
    prune: (limits) => events.write((queries) => prune(queries, limits)),
  };
}

async function readBounds(queries: Queries): Promise<JournalBounds & { sizeBytes: number }> {
  const [row] = await queries.select().from(journalBoundsTable).where(eq(journalBoundsTable.id, BOUNDS));
  return row ?? { removedThrough: 0, newest: 0, sizeBytes: 0 };
}

/** Changes the bounds, which keeps other writers waiting until this transaction ends. */
async function changeBounds(queries: Queries, change: { given: number; sizeBytes: number }): Promise<JournalBounds> {
  await queries
    .insert(journalBoundsTable)
    .values({ id: BOUNDS, removedThrough: 0, newest: 0, sizeBytes: 0 })
    .onConflictDoNothing();
  const [bounds] = await queries
    .update(journalBoundsTable)
    .set({
      newest: sql`${journalBoundsTable.newest} + ${change.given}`,
      sizeBytes: sql`${journalBoundsTable.sizeBytes} + ${change.sizeBytes}`,
    })
    .where(eq(journalBoundsTable.id, BOUNDS))
    .returning();
  if (!bounds) throw new Error("UPDATE ... RETURNING gave no row");
  return bounds;
}

async function advance(queries: Queries, change: StateChange, events: readonly NewJournalEvent[]): Promise<boolean> {
  const sizeBytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
  const { newest } = await changeBounds(queries, { given: 0, sizeBytes: 0 });
  if (!(await saveState(queries, change))) return false;
  if (events.length === 0) return true;
  await changeBounds(queries, { given: events.length, sizeBytes });
  for (let start = 0; start < events.length; start += ROWS_AT_ONCE) {
    const rows = events
      .slice(start, start + ROWS_AT_ONCE)
      .map((event, index) => ({ ...event, id: newest + start + index + 1, at: event.at.getTime() }));
    await queries.insert(journalEventsTable).values(rows);
  }
  return true;
}

async function saveState(queries: Queries, change: StateChange): Promise<boolean> {
  const { expid, aspect, revision, fingerprint, base, state } = change;
  if (revision === null) {
    const row = { expid, aspect, revision: 1, fingerprint, base: base ?? "", state };
    return (await queries.insert(watchedStatesTable).values(row).onConflictDoNothing().returning()).length > 0;
  }
  const saved = await queries
    .update(watchedStatesTable)
    .set({ revision: revision + 1, fingerprint, state, ...(base === null ? {} : { base }) })
    .where(
      and(
        eq(watchedStatesTable.expid, expid),
        eq(watchedStatesTable.aspect, aspect),
        eq(watchedStatesTable.revision, revision),
      ),
    )
    .returning({ revision: watchedStatesTable.revision });
  return saved.length > 0;
}

async function forgetOthers(queries: Queries, expids: ReadonlySet<string>): Promise<void> {
  const rows = await queries.selectDistinct({ expid: watchedStatesTable.expid }).from(watchedStatesTable);
  for (const { expid } of rows) {
    if (!expids.has(expid)) await queries.delete(watchedStatesTable).where(eq(watchedStatesTable.expid, expid));
  }
}

async function prune(queries: Queries, { before, mostBytes }: { before: Date; mostBytes: number }): Promise<number> {
  await changeBounds(queries, { given: 0, sizeBytes: 0 });
  const bounds = await readBounds(queries);
  const end = await findPruneEnd(queries, { before, excessBytes: bounds.sizeBytes - mostBytes });
  if (end === null) return 0;
  await queries.delete(journalEventsTable).where(lte(journalEventsTable.id, end.id));
  await queries
    .update(journalBoundsTable)
    .set({ removedThrough: end.id, sizeBytes: bounds.sizeBytes - end.sizeBytes })
    .where(eq(journalBoundsTable.id, BOUNDS));
  return end.count;
}

/** The last event that has to go, with what goes; null when all may stay. */
async function findPruneEnd(
  queries: Queries,
  { before, excessBytes }: { before: Date; excessBytes: number },
): Promise<{ id: number; count: number; sizeBytes: number } | null> {
  const end = { id: 0, count: 0, sizeBytes: 0 };
  for (;;) {
    const rows = await queries
      .select()
      .from(journalEventsTable)
      .where(gt(journalEventsTable.id, end.id))
      .orderBy(asc(journalEventsTable.id))
      .limit(ROWS_AT_ONCE);
    for (const row of rows) {
      if (row.at >= before.getTime() && end.sizeBytes >= excessBytes) return end.count === 0 ? null : end;
      end.id = row.id;
      end.count += 1;
      end.sizeBytes += sizeOf({ ...row, at: new Date(row.at) });
    }
    if (rows.length < ROWS_AT_ONCE) return end.count === 0 ? null : end;
  }
}
