import { postgresDialect } from "../../dialect.js";
import { buildJournalBounds } from "../../schema/journal-bounds.js";
import { buildJournalEvents } from "../../schema/journal-events.js";
import { buildNamedLeases } from "../../schema/named-leases.js";
import { buildWatchedStates } from "../../schema/watched-states.js";
import { buildWebhookDeliveries } from "../../schema/webhook-deliveries.js";
import { buildWebhookPositions } from "../../schema/webhook-positions.js";

export const journalEventsTable = buildJournalEvents(postgresDialect);
export const journalBoundsTable = buildJournalBounds(postgresDialect);
export const watchedStatesTable = buildWatchedStates(postgresDialect);
export const namedLeasesTable = buildNamedLeases(postgresDialect);
export const webhookPositionsTable = buildWebhookPositions(postgresDialect);
export const webhookDeliveriesTable = buildWebhookDeliveries(postgresDialect);
