import { type Dialect, sqliteDialect } from "../dialect.js";

/** How far each webhook has followed the journal, in `autosubmit_events.db`. Written by the workers. */
export const buildWebhookPositions = ({ table, text, long }: Dialect) =>
  table("webhook_positions", {
    /** The rule's name in the settings file. */
    webhook: text("webhook").primaryKey(),
    /** Events up to this number were looked at. */
    through: long("through").notNull(),
  });

export const webhookPositionsTable = buildWebhookPositions(sqliteDialect);
