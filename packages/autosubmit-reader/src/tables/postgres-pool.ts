import { setTimeout as sleep } from "node:timers/promises";
import { explainTlsFailure, type PostgresPlace, parsePostgresUrl } from "@autosubmit-api/shared-types";
import pg from "pg";
import { parseIntoClientConfig } from "pg-connection-string";
import { AutosubmitReadError } from "../errors.js";
import { parseCopiedRow } from "./postgres-copy.js";
import { isAway } from "./postgres-errors.js";
import { VALUE_TYPES } from "./postgres-values.js";
import type { SqlValue } from "./table-source.js";

/** A statement that reads, and its parameters. */
export interface PostgresStatement {
  text: string;
  values: unknown[];
  /**
   * Given to the few texts that are the same for all experiments and ask the server's own tables: the server then keeps
   * them parsed, for each connection. The others are as many as there are schemas, and their plans would age with them.
   */
  name?: string;
}

/** What one read may cost. */
export interface PostgresLimits {
  /** Rows of one read. */
  rows: number;
  /** Text and blob bytes of one read. */
  bytes: number;
  /** Bytes of one text or blob. */
  valueBytes: number;
  /** Time of one statement, in ms. */
  timeMs: number;
  /** How long to wait for a lock, and for a server that is away, in ms. */
  lockMs: number;
  awayMs: number;
  /** Of the tables of an experiment: where the rows take more, they are not looked at while somebody waits, see `PostgresFingerprints`. */
  lookBytes: number;
  /** Connections of this thread or process. */
  connections: number;
}

/** Called for every row as it arrives; false ends the read. */
export type RowListener = (row: SqlValue[]) => boolean;

/** Where reads run: a pool over the network, or another implementation of PostgreSQL in tests. */
export interface PostgresReads {
  /** Names the database in messages; never a user or a password. */
  readonly label: string;
  /** Runs one statement, row by row. @throws what the server and the driver report */
  read(statement: PostgresStatement, onRow: RowListener): Promise<void>;
  /** Runs one `COPY … TO STDOUT (FORMAT binary)`; fields are bytes, only valid until the listener returns. */
  copy(text: string, onRow: CopiedRowListener): Promise<void>;
}

/** As `RowListener`. */
export type CopiedRowListener = (fields: (Buffer | null)[]) => boolean;

const IDLE_MS = 30_000;
const CONNECT_WITHIN_MS = 5_000;
const KNOWN_AWAY_MS = 1_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 250;

/**
 * Every session only reads, finds no function of a schema by its name, and obeys no policy that a table's owner wrote.
 * Rows come in the order in which they are stored: no scan starts in the middle of a table, is shared out or skips it.
 */
export function sessionSettings({ timeMs, lockMs }: PostgresLimits): string {
  const settings = {
    default_transaction_read_only: "on",
    search_path: "''",
    row_security: "off",
    statement_timeout: timeMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: timeMs,
    timezone: "'UTC'",
    bytea_output: "hex",
    synchronize_seqscans: "off",
    max_parallel_workers_per_gather: 0,
    enable_indexonlyscan: "off",
    jit: "off",
    work_mem: "'64MB'",
  };
  return Object.entries(settings)
    .map(([name, value]) => `SET ${name} = ${value}`)
    .join("; ");
}

/**
 * The connections of a site, made when they are needed; they end when they are not and keep no process from ending. Reads
 * are tried again when the connection turns out to be dead, which is how a restart of the server is met.
 * @throws AutosubmitReadError `SITE_MISCONFIGURED` when the text is no URL of a PostgreSQL database
 */
export function postgresPool(connectionUrl: string, limits: PostgresLimits): PostgresReads {
  const key = JSON.stringify([connectionUrl, limits]);
  const known = pools.get(key) ?? openPool(connectionUrl, limits);
  pools.set(key, known);
  return known;
}

/** One for everybody in this thread who asks for the same. */
const pools = new Map<string, PostgresReads>();

function openPool(connectionUrl: string, limits: PostgresLimits): PostgresReads {
  const place = parsePostgresUrl(connectionUrl);
  if (place === null) {
    const message = "database.connection_url is not a URL of a PostgreSQL database (postgresql://user@host/database)";
    throw new AutosubmitReadError("SITE_MISCONFIGURED", message);
  }
  const pool = new pg.Pool({
    ...clientConfig(place),
    max: limits.connections,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: "autosubmit-reader",
  });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    // A connection that is lost already fails again at the statement that follows.
    client.query(sessionSettings(limits)).catch(() => undefined);
  });
  let awayAt = Number.NEGATIVE_INFINITY;
  const run = async (ask: Ask) => {
    // A request reads many things one after the other, and waits for an absent server once.
    const isKnown = performance.now() - awayAt < KNOWN_AWAY_MS;
    try {
      await whileAway(isKnown ? 0 : limits.awayMs, () => askOnce(pool, ask, limits.timeMs + CONNECT_WITHIN_MS));
    } catch (error) {
      if (isAway(error)) awayAt = performance.now();
      throw error;
    }
  };
  return {
    label: place.label,
    read: ({ text, values, name }, onRow) => {
      const named = name === undefined ? {} : { name: `autosubmit_${name}` };
      const config: pg.QueryArrayConfig = { text, values, rowMode: "array", types: VALUE_TYPES, ...named };
      return run((onAnswer) => {
        const query = new pg.Query<SqlValue[]>(config);
        query.on("row", (row) => onAnswer(() => onRow(row as unknown as SqlValue[])));
        return query;
      });
    },
    copy: (text, onRow) =>
      run((onAnswer) => new CopyQuery(text, (message) => onAnswer(() => takeCopiedRow(message, onRow)))),
  };
}

/** Files of certificates are read here, once: a failure among connections would end the process. */
function clientConfig({ url, label }: PostgresPlace): pg.ClientConfig {
  try {
    return parseIntoClientConfig(url);
  } catch (cause) {
    const why = explainTlsFailure(cause) ?? "cannot be asked: connection_url of [database] in .autosubmitrc is no use";
    throw new AutosubmitReadError("SITE_MISCONFIGURED", `The database ${label} ${why}`, { cause });
  }
}

/** Makes the query of one attempt, which gives each part of its answer to a listener. */
type Ask = (onAnswer: (take: () => boolean) => void) => pg.Query;

/** A copy out, which the driver's own query takes for a statement without rows. */
class CopyQuery extends pg.Query {
  readonly #onMessage: (message: Buffer) => void;

  constructor(text: string, onMessage: (message: Buffer) => void) {
    super(text);
    this.#onMessage = onMessage;
  }

  /** Called by the driver. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.#onMessage(chunk);
  }
}

function takeCopiedRow(message: Buffer, onRow: CopiedRowListener): boolean {
  const fields = parseCopiedRow(message);
  return fields === null || onRow(fields);
}

/** Tries again while the server is away, as long as no row was seen. */
async function whileAway(awayMs: number, attempt: () => Promise<void>): Promise<void> {
  const givingUpAt = performance.now() + awayMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      const isLost = error instanceof InterruptedReadError;
      if (isLost || !isAway(error) || performance.now() + pauseMs > givingUpAt) throw isLost ? error.cause : error;
    }
    await sleep(pauseMs * (0.5 + Math.random()));
  }
}

/** Rows were seen already, so the read cannot be tried again from the start. */
class InterruptedReadError extends Error {
  override readonly name = "InterruptedReadError";
}

/** @param answerMs for a server that vanished: one that is there keeps to its own limit. The driver's limit keeps all rows */
async function askOnce(pool: pg.Pool, ask: Ask, answerMs: number): Promise<void> {
  const client = await pool.connect();
  let isUsable = false;
  let rows = 0;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const query = ask((take) => {
        rows += 1;
        try {
          // Ends the connection too: the rest is not worth receiving.
          if (!take()) resolve();
        } catch (error) {
          // Thrown on, it would end the process.
          reject(error);
        }
      });
      query.on("error", (error) => {
        isUsable = !isAway(error);
        reject(rows > 0 && isAway(error) ? new InterruptedReadError("interrupted", { cause: error }) : error);
      });
      query.on("end", () => {
        isUsable = true;
        resolve();
      });
      timer = setTimeout(() => reject(new Error("query read timeout")), answerMs);
      client.query(query);
    });
  } finally {
    clearTimeout(timer);
    client.release(!isUsable);
  }
}
