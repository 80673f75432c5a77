import { explainTlsFailure, type PostgresPlace, parsePostgresUrl } from "@autosubmit-api/shared-types";
import pg from "pg";
import { parseIntoClientConfig } from "pg-connection-string";
import { DatabaseError } from "../errors.js";
import { NoticeBoard } from "./notice-board.js";

/** A statement with its parameters; `array` asks for rows as arrays in the order of the columns. */
export interface PostgresStatement {
  text: string;
  values: unknown[];
  array: boolean;
  /** Given to the few texts that every change has: the server keeps them parsed, for each connection. */
  name?: string;
}

/** One connection, held by one transaction at a time. */
export interface PostgresConnection {
  query(statement: PostgresStatement): Promise<{ rows: unknown[] }>;
  /** @param broken whether nobody may use it again */
  release(broken: boolean): void;
}

/** Where connections come from: a pool over the network, or another implementation of PostgreSQL in tests. */
export interface PostgresConnections {
  /** Names the database in messages; never a password. */
  readonly label: string;
  connect(): Promise<PostgresConnection>;
  /** Waits for a notice of that channel since the last call, as `Database.news`. */
  news(channel: string, withinMs: number): Promise<void>;
}

/** Of one thread or process; each transaction holds one, for milliseconds. */
const MAXIMUM_CONNECTIONS = 4;
const IDLE_MS = 30_000;
const CONNECT_WITHIN_MS = 5_000;
/** Longer statements are ended by the server; the driver's own limit is for a server that vanished. */
const STATEMENT_MS = 30_000;
const ANSWER_WITHIN_MS = STATEMENT_MS + 5_000;
/** How long a statement waits for a lock before the transaction is rolled back and tried again. */
const LOCK_MS = 1_000;
const SESSION = [
  "SET search_path = public",
  "SET TIME ZONE 'UTC'",
  `SET statement_timeout = ${STATEMENT_MS}`,
  `SET lock_timeout = ${LOCK_MS}`,
  `SET idle_in_transaction_session_timeout = ${STATEMENT_MS}`,
].join("; ");
const INT8 = 20;
const BOOLEAN = 16;
const NUMERIC = 1700;

/** Values as SQLite gives them: every number a number, truth 1 or 0. */
export const VALUE_PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: Number,
  [NUMERIC]: Number,
  [BOOLEAN]: (text) => (text === "t" ? 1 : 0),
};

const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) => {
    const own = format === "binary" ? undefined : VALUE_PARSERS[type];
    return own ?? pg.types.getTypeParser(type, format);
  },
};

const pools = new Map<string, PostgresConnections>();

/**
 * The connections to a database, the same for everybody in this thread who names the same URL. They are made when they
 * are needed, end when they are not, and keep no process from ending.
 * @throws DatabaseError `DATABASE_MISSING` when the text is no URL of a PostgreSQL database
 */
export function postgresConnections(connectionUrl: string): PostgresConnections {
  const known = pools.get(connectionUrl) ?? openPool(connectionUrl);
  pools.set(connectionUrl, known);
  return known;
}

function openPool(connectionUrl: string): PostgresConnections {
  const place = parsePostgresUrl(connectionUrl);
  if (place === null) {
    const message = "connection_url of [database] in .autosubmitrc is not a URL of a PostgreSQL database";
    throw new DatabaseError("DATABASE_MISSING", "connection_url", message);
  }
  const config = clientConfig(place);
  const pool = new pg.Pool({
    ...config,
    max: MAXIMUM_CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: "autosubmit-api",
  });
  // A connection that ends while nobody uses it is replaced when one is needed.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    // A connection that is lost already fails again at the statement that follows.
    client.query(SESSION).catch(() => undefined);
  });
  const notices = new Map<string, NoticeBoard>();
  return {
    label: place.label,
    connect: async () => connectionOf(await pool.connect()),
    news: (channel, withinMs) => {
      const board = notices.get(channel) ?? new NoticeBoard(config, channel);
      notices.set(channel, board);
      return board.news(withinMs);
    },
  };
}

/** Files of certificates are read here, once: a failure among connections would end the process. */
function clientConfig({ url, label }: PostgresPlace): pg.ClientConfig {
  try {
    return parseIntoClientConfig(url);
  } catch (error) {
    const why = explainTlsFailure(error) ?? "cannot be asked: connection_url of [database] in .autosubmitrc is no use";
    throw new DatabaseError("DATABASE_UNREADABLE", label, `The database ${label} ${why}`, error);
  }
}

function connectionOf(client: pg.PoolClient): PostgresConnection {
  return {
    query: ({ text, values, array, name }) => {
      const config = { text, values, types, ...(name === undefined ? {} : { name: `autosubmit_api_${name}` }) };
      return array ? client.query<unknown[], unknown[]>({ ...config, rowMode: "array" }) : client.query(config);
    },
    release: (broken) => client.release(broken),
  };
}
