import { and, asc, desc, eq, isNotNull, isNull, lt, lte, notInArray, sql } from "drizzle-orm";
import type { Database } from "../database.js";
import { webhookDeliveriesTable } from "../schema/webhook-deliveries.js";
import { webhookPositionsTable } from "../schema/webhook-positions.js";
import type { JournalEvent } from "./event-journal.js";

/** An event on its way to a receiver. */
export interface WebhookDelivery {
  id: number;
  webhook: string;
  event: JournalEvent;
  attempts: number;
  /** Null when it was given up. */
  nextAttemptAt: Date | null;
  lastError: string | null;
  lastAttemptAt: Date | null;
}

export interface FailedAttempt {
  error: string;
  at: Date;
  /** Null to give up. */
  nextAttemptAt: Date | null;
}

export interface WebhookRepository {
  /** The number up to which the webhook has followed the journal; null when it is new. */
  position(webhook: string): Promise<number | null>;
  /** Moves the webhook on and stores what it has to deliver, together. */
  advance(webhook: string, through: number, events: readonly JournalEvent[], at: Date): Promise<void>;
  /** Deliveries whose time has come, the oldest first. */
  listDue(at: Date, limit: number): Promise<WebhookDelivery[]>;
  delivered(id: number): Promise<void>;
  failed(id: number, attempt: FailedAttempt): Promise<void>;
  /** Deliveries that were given up, the latest first. */
  listGivenUp(limit: number): Promise<WebhookDelivery[]>;
  /** Removes what was given up before then, and what waits for webhooks that are no longer configured. */
  tidy(webhooks: readonly string[], before: Date): Promise<void>;
}

type Row = typeof webhookDeliveriesTable.$inferSelect;

/** `webhook_positions` and `webhook_deliveries` of `autosubmit_events.db`. */
export function webhookRepository(events: Database): WebhookRepository {
  const deliveries = webhookDeliveriesTable;
  const positions = webhookPositionsTable;
  return {
    position: (webhook) =>
      events.read(async (queries) => {
        const [row] = await queries.select().from(positions).where(eq(positions.webhook, webhook));
        return row?.through ?? null;
      }),
    advance: (webhook, through, found, at) =>
      events.write(async (queries) => {
        await queries
          .insert(positions)
          .values({ webhook, through })
          .onConflictDoUpdate({ target: positions.webhook, set: { through } });
        for (const event of found) await queries.insert(deliveries).values(newDelivery(webhook, event, at));
      }),
    listDue: (at, limit) =>
      events.read(async (queries) => {
        const due = lte(deliveries.nextAttemptAt, at.getTime());
        return (await queries.select().from(deliveries).where(due).orderBy(asc(deliveries.id)).limit(limit)).map(
          toDelivery,
        );
      }),
    delivered: (id) =>
      events.write(async (queries) => {
        await queries.delete(deliveries).where(eq(deliveries.id, id));
      }),
    failed: (id, { error, at, nextAttemptAt }) =>
      events.write(async (queries) => {
        const next = nextAttemptAt?.getTime() ?? null;
        await queries
          .update(deliveries)
          .set({
            attempts: sql`${deliveries.attempts} + 1`,
            lastError: error,
            lastAttemptAt: at.getTime(),
            nextAttemptAt: next,
          })
          .where(eq(deliveries.id, id));
      }),
    listGivenUp: (limit) =>
      events.read(async (queries) => {
        const givenUp = isNull(deliveries.nextAttemptAt);
        return (await queries.select().from(deliveries).where(givenUp).orderBy(desc(deliveries.id)).limit(limit)).map(
          toDelivery,
        );
      }),
    tidy: (webhooks, before) =>
      events.write(async (queries) => {
        const isOld = and(isNull(deliveries.nextAttemptAt), lt(deliveries.lastAttemptAt, before.getTime()));
        await queries.delete(deliveries).where(isOld);
        const isPending = isNotNull(deliveries.nextAttemptAt);
        await queries.delete(deliveries).where(and(isPending, notInArray(deliveries.webhook, [...webhooks])));
        await queries.delete(positions).where(notInArray(positions.webhook, [...webhooks]));
      }),
  };
}

function newDelivery(webhook: string, { id, at, expid, kind, data }: JournalEvent, now: Date) {
  const event = { eventId: id, at: at.getTime(), expid, kind, data };
  return { webhook, ...event, attempts: 0, nextAttemptAt: now.getTime(), lastError: null, lastAttemptAt: null };
}

function toDelivery({ eventId, at, expid, kind, data, nextAttemptAt, lastAttemptAt, ...rest }: Row): WebhookDelivery {
  return {
    ...rest,
    event: { id: eventId, at: new Date(at), expid, kind, data },
    nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt),
    lastAttemptAt: lastAttemptAt === null ? null : new Date(lastAttemptAt),
  };
}
