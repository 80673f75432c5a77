import { median } from "../statistics.js";
import { type PostgresBenchSite, postgresSite } from "./postgres-site.js";
import { below, defineScenario, ms, type Target, table } from "./scenario.js";
import { type ApiServer, startApi } from "./server.js";
import { type BenchExperiment, type BenchSite, replaceJobList } from "./site.js";
import { MEASURED_VIEWS, type MeasuredView, referenceMs } from "./views.js";

/** Milliseconds, medians, of one view on one of the systems. */
interface Times {
  /** A process that runs already but keeps nothing. */
  uncachedMs: number;
  /** Processor time for that, the API's and the database server's. */
  processorMs: number;
  /** After the job list was replaced, packed. */
  changedMs: number;
  /** With If-None-Match, after another experiment's table was changed. */
  notModifiedMs: number;
  /** Without, packed, nothing changed at all. */
  packedMs: number;
}

interface PostgresResult {
  view: string;
  jobs: number;
  sqlite: Times;
  postgres: Times;
}

/** Null without a server to measure with. */
type Result = { version: string; views: PostgresResult[] } | null;

const KEEP_NOTHING = { AS_API_SOURCE_CACHE_MB: "0", AS_API_ANSWER_CACHE_MB: "0" };
/** The targets of issue 10, halved: issue 12. */
const COLD_TIMES_FASTER = 5;
const UNCHANGED_MS = 10;
const MONITOR_MS = 2_000;
const MONITOR_VIEWS = ["pklinfo", "pkltreeinfo"];

export const postgres = defineScenario<Result>({
  name: "postgres",
  title: "PostgreSQL beside SQLite",
  isUsual: false,
  measure: async (site, { rounds }) => measurePostgres(site, rounds),
  targets: (result) => (result === null ? [] : targets(result.views)),
  details: (result) => (result === null ? ["No PostgreSQL server on this machine."] : details(result)),
});

function targets(views: readonly PostgresResult[]): Target[] {
  return [
    ...[10_000, 130_000].flatMap((jobs) => slowestCold(views.filter((view) => view.jobs === jobs))),
    slowestWarm(views, "notModifiedMs", "304 by ETag while other experiments change"),
    slowestWarm(views, "packedMs", "kept bytes"),
    ...views.filter(({ view, jobs }) => jobs === 130_000 && MONITOR_VIEWS.includes(view)).map(monitorTarget),
  ];
}

function slowestCold(views: readonly PostgresResult[]): Target[] {
  const compared = views.flatMap(({ view, jobs, postgres: { uncachedMs } }) => {
    const reference = referenceMs(view, jobs);
    return reference === null ? [] : [{ view, jobs, uncachedMs, reference, ratio: reference / uncachedMs }];
  });
  const [worst] = compared.sort((left, right) => left.ratio - right.ratio);
  if (worst === undefined) return [];
  const target = `PostgreSQL, cold, ${worst.jobs.toLocaleString("en")} jobs: every view ${COLD_TIMES_FASTER} × faster`;
  const measured = `${worst.view}, the least so: ${ms(worst.uncachedMs)} ms`;
  const isMet = worst.ratio >= COLD_TIMES_FASTER;
  return [{ target, measured, reference: `${ms(worst.reference)} ms`, ratio: worst.ratio, isMet }];
}

function slowestWarm(views: readonly PostgresResult[], key: "notModifiedMs" | "packedMs", what: string): Target {
  const worst = views.reduce((slower, view) => (view.postgres[key] > slower.postgres[key] ? view : slower));
  const name = `PostgreSQL, warm, unchanged: ${what} under ${UNCHANGED_MS} ms`;
  const target = below(name, worst.postgres[key], UNCHANGED_MS);
  return { ...target, measured: `${worst.view} of ${worst.jobs}, the slowest: ${target.measured}` };
}

function monitorTarget({ view, jobs, postgres: { changedMs } }: PostgresResult): Target {
  const reference = referenceMs(view, jobs);
  const compared = reference === null ? {} : { reference: `${ms(reference)} ms`, ratio: reference / changedMs };
  return { ...below(`PostgreSQL, changed: ${view} at 130,000 jobs under 2 s`, changedMs, MONITOR_MS), ...compared };
}

const SHOWN = ["uncachedMs", "processorMs", "changedMs", "notModifiedMs", "packedMs"] as const;

function details({ version, views }: NonNullable<Result>): string[] {
  const row = ({ view, jobs, sqlite, postgres: other }: PostgresResult) => [
    ...[view, String(jobs)],
    ...SHOWN.map((key) => `${ms(sqlite[key])} → ${ms(other[key])} (${(other[key] / sqlite[key]).toFixed(1)} ×)`),
  ];
  const names = ["uncached", "processor", "changed", "304", "packed"];
  return [
    `Milliseconds, medians: with SQLite → with PostgreSQL ${version} over a Unix socket, asked in turns. *Uncached* and *changed* as \
above. *Processor*: the processor time of the uncached answer, the database server's included. *304*: with the ETag of the last \
answer, after a row of another experiment was changed, so that the tables have to be looked at. *Packed*: kept bytes.`,
    table(["view", "jobs", ...names], views.map(row)),
  ];
}

async function measurePostgres(site: BenchSite, rounds: number): Promise<Result> {
  const other = await postgresSite(site);
  if (other === null) {
    console.log("No PostgreSQL server (initdb, postgres) on this machine: nothing is measured.");
    return null;
  }
  try {
    const views: PostgresResult[] = [];
    for (const experiment of site.big) views.push(...(await measureExperiment(site, other, experiment, rounds)));
    return { version: other.version, views };
  } finally {
    await other.drop();
  }
}

/** One system: its servers that keep nothing and that keep what they may, and how its job lists are replaced. */
interface Side {
  uncached: ApiServer;
  warm: ApiServer;
  replace: (variant: 0 | 1) => Promise<void>;
  databaseMs: () => number;
}

async function measureExperiment(
  site: BenchSite,
  other: PostgresBenchSite,
  experiment: BenchExperiment,
  rounds: number,
): Promise<PostgresResult[]> {
  const start = async (served: BenchSite | PostgresBenchSite["served"]) => ({
    uncached: await startApi(served, KEEP_NOTHING),
    warm: await startApi(served),
  });
  const sides: [Side, Side] = [
    { ...(await start(site)), replace: async (variant) => replaceJobList(experiment, variant), databaseMs: () => 0 },
    {
      ...(await start(other.served)),
      replace: (variant) => other.replaceJobList(experiment, variant),
      databaseMs: other.processorMs,
    },
  ];
  const results: PostgresResult[] = [];
  for (const view of MEASURED_VIEWS) {
    const [sqlite, onServer] = await measureView(sides, other, view.path(experiment), rounds);
    const result = { view: view.name, jobs: experiment.jobs, sqlite, postgres: onServer };
    results.push(result);
    const texts = SHOWN.map((key) => `${sqlite[key].toFixed(1)} → ${onServer[key].toFixed(1)}`);
    console.log(`postgres  ${experiment.jobs} ${view.name}: ${texts.join(" | ")} ms`);
  }
  for (const { uncached, warm, replace } of sides) {
    await Promise.all([uncached.stop(), warm.stop()]);
    await replace(0);
  }
  return results;
}

async function measureView(
  sides: readonly [Side, Side],
  { changeAnother }: PostgresBenchSite,
  path: ReturnType<MeasuredView["path"]>,
  rounds: number,
): Promise<[Times, Times]> {
  const times = sides.map(() => ({
    uncachedMs: [] as number[],
    processorMs: [] as number[],
    changedMs: [] as number[],
    notModifiedMs: [] as number[],
    packedMs: [] as number[],
  }));
  // The first round only warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, side] of sides.entries()) {
      const found = await askOnce(side, path, round, changeAnother);
      if (round > 0) for (const key of SHOWN) times[index]?.[key].push(found[key]);
    }
  }
  const medians = (index: number): Times => {
    const of = (key: keyof Times) => median(times[index]?.[key] ?? []);
    return {
      ...{ uncachedMs: of("uncachedMs"), processorMs: of("processorMs"), changedMs: of("changedMs") },
      ...{ notModifiedMs: of("notModifiedMs"), packedMs: of("packedMs") },
    };
  };
  return [medians(0), medians(1)];
}

async function askOnce(
  { uncached, warm, replace, databaseMs }: Side,
  path: string,
  round: number,
  changeAnother: () => Promise<void>,
): Promise<Times> {
  await replace(round % 2 === 0 ? 1 : 0);
  const before = uncached.processorMs() + databaseMs();
  const { ms: uncachedMs } = await uncached.client.expect(path, 200);
  const processorMs = uncached.processorMs() + databaseMs() - before;
  const changed = await warm.client.expect(path, 200, { coding: "br" });
  if (changed.etag === null) throw new Error(`${path} has no ETag`);
  await changeAnother();
  const again = await warm.client.get(path, { coding: "br", knownEtag: changed.etag });
  const packed = await warm.client.expect(path, 200, { coding: "br" });
  return { uncachedMs, processorMs, changedMs: changed.ms, notModifiedMs: again.ms, packedMs: packed.ms };
}
