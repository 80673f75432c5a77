import type { PostgresReads } from "./postgres-pool.js";
import type { PostgresColumn, PostgresTable } from "./postgres-query.js";

/** Only real tables count: a view in their place could compute whatever it likes. */
const TABLES = `
  SELECT c.relname::text, c.oid::text || '.' || c.relfilenode::text, pg_catalog.pg_total_relation_size(c.oid),
    a.attname::text, a.atttypid, a.attnotnull
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
  await reads.read({ text: TABLES, values: [schema, names] }, ([name, identity, size, column, type, notNull]) => {
    const table = tables.get(String(name)) ?? {
      schema,
      name: String(name),
      identity: String(identity),
      sizeBytes: Number(size),
      columns: [],
    };
    table.columns.push({ name: String(column), type: Number(type), notNull: notNull === 1 });
    tables.set(table.name, table);
    return true;
  });
  return tables;
}
