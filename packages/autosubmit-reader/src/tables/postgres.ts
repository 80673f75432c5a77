import { parseAutosubmitTimestamp } from "../formats/timestamps.js";
import type { SiteSettings } from "../site/site-settings.js";
import { describeTables } from "./postgres-catalog.js";
import { translatePostgresError } from "./postgres-errors.js";
import { PostgresFingerprints } from "./postgres-fingerprints.js";
import { type PostgresLimits, type PostgresReads, postgresPool } from "./postgres-pool.js";
import { PostgresTableSource } from "./postgres-source.js";
import type { ExperimentDatabase, TableLocation, TablePlace, TableProvider, TableSource } from "./table-source.js";

const LIMITS: PostgresLimits = {
  rows: 5_000_000,
  bytes: 2 ** 30,
  valueBytes: 2 ** 28,
  timeMs: 60_000,
  lockMs: 2_500,
  awayMs: 1_000,
  connections: 4,
  lookBytes: 2 ** 22,
};

/** What all experiments share is in this schema; what belongs to one is in the schema that is named like it. */
const SHARED = "public";
const PICKLES = "job_pkl";

/** The tables of each of SQLite's databases (formats reference §2.10). The first decides whether there is such a place. */
const TABLES: Record<"main" | "status" | ExperimentDatabase, readonly string[]> = {
  main: ["experiment", "details", "db_version"],
  status: ["experiment_status"],
  "job-list-pickle": [PICKLES],
  "job-list": [
    "jobs",
    "experiment_structure",
    "wrappers_jobs",
    "wrappers_info",
    "preview_wrappers_jobs",
    "preview_wrappers_info",
    "sections",
  ],
  "job-data": ["job_data", "experiment_run", "structure_data"],
  structure: ["experiment_structure"],
  "old-structure": [],
  "job-packages": [
    "wrappers_jobs",
    "job_package",
    "wrappers_info",
    "preview_wrappers_jobs",
    "preview_wrappers_info",
    "wrapper_job_package",
  ],
  "user-metrics": ["user_metrics"],
  "graph-layout": ["experiment_graph_draw"],
};
/** Places that exist only with their first table; the others with any of theirs. */
const NEEDS_FIRST: ReadonlySet<string> = new Set(["main", "job-list"]);
const SHARED_TABLES = [...TABLES.main, ...TABLES.status];
const EXPERIMENT_TABLES = [
  ...new Set(
    (["job-list", "job-data", "job-packages", "user-metrics", "graph-layout"] as const).flatMap((name) => TABLES[name]),
  ),
];

/** The databases of a site that keeps them on a PostgreSQL server: only ever read. */
export class PostgresTableProvider implements TableProvider {
  readonly keepsJobLists = true;
  readonly place: TablePlace;
  readonly #reads: PostgresReads;
  readonly #limits: PostgresLimits;
  readonly #fingerprints: PostgresFingerprints;

  /** @throws AutosubmitReadError `SITE_MISCONFIGURED` */
  constructor(
    settings: Pick<SiteSettings, "databaseConnectionUrl">,
    limits: Partial<PostgresLimits> = {},
    reads?: PostgresReads,
  ) {
    this.#limits = { ...LIMITS, ...limits };
    this.#reads = reads ?? postgresPool(settings.databaseConnectionUrl, this.#limits);
    const { label } = this.#reads;
    this.place = {
      main: `${label}#${SHARED}`,
      jobListOf: (expid) => `row of ${expid} in ${label}#${SHARED}.${PICKLES} and no table ${label}#${expid}.jobs`,
      folder: null,
      whenUnreadable:
        'correct "connection_url" of [database] in .autosubmitrc, or the role\'s grants (docs/postgresql.md); look at the server',
      whenLocked: "find who holds it: SELECT * FROM pg_stat_activity WHERE state <> 'idle'",
    };
    this.#fingerprints = new PostgresFingerprints(this.#reads, this.#limits.lookBytes);
  }

  /** @throws SourceUnavailableError when the server is away; AutosubmitReadError `SOURCE_UNREADABLE`: it refuses */
  async open(location: TableLocation): Promise<TableSource | null> {
    const names = TABLES[location.database];
    if (names.length === 0) return null;
    return this.#translated(location, async (label, expid) => {
      const tables = await describeTables(this.#reads, schemaOf(location), names);
      if (tables.size === 0 || (NEEDS_FIRST.has(location.database) && !tables.has(names[0] ?? ""))) return null;
      return new PostgresTableSource({ label, expid, tables }, this.#reads, this.#limits);
    });
  }

  async fingerprint(location: TableLocation): Promise<string | null> {
    const names = TABLES[location.database];
    if (names.length === 0) return null;
    return this.#translated(location, async (_, expid) => {
      const found =
        location.database === "job-list-pickle"
          ? await this.#fingerprintPickle(expid ?? "")
          : await this.#fingerprints.ofTables({
              schema: schemaOf(location),
              tables: schemaOf(location) === SHARED ? SHARED_TABLES : EXPERIMENT_TABLES,
            });
      if (NEEDS_FIRST.has(location.database) && !found.has(names[0] ?? "")) return null;
      const parts = names.flatMap((name) => found.get(name) ?? []);
      return parts.length === 0 ? null : parts.join("|");
    });
  }

  async modifiedAt(location: TableLocation): Promise<number | null> {
    const source = await this.open(location);
    if (source === null) return null;
    const newest = await this.#newestModification(source, location);
    return newest === null ? null : newest.getTime() / 1000;
  }

  async sizeBytes(location: TableLocation): Promise<number> {
    return this.#translated(location, async (_, expid) => {
      if (location.database === "job-list-pickle") return this.#pickleBytes(expid ?? "");
      const tables = await describeTables(this.#reads, schemaOf(location), TABLES[location.database]);
      return [...tables.values()].reduce((sum, table) => sum + table.sizeBytes, 0);
    });
  }

  /** The pickles of all experiments are in one table. */
  async #fingerprintPickle(expid: string): Promise<Map<string, string>> {
    if (!(await this.#hasPickles())) return new Map();
    const text = `SELECT '${PICKLES}', ctid::text, xmin::text, modified FROM ${SHARED}.${PICKLES} WHERE expid = $1`;
    return this.#fingerprints.ofRows(expid, { text, values: [expid] });
  }

  async #pickleBytes(expid: string): Promise<number> {
    if (!(await this.#hasPickles())) return 0;
    let bytes = 0;
    const text = `SELECT octet_length(pkl) FROM ${SHARED}.${PICKLES} WHERE expid = $1`;
    await this.#reads.read({ text, values: [expid] }, ([size]) => {
      bytes += Number(size ?? 0);
      return true;
    });
    return bytes;
  }

  async #hasPickles(): Promise<boolean> {
    return (await this.#fingerprints.ofRows("", HAS_PICKLES)).size > 0;
  }

  async #newestModification(source: TableSource, location: TableLocation): Promise<Date | null> {
    switch (location.database) {
      case "job-list-pickle": {
        const where = [{ column: "expid", is: "=", value: location.expid }] as const;
        return timeOf(await source.selectValues({ table: PICKLES, columns: ["modified"], where, limit: 1 }));
      }
      case "job-list":
        // 4.2 writes these times in UTC.
        return timeOf(await newest(source, "jobs", "modified"), "UTC");
      case "job-data":
        return timeOf(await newest(source, "experiment_run", "run_id"));
      default:
        return null;
    }
  }

  async #translated<T>(location: TableLocation, work: (label: string, expid: string | null) => Promise<T>): Promise<T> {
    const expid = "expid" in location ? location.expid : null;
    const label = `${this.#reads.label}#${schemaOf(location)}`;
    try {
      return await work(label, expid);
    } catch (error) {
      throw translatePostgresError(error, label, expid);
    }
  }
}

const HAS_PICKLES = { text: `SELECT '' WHERE to_regclass('${SHARED}.${PICKLES}') IS NOT NULL`, values: [] };

function schemaOf(location: TableLocation): string {
  return "expid" in location && location.database !== "job-list-pickle" ? location.expid : SHARED;
}

function newest(source: TableSource, table: string, column: string) {
  return source.selectValues({ table, columns: ["modified"], orderBy: [{ column, descending: true }], limit: 1 });
}

function timeOf([row]: readonly (readonly unknown[])[], zone?: string): Date | null {
  const [modified] = row ?? [];
  return typeof modified === "string" ? parseAutosubmitTimestamp(modified, zone) : null;
}
