import { postgresDialect } from "../../dialect.js";
import { buildJournalBounds } from "../../schema/journal-bounds.js";
import { buildJournalEvents } from "../../schema/journal-events.js";
import { buildNamedLeases } from "../../schema/named-leases.js";
import { buildWatchedStates } from "../../schema/watched-states.js";

export const journalEventsTable = buildJournalEvents(postgresDialect);
export const journalBoundsTable = buildJournalBounds(postgresDialect);
export const watchedStatesTable = buildWatchedStates(postgresDialect);
export const namedLeasesTable = buildNamedLeases(postgresDialect);
