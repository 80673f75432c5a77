import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type ExperimentSpec, writeWorkspace } from "@autosubmit-api/fixtures";
import { median, percentile } from "../statistics.js";
import { defineScenario, mb, ms, table } from "./scenario.js";
import { type ApiServer, startApi } from "./server.js";

/** The process at one moment. */
interface Sample {
  atSeconds: number;
  rssMb: number;
  /** Since the start. */
  requests: number;
  processorSeconds: number;
}

interface SoakResult {
  minutes: number;
  samples: Sample[];
  p50Ms: number;
  p99Ms: number;
  loopP99Ms: number;
  /** The first of them in words. */
  failures: { count: number; first: string[] };
}

const CLIENTS = 12;
const LONGEST_PAUSE_MS = 400;
const SAMPLE_EVERY_MS = 5_000;
const STEP_SECONDS = 3;
const SHOWN_FAILURES = 5;
const FLAT = 1.15;
/** Three live, of different formats; the others stay, one of them large. */
const LIVING: readonly ExperimentSpec[] = [
  { expid: "a000", version: "4.1.17", jobs: 300, wrappers: "real", progress: 0.2, quietSeconds: 0 },
  { expid: "a001", version: "4.1.5", jobs: 1_500, progress: 0.2, quietSeconds: 0 },
  { expid: "a002", version: "4.2.0", jobs: 150, progress: 0.1, quietSeconds: 0 },
];
const RESTING: readonly ExperimentSpec[] = [
  { expid: "b000", version: "4.1.14", jobs: 10_000, progress: 0.6 },
  { expid: "b001", version: "3.13.0", jobs: 400, progress: 1 },
];

export const soak = defineScenario<SoakResult>({
  name: "soak",
  title: "Soak: mixed load on living experiments",
  isUsual: false,
  measure: (_site, { minutes }) => measureSoak(minutes),
  targets: ({ minutes, samples, failures }) => {
    const [early, late] = [quarter(samples, 1), quarter(samples, 3)];
    const memory = `memory ${mb(early)} in the second quarter, ${mb(late)} in the last`;
    return [
      {
        target: `Soak, ${minutes} minutes: flat memory and no error`,
        measured: `${failures.count} errors in ${samples.at(-1)?.requests ?? 0} requests, ${memory}`,
        reference: null,
        ratio: null,
        isMet: failures.count === 0 && late <= early * FLAT,
      },
    ];
  },
  details: ({ samples, p50Ms, p99Ms, loopP99Ms, failures }) => [
    `${CLIENTS} clients with pauses ask for every kind of view with \`Accept-Encoding: br\` and the last ETag, while three \
experiments move on every ${STEP_SECONDS} s. p50 ${ms(p50Ms)} ms, p99 ${ms(p99Ms)} ms; event-loop delay p99 ${ms(loopP99Ms)} ms.`,
    table(
      ["after, s", "resident, MB", "requests", "processor, s"],
      thinned(samples).map(({ atSeconds, rssMb, requests, processorSeconds }) => [
        ...[atSeconds.toFixed(0), rssMb.toFixed(0), String(requests), processorSeconds.toFixed(0)],
      ]),
    ),
    ...(failures.count === 0 ? [] : [`Errors, the first: ${failures.first.join(" · ")}`]),
  ],
});

function quarter(samples: readonly Sample[], index: 0 | 1 | 2 | 3): number {
  const size = samples.length / 4;
  const part = samples.slice(Math.floor(index * size), Math.ceil((index + 1) * size));
  return median(part.map(({ rssMb }) => rssMb));
}

/** A dozen of them, evenly. */
function thinned(samples: readonly Sample[]): Sample[] {
  const step = Math.max(1, Math.floor(samples.length / 12));
  return samples.filter((_, index) => (index + 1) % step === 0);
}

async function measureSoak(minutes: number): Promise<SoakResult> {
  const root = mkdtempSync(join(tmpdir(), "bench-soak-"));
  const { configurationFile, experiments } = writeWorkspace({
    root,
    experiments: [...LIVING, ...RESTING],
    now: new Date(),
  });
  const jobNames = new Map(experiments.map(({ spec, workflow }) => [spec.expid, workflow.jobs.at(3)?.name ?? ""]));
  const living = fork(fileURLToPath(new URL("living-site.ts", import.meta.url)), [
    ...[root, String(STEP_SECONDS), ...LIVING.map(({ expid }) => expid)],
  ]);
  try {
    const server = await startApi({ root, configurationFile });
    try {
      return await load(server, jobNames, minutes);
    } finally {
      await server.stop();
    }
  } finally {
    await endOf(living);
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function endOf(living: ChildProcess): Promise<void> {
  if (living.exitCode !== null || living.signalCode !== null) return;
  const ended = once(living, "exit");
  living.disconnect();
  await ended;
}

async function load(server: ApiServer, jobNames: ReadonlyMap<string, string>, minutes: number): Promise<SoakResult> {
  const paths = [...jobNames].flatMap(([expid, jobName]) => pathsOf(expid, jobName));
  const times: number[] = [];
  const failures = { count: 0, first: [] as string[] };
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const end = startedAt + minutes * 60_000;
  await server.loopDelays();
  const client = async () => {
    const etags = new Map<string, string | null>();
    while (performance.now() < end) {
      const path = paths[Math.floor(Math.random() * paths.length)] ?? "/";
      const knownEtag = etags.get(path) ?? null;
      const { asked, failure } = await server.client
        .findFailure(path, { knownEtag })
        .catch((error: Error) => ({ asked: null, failure: error.message }));
      if (asked !== null) times.push(asked.ms);
      etags.set(path, asked?.etag ?? null);
      if (failure !== null) {
        failures.count += 1;
        if (failures.first.length < SHOWN_FAILURES) failures.first.push(`${path}: ${failure}`);
      }
      await sleep(Math.random() * LONGEST_PAUSE_MS);
    }
  };
  const sampling = setInterval(() => {
    const [atSeconds, processorSeconds] = [(performance.now() - startedAt) / 1_000, server.processorMs() / 1_000];
    samples.push({ atSeconds, rssMb: server.rssMb(), requests: times.length, processorSeconds });
    console.log(
      `soak ${atSeconds.toFixed(0)} s: ${mb(server.rssMb())}, ${times.length} requests, ${failures.count} errors`,
    );
  }, SAMPLE_EVERY_MS);
  await Promise.all(Array.from({ length: CLIENTS }, client));
  clearInterval(sampling);
  const { p99Ms: loopP99Ms } = await server.loopDelays();
  return { minutes, samples, p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99), loopP99Ms, failures };
}

function pathsOf(expid: string, jobName: string): string[] {
  const v3 = ["quick", "tree", "summary", "runs", "performance", "expinfo", "logrun", "ifrun"].map(
    (view) => `/v3/${view}/${expid}`,
  );
  const polls = [`/v3/pklinfo/${expid}/0`, `/v3/pkltreeinfo/${expid}/0`, `/v3/graph/${expid}/standard/none`];
  const v4 = ["", "/jobs?view=quick", "/jobs", "/wrappers", "/runs", "/filesystem-config", `/jobs/${jobName}`].map(
    (view) => `/v4/experiments/${expid}${view}`,
  );
  return [...v3, ...polls, ...v4, "/v4/experiments?page_size=24", "/"];
}
