import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ObservedRender, PoolState, RenderObserver } from "../render/render-observer.js";
import { IMPLEMENTATION_VERSION, REFERENCE_VERSION } from "../version.js";
import { metricsOfAllProcesses } from "./cluster-metrics.js";
import { type SiteGauges, siteGauges } from "./site-gauges.js";

/** A finished request, as it is counted. */
export interface CountedRequest {
  method: string;
  /** The route's template, never the path: there are few of them. */
  route: string;
  status: number;
  /** Null when it says nothing about how fast answers are. */
  durationSeconds: number | null;
}

/** Everything that is counted, and how it is told. */
export interface ApiMetrics {
  /** The text format of Prometheus; null when what other processes counted could not be found out. */
  write(): Promise<string | null>;
  contentType: string;
  requestStarted(): void;
  requestEnded(): void;
  requestAnswered(request: CountedRequest): void;
  observer: RenderObserver;
  /** What the site is at, to be set before it is written out. */
  site: SiteGauges;
}

const REQUEST_SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
const READ_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 60];
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const LOOP_PRECISION_MS = 10;

/**
 * A registry of its own with all metrics of the process. Labels are bounded: routes, views and sources are those of the
 * program, errors and outcomes are codes.
 * @param poolState asked whenever the registry is written out
 */
export function createApiMetrics(poolState: () => PoolState): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
  new Gauge({
    name: "autosubmit_api_build_info",
    help: "Always 1; the labels tell what runs",
    labelNames: ["version", "reference_version", "node"],
    registers: [registry],
    aggregator: "first",
  }).set({ version: IMPLEMENTATION_VERSION, reference_version: REFERENCE_VERSION, node: process.version }, 1);
  registerPoolGauges(registry, poolState);
  // Not summed up over processes: what the databases tell is the same for all.
  const siteRegistry = new Registry();
  const site = siteGauges(siteRegistry);
  const writeCounts = metricsOfAllProcesses(registry);
  const write = async () => {
    const counts = await writeCounts();
    return counts === null ? null : `${counts}\n${await siteRegistry.metrics()}`;
  };
  const { contentType } = registry;
  return { write, contentType, ...requestMetrics(registry), observer: renderMetrics(registry), site };
}

function requestMetrics(registry: Registry): Pick<ApiMetrics, "requestStarted" | "requestEnded" | "requestAnswered"> {
  const registers = [registry];
  const answered = new Counter({
    name: "autosubmit_api_http_requests_total",
    help: "Answered requests by method, route and class of status",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const duration = new Histogram({
    name: "autosubmit_api_http_request_duration_seconds",
    help: "From a request's arrival to the end of its answer",
    labelNames: ["route"],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const inProgress = new Gauge({
    name: "autosubmit_api_http_requests_in_progress",
    help: "Requests that are being answered",
    registers,
  });
  return {
    requestStarted: () => inProgress.inc(),
    requestEnded: () => inProgress.dec(),
    requestAnswered: ({ method, route, status, durationSeconds }) => {
      const known = METHODS.has(method) ? method : "OTHER";
      answered.inc({ method: known, route, status: `${Math.floor(status / 100)}xx` });
      if (durationSeconds !== null) duration.observe({ route }, durationSeconds);
    },
  };
}

function renderMetrics(registry: Registry): RenderObserver {
  const registers = [registry];
  const answers = new Counter({
    name: "autosubmit_api_render_answers_total",
    help: "Views asked of threads, by outcome; kept and not-modified are hits of the cache",
    labelNames: ["view", "outcome"],
    registers,
  });
  const joined = new Counter({
    name: "autosubmit_api_render_joined_total",
    help: "Requests that shared an answer which was being built for another one",
    registers,
  });
  const duration = new Histogram({
    name: "autosubmit_api_render_duration_seconds",
    help: "Time that a thread took for a view, waiting not included",
    labelNames: ["view"],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const wait = new Histogram({
    name: "autosubmit_api_render_wait_seconds",
    help: "Time that views waited for their thread",
    buckets: READ_SECONDS,
    registers,
  });
  const reads = sourceMetrics(registry);
  return {
    joined: () => joined.inc(),
    answered: ({ view, outcome, durationMs, work }) => {
      answers.inc({ view, outcome });
      if (work === null) return;
      duration.observe({ view }, work.durationMs / 1_000);
      wait.observe(Math.max(0, durationMs - work.durationMs) / 1_000);
      reads(work);
    },
  };
}

function sourceMetrics(registry: Registry): (work: NonNullable<ObservedRender["work"]>) => void {
  const registers = [registry];
  const read = new Counter({
    name: "autosubmit_api_source_reads_total",
    help: "Files and databases that were read and parsed, by source and result: ok, or the code of the error",
    labelNames: ["source", "result"],
    registers,
  });
  const reused = new Counter({
    name: "autosubmit_api_source_reused_total",
    help: "Sources that had not changed and were taken from memory",
    labelNames: ["source"],
    registers,
  });
  const duration = new Histogram({
    name: "autosubmit_api_source_read_duration_seconds",
    help: "Time to read and parse a source",
    labelNames: ["source"],
    buckets: READ_SECONDS,
    registers,
  });
  return (work) => {
    for (const { source, durationMs, error } of work.reads) {
      read.inc({ source, result: error ?? "ok" });
      duration.observe({ source }, durationMs / 1_000);
    }
    for (const [source, times] of Object.entries(work.reused)) reused.inc({ source }, times);
  };
}

/** What the pool is at when it is asked: nothing is counted meanwhile. */
function registerPoolGauges(registry: Registry, poolState: () => PoolState): void {
  const perLane = (name: string, help: string, measure: (lane: PoolState["lanes"][number]) => number) =>
    new Gauge({
      name,
      help: `${help}, by what the threads serve`,
      labelNames: ["lane"],
      registers: [registry],
      collect() {
        this.reset();
        for (const lane of poolState().lanes) this.inc({ lane: lane.kind }, measure(lane));
      },
    });
  perLane("autosubmit_api_render_threads", "Threads", () => 1);
  perLane("autosubmit_api_render_threads_busy", "Threads that build an answer", ({ isBusy }) => (isBusy ? 1 : 0));
  perLane("autosubmit_api_render_queue_length", "Answers that wait for a thread", ({ waiting }) => waiting);
  perLane("autosubmit_api_render_threads_replaced", "Threads that were lost so far", ({ threadsLost }) => threadsLost);
  perLane(
    "autosubmit_api_source_cache_bytes",
    "Parsed sources that are kept",
    ({ sourceCacheBytes }) => sourceCacheBytes,
  );
  new Gauge({
    name: "autosubmit_api_render_threads_waiting_for_files",
    help: "Threads that wait for a file system which does not answer; others took their places",
    registers: [registry],
    collect() {
      this.set(poolState().waitingForFiles);
    },
  });
  const ofAnswers = (name: string, help: string, measure: (answers: PoolState["answers"]) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(measure(poolState().answers));
      },
    });
  ofAnswers("autosubmit_api_answer_cache_bytes", "Finished answers that are kept", ({ bytes }) => bytes);
  ofAnswers("autosubmit_api_answer_cache_answers", "Number of finished answers that are kept", ({ count }) => count);
}
