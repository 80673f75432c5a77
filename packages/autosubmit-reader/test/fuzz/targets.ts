import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { encodePickle, pyTuple, writeWorkspace } from "@autosubmit-api/fixtures";
import { loadIniConfiguration } from "../../src/formats/config/ini-configuration.js";
import { configurationJson } from "../../src/formats/config/plain.js";
import { parseYaml } from "../../src/formats/config/yaml.js";
import { parseJobListPickle } from "../../src/formats/pickle/job-list.js";
import {
  createSite,
  type Experiment,
  findRunLog,
  iterateJobData,
  listExperimentDetails,
  listExperimentStatuses,
  listExperiments,
  parsePythonJson,
  parseTotalStats,
  readExperimentRuns,
  readGraphLayout,
  readJobAttempts,
  readJobList,
  readJobLogs,
  readLastJobData,
  readLogLines,
  readRunJobData,
  readStructure,
  readTailOfLog,
  readTotalStats,
  readUserMetrics,
  readWrapperJobs,
  type Site,
  unpickle,
  withLog,
} from "../../src/index.js";
import { parseAutosubmitrc } from "../../src/site/autosubmitrc.js";
import { databasePath, SqliteTableProvider } from "../../src/tables/sqlite.js";
import type { TableLocation } from "../../src/tables/table-source.js";
import { loadInMemory, runInMemory } from "../formats/config/load-in-memory.js";

/** Something that reads bytes which anybody may have written. */
export interface FuzzTarget {
  name: string;
  /** Well-formed inputs to start from. */
  seeds: readonly Buffer[];
  /** Pieces of the format that chance would seldom find. */
  words: readonly string[];
  /** Each throws nothing but this package's own errors. */
  readings: readonly ((bytes: Buffer) => unknown)[];
}

const EXPID = "a000";
const NOW = new Date("2026-07-01T09:00:00Z");
const SQLITE_LIMITS = { timeMs: 1_000, patienceMs: 0, rows: 100_000, bytes: 2 ** 26, valueBytes: 2 ** 24 };

/** All targets, on a workspace of their own in `root`. */
export function fuzzTargets(root: string): FuzzTarget[] {
  for (const version of ["3.13.0", "4.1.17", "4.2.0"])
    writeWorkspace({ root: join(root, version), now: NOW, experiments: [{ expid: EXPID, version, wrappers: "real" }] });
  const modern = siteOf(join(root, "4.1.17"));
  const table = siteOf(join(root, "4.2.0"));
  const at = (version: string, ...path: string[]) => readFileSync(join(root, version, ...path));
  const text = (read: (text: string) => unknown) => (bytes: Buffer) => read(bytes.toString("utf8"));
  return [
    {
      name: "pickle",
      seeds: [
        at("3.13.0", EXPID, "pkl", `job_list_${EXPID}.pkl`),
        at("4.1.17", EXPID, "pkl", `job_list_${EXPID}.pkl`),
        encodePickle([pyTuple("a000_SIM", 12, 5, 3, "SIM", null, "fc0", 1)], 4),
      ],
      words: ["__proto__", "constructor", "cposix\nsystem\n", "\x8d\xff\xff\xff\x7f\0\0\0\0", "\x94", "R.", "}("],
      readings: [(bytes) => unpickle(bytes), (bytes) => parseJobListPickle(bytes)],
    },
    {
      name: "yaml",
      seeds: yamlFiles(join(root, "4.1.17", EXPID)),
      words: ["&a ", "*a", "<<: ", "__proto__: ", "constructor: ", "FOR:\n", "%A%", "? ", "!!binary ", "---\n", "\t"],
      readings: [
        text(parseYaml),
        text((yaml) => configurationJson(loadInMemory({ files: { "a.yml": yaml, "minimal.yml": "A: 1" } }).data)),
      ],
    },
    {
      name: "ini",
      seeds: ["expdef", "jobs", "platforms", "autosubmit"].map((name) =>
        at("3.13.0", EXPID, "conf", `${name}_${EXPID}.conf`),
      ),
      words: ["[DEFAULT]\n", "%(x)s", "__proto__ = 1\n", "[__proto__]\n", "constructor: 1\n", "%%", "\n  "],
      readings: [
        text((ini) => {
          const names = ["autosubmit", "platforms", "jobs", "expdef"].map((name) => [`/c/${name}_a000.conf`, ini]);
          return configurationJson(runInMemory(loadIniConfiguration(EXPID, "/c"), Object.fromEntries(names)));
        }),
      ],
    },
    {
      name: "autosubmitrc",
      seeds: [at("4.1.17", ".autosubmitrc")],
      words: [
        "[hosts]\nauthorized = [a b] [c d]\n",
        "%(path)s",
        "[__proto__]\npath = /\n",
        "backend = postgres\n",
        "~",
        "\0",
      ],
      readings: [
        text((ini) =>
          parseAutosubmitrc([{ path: "/s/.autosubmitrc", text: ini }], { home: "/h", workingDirectory: "/" }),
        ),
      ],
    },
    {
      name: "total-stats",
      seeds: [Buffer.from("20260101000000 20260101000001 20260101000002 COMPLETED\n20260101000003\n")],
      words: [" ", "\n", "COMPLETED", "submit start end status"],
      readings: [text(parseTotalStats), fileReading(modern, "tmp/a000_REMOTE_SETUP_TOTAL_STATS", markerFiles)],
    },
    {
      name: "python-json",
      seeds: [Buffer.from('{"a": [1, NaN, -Infinity, 1e400, "\\ud83d\\ude00"], "__proto__": {"b": null}}')],
      words: ['"__proto__":', "NaN", "[[[[[[", '\\u0000"', "1e999"],
      readings: [text((json) => parsePythonJson(json, "a value"))],
    },
    {
      name: "log",
      seeds: [Buffer.from("a line\nanother\r\n\u00e9\n"), gzipSync(Buffer.from("a line\n".repeat(500)))],
      words: ["\x1f\x8b\x08", "\xfd7zXZ\0", "\n", "\r", "\u2028", "\0"],
      readings: [fileReading(modern, "tmp/ASLOGS/20990101_000000_run.log", logOf)],
    },
    ...databaseTargets(modern, table),
  ];
}

/** Databases are read through everything that asks them. */
function databaseTargets(modern: Site, table: Site): FuzzTarget[] {
  const words = ["CREATE VIEW", "CREATE TABLE", "\xff\xff\xff\xff", "\0\0\0\0", "\x8d\x80\x80\x80", "\x05\0\0\0"];
  const target = (
    name: string,
    site: Site,
    location: TableLocation,
    read: (experiment: Experiment) => Promise<unknown>,
  ) => {
    const path = databasePath(site.settings, location);
    return { name, seeds: [readFileSync(path)], words, readings: [fileReading(site, path, read)] };
  };
  const e = EXPID;
  return [
    target("history-db", modern, { database: "job-data", expid: e }, async (experiment) => {
      await readExperimentRuns(experiment);
      await readLastJobData(experiment);
      await readRunJobData(experiment, 1);
      await readJobAttempts(experiment, "a000_REMOTE_SETUP");
      for await (const row of iterateJobData(experiment)) void row;
    }),
    target("structure-db", modern, { database: "structure", expid: e }, (experiment) => readStructure(experiment)),
    target("packages-db", modern, { database: "job-packages", expid: e }, (experiment) => readWrapperJobs(experiment)),
    target("job-list-db", table, { database: "job-list", expid: e }, (experiment) => readJobList(experiment)),
    target("main-db", modern, { database: "main" }, async ({ site }) => {
      await listExperiments(site);
      await listExperimentDetails(site);
    }),
    target("status-db", modern, { database: "status" }, ({ site }) => listExperimentStatuses(site)),
  ];
}

/** Reads what a file of the experiment holds once `bytes` are in its place. */
function fileReading(site: Site, path: string, read: (experiment: Experiment) => Promise<unknown>) {
  const experiment = site.experiment(EXPID);
  const target = path.startsWith("/") ? path : join(experiment.paths.folder, path);
  return async (bytes: Buffer) => {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
    return read(experiment);
  };
}

async function markerFiles(experiment: Experiment): Promise<void> {
  await readJobLogs(experiment);
  await readTotalStats(experiment, ["a000_REMOTE_SETUP"]);
}

async function logOf(experiment: Experiment): Promise<void> {
  const name = (await findRunLog(experiment))?.name ?? "";
  await withLog(experiment, { folder: "commands", name }, async (log) => {
    await readTailOfLog(log, { lines: 100, maxBytes: 65_536 });
    await readLogLines(log, { from: 1, count: 10, search: "a" }, null);
  });
  await readUserMetrics(experiment, 1);
  await readGraphLayout(experiment);
}

function siteOf(root: string): Site {
  const configuration = join(root, ".autosubmitrc");
  const files = [{ path: configuration, text: readFileSync(configuration, "utf8") }];
  const settings = { ...parseAutosubmitrc(files, { home: root, workingDirectory: root }), warnings: [] };
  const environment = { user: null, sudoUser: null, home: root, autosubmitVariables: {} };
  return createSite(settings, environment, new SqliteTableProvider(settings, SQLITE_LIMITS));
}

function yamlFiles(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yml"))
    .map((name) => readFileSync(join(folder, name)));
}
