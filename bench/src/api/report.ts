import type { ColdResult } from "./cold.js";
import type { LightRun } from "./light.js";
import type { ProcessResult } from "./process.js";
import { MEASURED_VIEWS } from "./views.js";
import type { WarmResult } from "./warm.js";

/** The results of each part, with where and when they were measured. */
export interface Results {
  cold?: Measured<ColdResult[]>;
  warm?: Measured<WarmResult[]>;
  light?: Measured<LightRun[]>;
  process?: Measured<ProcessResult>;
}

/** What was measured, and the circumstances that a reader has to know to believe it. */
export interface Measured<Result> {
  result: Result;
  commit: string;
  when: string;
  machine: string;
  node: string;
  /** Load averages over a minute at the start and at the end: how many others wanted the processor. */
  load: readonly [number, number];
  rounds: number;
}

const TARGETS = { cold: 10, warmMs: 5, monitorMs: 1_000, lightMs: 50, peakMb: 700, startUpMs: 2_000, searchMs: 50 };
const MONITOR_VIEWS = ["pklinfo", "pkltreeinfo"];

const verdict = (isMet: boolean) => (isMet ? "met" : "**missed**");
const ms = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0));

/** Everything as Markdown. */
export function report({ cold, warm, light, process }: Results): string {
  return [
    "# What the API takes",
    "Written by `npm run bench`; see [README.md](README.md) for what is measured and [NOTES.md](NOTES.md) for what was tried.",
    "The reference's figures are those that issue 10 publishes, measured on this kind of machine.",
    ...(cold === undefined ? [] : coldPart(cold)),
    ...(warm === undefined ? [] : warmPart(warm)),
    ...(light === undefined ? [] : lightPart(light)),
    ...(process === undefined ? [] : processPart(process)),
    "",
  ].join("\n\n");
}

function circumstances({ commit, when, machine, node, load, rounds }: Measured<unknown>): string {
  const loads = load.map((value) => value.toFixed(1)).join(" at the start, ");
  return `Commit ${commit}, ${when}. ${machine}, Node ${node}. Load average ${loads} at the end. Rounds: ${rounds}.`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, column) => (column === 0 ? "---" : "---:"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function coldPart(measured: Measured<ColdResult[]>): string[] {
  const rows = measured.result.map(({ view, jobs, firstMs, uncachedMs, processorMs, bytes }) => {
    const seconds = referenceSeconds(view, jobs);
    const ratio = (value: number) => (seconds === null ? "–" : `${((seconds * 1_000) / value).toFixed(1)} ×`);
    const isMet = seconds === null ? "–" : verdict((seconds * 1_000) / uncachedMs >= TARGETS.cold);
    const size = bytes === null ? "–" : (bytes / 1e6).toFixed(2);
    const reference = seconds === null ? "–" : (seconds * 1_000).toFixed(0);
    return [
      ...[view, String(jobs), reference, ms(uncachedMs), ratio(uncachedMs), isMet],
      ...[ms(processorMs), ratio(processorMs), ms(firstMs), ratio(firstMs), size],
    ];
  });
  return [
    "## Cold",
    circumstances(measured),
    `Milliseconds, medians. *Uncached*: a process that runs already and keeps nothing between requests, as the reference does. \
*Processor*: the processor time of that, all threads together, which says what the time would be on an idle machine at the worst. \
*First*: the very first request of a new process, whose code is not compiled yet. Target: ${TARGETS.cold} × the reference.`,
    table(
      ["view", "jobs", "reference", "uncached", "ratio", "target", "processor", "ratio", "first", "ratio", "MB"],
      rows,
    ),
  ];
}

function referenceSeconds(name: string, jobs: number): number | null {
  const view = MEASURED_VIEWS.find((candidate) => candidate.name === name);
  return jobs === 10_000 || jobs === 130_000 ? (view?.referenceSeconds[jobs] ?? null) : null;
}

function warmPart(measured: Measured<WarmResult[]>): string[] {
  const rows = measured.result.map(({ view, jobs, notModifiedMs, keptMs, changedMs }) => {
    const isMonitor = MONITOR_VIEWS.includes(view) && jobs === 130_000;
    const ofChange = isMonitor ? verdict(changedMs < TARGETS.monitorMs) : "–";
    return [
      ...[view, String(jobs), ms(notModifiedMs), verdict(notModifiedMs < TARGETS.warmMs)],
      ...[ms(keptMs), ms(changedMs), ofChange],
    ];
  });
  return [
    "## Warm",
    circumstances(measured),
    `Milliseconds, medians. *304*: with the ETag of the last answer; target ${TARGETS.warmMs} ms. *Kept bytes*: without it, until \
the last byte arrived. *Changed*: the job list was replaced by one with another status of one job; target for monitor polls \
at 130,000 jobs ${TARGETS.monitorMs} ms.`,
    table(["view", "jobs", "304", "target", "kept bytes", "changed", "target"], rows),
  ];
}

function lightPart(measured: Measured<LightRun[]>): string[] {
  const rows = measured.result.flatMap(({ load, trees, requests }) =>
    requests.map(({ request, p50Ms, p99Ms, count }) => {
      const cells = [request, load, ms(p50Ms), ms(p99Ms), verdict(p99Ms < TARGETS.lightMs), String(count)];
      return [...cells, String(trees)];
    }),
  );
  return [
    "## Light requests while clients loop 130,000-job trees",
    circumstances(measured),
    `Milliseconds. Target: p99 under ${TARGETS.lightMs} ms. The clients share the machine with the server.`,
    table(["request", "load", "p50", "p99", "target", "requests", "trees meanwhile"], rows),
  ];
}

function processPart(measured: Measured<ProcessResult>): string[] {
  const { startUpMs, idleRssMb, peakRssMb } = measured.result;
  const rows = [
    ["start-up to first answer, ms", startUpMs.toFixed(0), verdict(startUpMs < TARGETS.startUpMs)],
    ["resident when idle, MB", idleRssMb.toFixed(0), "–"],
    ...Object.entries(peakRssMb).map(([jobs, megabytes]) => [
      `peak resident, all views of ${jobs} jobs asked once, MB`,
      megabytes.toFixed(0),
      verdict(megabytes < TARGETS.peakMb),
    ]),
  ];
  return ["## The process", circumstances(measured), table(["", "measured", "target"], rows)];
}
