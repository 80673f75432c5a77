import type { Table } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import type { DatabaseName } from "../schema/migrated-tables.js";
import * as api from "./schema/api.js";
import * as events from "./schema/events.js";
import * as main from "./schema/main.js";
import * as runners from "./schema/runners.js";
import * as status from "./schema/status.js";

const TABLES: Record<DatabaseName, Record<string, Table>> = { main, status, api, runners, events };

/** The tables that migrations create, by database, with PostgreSQL's types; the same as `MIGRATED_TABLES`. */
export function postgresTables(database: DatabaseName): ReturnType<typeof getTableConfig>[] {
  // Made by the PostgreSQL dialect, whose static types are SQLite's.
  return Object.values(TABLES[database]).map((table) => getTableConfig(table as unknown as PgTable));
}
