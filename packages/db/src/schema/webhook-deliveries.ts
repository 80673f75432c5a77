import { type Dialect, sqliteDialect } from "../dialect.js";

/**
 * Events that webhooks have yet to deliver, and those that could not be, in `autosubmit_events.db`. Written by the workers.
 * The event is kept here, since the journal may lose it before its receiver is well again.
 */
export const buildWebhookDeliveries = ({ table, autoId, text, long, int, instant, index }: Dialect) =>
  table(
    "webhook_deliveries",
    {
      id: autoId("id"),
      webhook: text("webhook").notNull(),
      eventId: long("event_id").notNull(),
      at: instant("at").notNull(),
      expid: text("expid").notNull(),
      kind: text("kind").notNull(),
      data: text("data").notNull(),
      attempts: int("attempts").notNull(),
      /** Null when it was given up. */
      nextAttemptAt: instant("next_attempt_at"),
      lastError: text("last_error"),
      lastAttemptAt: instant("last_attempt_at"),
    },
    (delivery) => [index("webhook_deliveries_due").on(delivery.nextAttemptAt)],
  );

export const webhookDeliveriesTable = buildWebhookDeliveries(sqliteDialect);
