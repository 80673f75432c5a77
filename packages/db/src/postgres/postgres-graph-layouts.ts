import { type Patience, withPatience } from "../patience.js";
import type { DrawnJob, GraphLayoutRepository } from "../repositories/graph-layouts.js";
import type { PostgresConnection, PostgresConnections } from "./postgres-connections.js";
import { execute, withConnection } from "./postgres-database.js";
import { isTransient, translatePostgresError } from "./postgres-errors.js";

/**
 * The stored drawing of one experiment in PostgreSQL (formats reference §2.10): the table of the reference implementation,
 * in the schema that is named like the experiment.
 */
export function postgresGraphLayouts(
  connections: PostgresConnections,
  expid: string,
  patience: Patience,
): GraphLayoutRepository {
  return {
    async replace(jobs) {
      try {
        await withPatience(() => replaceAll(connections, expid, jobs), patience, isTransient);
      } catch (error) {
        throw translatePostgresError(error, `${connections.label}#${expid}`);
      }
    },
  };
}

function replaceAll(connections: PostgresConnections, expid: string, jobs: readonly DrawnJob[]): Promise<void> {
  const schema = `"${expid.replaceAll('"', '""')}"`;
  const table = `${schema}.experiment_graph_draw`;
  return withConnection(connections, async (connection) => {
    await execute(connection, "BEGIN");
    await createTable(connection, schema, table);
    // Nobody else writes drawings of it meanwhile; readers go on.
    await execute(connection, `LOCK TABLE ${table} IN EXCLUSIVE MODE`);
    await execute(connection, `DELETE FROM ${table}`);
    const text = `INSERT INTO ${table} (id, job_name, x, y)
      SELECT * FROM unnest($1::integer[], $2::text[], $3::integer[], $4::integer[])`;
    const columns = [jobs.map((_, index) => index + 1), jobs.map((job) => job.jobName)];
    const values = [...columns, jobs.map((job) => job.x), jobs.map((job) => job.y)];
    await connection.query({ text, values, array: false });
    await execute(connection, "COMMIT");
  });
}

/** Looked for first: only whoever may create schemas can ask for one that exists already. */
async function createTable(connection: PostgresConnection, schema: string, table: string): Promise<void> {
  const text = "SELECT to_regnamespace($1) IS NOT NULL AS schema, to_regclass($2) IS NOT NULL AS drawing";
  const [found] = (await connection.query({ text, values: [schema, table], array: false })).rows as {
    schema: number;
    drawing: number;
  }[];
  if (!found?.schema) await execute(connection, `CREATE SCHEMA IF NOT EXISTS ${schema}`);
  if (found?.drawing) return;
  await execute(
    connection,
    `CREATE TABLE IF NOT EXISTS ${table} (id SERIAL PRIMARY KEY, job_name TEXT NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL)`,
  );
}
