import { statSync } from "node:fs";
import { postgresConnections } from "../postgres/postgres-connections.js";
import { type CopiedTable, copyTable, type ImportTarget, pickleCopy, prepareImport, tableCopy } from "./copy-table.js";
import { listTables, openToImport, type SqliteTable } from "./sqlite-tables.js";

/** Copies a site's tables into a PostgreSQL database, one by one. */
export interface TableImport {
  /** Makes what the import keeps its progress in. */
  prepare(): Promise<void>;
  copyTable(path: string, table: string, target: ImportTarget): Promise<CopiedTable>;
  /** A pickled job list that is kept in the table `job_pkl` of a file. */
  copyStoredPickle(expid: string, path: string): Promise<CopiedTable>;
  /** @param modified when it was written, as Autosubmit stores it: `2026-07-01 09:00:00`, local time */
  copyPickle(expid: string, path: string, pickle: Uint8Array, modified: string): Promise<CopiedTable>;
}

/** @throws DatabaseError when the text is no URL of a PostgreSQL database */
export function tableImport(connectionUrl: string): TableImport {
  const connections = postgresConnections(connectionUrl);
  return {
    prepare: () => prepareImport(connections),
    async copyTable(path, table, target) {
      const client = openToImport(path);
      try {
        return await copyTable(connections, tableCopy(client, table, target, stateOf(path)));
      } finally {
        client.close();
      }
    },
    async copyStoredPickle(expid, path) {
      const client = openToImport(path);
      try {
        const stored = client
          .prepare<[string], { pkl: Uint8Array; modified: string }>("SELECT pkl, modified FROM job_pkl WHERE expid = ?")
          .get(expid);
        if (!stored) throw new Error(`${path} holds no job list of ${expid}`);
        return await copyTable(connections, pickleCopy(expid, stored.pkl, stored.modified, stateOf(path)));
      } finally {
        client.close();
      }
    },
    copyPickle: (expid, path, pickle, modified) =>
      copyTable(connections, pickleCopy(expid, pickle, modified, stateOf(path))),
  };
}

/** The tables of an SQLite file with their numbers of rows. @throws better-sqlite3's errors */
export function listSqliteTables(path: string): SqliteTable[] {
  const client = openToImport(path);
  try {
    return listTables(client);
  } finally {
    client.close();
  }
}

function stateOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}
