import type { DatabaseErrorCode, DatabasePlaces, SiteDatabases } from "@autosubmit-api/db";

/** What the thread needs to know, once. */
export interface DatabaseThreadSettings {
  /** Where the site keeps its databases. */
  places: DatabasePlaces;
  /** How long a call waits for a database that another program has locked. */
  patienceMs: number;
}

/** One call of a repository; the arguments cross by structured clone. */
export interface DatabaseCall {
  id: number;
  repository: keyof SiteDatabases;
  method: string;
  args: unknown[];
}

/** What the thread says: how bringing the API's own databases up to date went, and the results of calls. */
export type DatabaseThreadMessage =
  | { kind: "ready"; steps: { path: string; steps: string[] }[]; problem: string | null }
  | { kind: "done"; id: number; value: unknown }
  | { kind: "failed"; id: number; error: DatabaseErrorData };

/** An error as data, since classes do not survive the thread border. `code` is null for anything but a `DatabaseError`. */
export interface DatabaseErrorData {
  code: DatabaseErrorCode | null;
  path: string;
  name: string;
  message: string;
  stack: string;
}
