import { findPostgresPrograms, type PostgresServer, startPostgresServer } from "@autosubmit-api/fixtures";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll } from "vitest";
import { postgresBackend } from "../../src/backend.js";
import {
  type PostgresConnections,
  postgresConnections,
  VALUE_PARSERS,
} from "../../src/postgres/postgres-connections.js";
import { databasesOf } from "../../src/site-databases.js";
import { type TestSite, useSystem } from "../site.js";

/** A server where this machine has one, unless the tests are asked to do without. */
export const programs = process.env.POSTGRES_OF_TESTS === "pglite" ? null : findPostgresPrograms();

/** As `autosubmit install` and 4.1.17 leave the main tables in PostgreSQL. */
const AUTOSUBMIT_POSTGRES = `
  CREATE TABLE db_version (version SERIAL PRIMARY KEY);
  INSERT INTO db_version (version) VALUES (1);
  CREATE TABLE experiment (id SERIAL PRIMARY KEY, name VARCHAR NOT NULL, description VARCHAR NOT NULL,
    autosubmit_version VARCHAR);`;

/** Runs the tests that follow in PostgreSQL: on a server of their own, or in PGlite, which they say. */
export function usePostgres(): void {
  let newDatabase: () => Promise<PostgresConnections>;
  let server: PostgresServer | null = null;
  beforeAll(async () => {
    if (programs === null) {
      console.log("No PostgreSQL server on this machine: the repository tests run on PGlite.");
      newDatabase = pgliteDatabases(await PGlite.create());
    } else {
      const started = await startPostgresServer(programs);
      server = started;
      newDatabase = async () => postgresConnections(await started.createDatabase());
    }
  });
  afterAll(() => server?.drop());
  useSystem(async (mainSql) => postgresSite(await newDatabase(), mainSql));
}

/** An Autosubmit database with the rows of `sqliteMainSql`, migrated. */
async function postgresSite(connections: PostgresConnections, sqliteMainSql: string): Promise<TestSite> {
  const rows = async (sql: string) => {
    const connection = await connections.connect();
    try {
      return (await connection.query({ text: sql, values: [], array: false })).rows;
    } finally {
      connection.release(false);
    }
  };
  const [, inserts] = /INSERT INTO db_version[^;]*;(.*)$/s.exec(sqliteMainSql) ?? [];
  for (const statement of `${AUTOSUBMIT_POSTGRES}${inserts ?? ""}`.split(";"))
    if (statement.trim()) await rows(statement);
  const backend = postgresBackend(connections);
  await backend.migrate({});
  return {
    databases: databasesOf(backend),
    reopen: () => databasesOf(backend),
    execute: async (_, sql) => {
      for (const statement of sql.split(";")) if (statement.trim()) await rows(statement);
    },
    rows: (_, sql) => rows(sql),
  };
}

/** PGlite has one database and one connection: each test empties it, each transaction waits for its turn. */
function pgliteDatabases(pglite: PGlite): () => Promise<PostgresConnections> {
  let turn: Promise<unknown> = Promise.resolve();
  return async () => {
    await pglite.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    return {
      label: "pglite",
      news: async () => undefined,
      connect: async () => {
        let release: () => void = () => undefined;
        const before = turn;
        turn = new Promise<void>((resolve) => {
          release = resolve;
        });
        await before;
        return {
          query: async ({ text, values, array }) => {
            const results = await pglite.query<unknown>(text, values, {
              rowMode: array ? "array" : "object",
              parsers: { ...VALUE_PARSERS },
            });
            return { rows: results.rows };
          },
          release: () => release(),
        };
      },
    };
  };
}
