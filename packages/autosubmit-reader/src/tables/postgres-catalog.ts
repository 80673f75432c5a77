import type { PostgresReads } from "./postgres-pool.js";
import type { PostgresColumn, PostgresTable } from "./postgres-query.js";

/** Only real tables count: a view in their place could compute whatever it likes. */
const TABLES = `
  SELECT c.relname::text, c.oid::text || '.' || c.relfilenode::text, pg_catalog.pg_total_relation_size(c.oid),
    pg_catalog.pg_relation_size(c.oid), c.oid, c.relkind = 'r' AND current_setting('server_version_num')::integer >= 140000,
    CASE WHEN current_setting('server_version_num')::integer >= 150000 AND current_setting('track_counts') = 'on'
      AND c.relkind = 'r' AND NOT pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_stat_get_tuples_inserted(c.oid)
      + pg_catalog.pg_stat_get_tuples_updated(c.oid) + pg_catalog.pg_stat_get_tuples_deleted(c.oid) END::text,
    a.attname::text, a.atttypid, a.attnotnull,
    EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum)
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE n.nspname = $1 AND c.relname = ANY($2) AND c.relkind IN ('r', 'p')
  ORDER BY c.relname, a.attnum`;

/** The tables of these names that a schema has, by name. */
export async function describeTables(
  reads: PostgresReads,
  schema: string,
  names: readonly string[],
): Promise<Map<string, PostgresTable>> {
  const tables = new Map<string, PostgresTable & { columns: PostgresColumn[] }>();
  await reads.read({ name: "tables", text: TABLES, values: [schema, names] }, (row) => {
    const [name, identity, size, rowSize, oid, hasPlaces, changes, column, type, notNull, isIndexed] = row;
    const table = tables.get(String(name)) ?? {
      schema,
      name: String(name),
      identity: String(identity),
      sizeBytes: Number(size),
      rowBytes: Number(rowSize),
      oid: Number(oid),
      hasPlaces: hasPlaces === 1,
      changes: changes === null || changes === undefined ? null : String(changes),
      columns: [],
    };
    table.columns.push({
      name: String(column),
      type: Number(type),
      notNull: notNull === 1,
      isIndexed: isIndexed === 1,
    });
    tables.set(table.name, table);
    return true;
  });
  return tables;
}
