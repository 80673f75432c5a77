// npm run bench -- layout [--rounds 5]: what drawing the job graph takes, by layout and number of jobs. The graphs are those of
// generated experiments; Graphviz is not measured, since it is only asked for graphs that it draws at once.
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { buildJobGraph, type JobGraph, layoutBySpectrum, layoutInLayers } from "@autosubmit-api/domain";
import { buildExperiment } from "@autosubmit-api/fixtures";
import { median } from "./statistics.js";

const SIZES = [1_000, 10_000, 39_000, 130_000];
const LAYOUTS = { layers: layoutInLayers, spectrum: layoutBySpectrum };

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rounds = Number(values.rounds);

/** Any, but always the same. */
const SEED = 1;
const NOW = Date.UTC(2026, 6, 1) / 1000;

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, load ${loadavg()[0]?.toFixed(1)}`);
console.log("| jobs | edges | layout | median ms | CPU ms |\n| ---: | ---: | --- | ---: | ---: |");
for (const jobs of SIZES) {
  const graph = generatedGraph(jobs);
  for (const [name, draw] of Object.entries(LAYOUTS)) {
    const times = Array.from({ length: rounds }, () => measure(() => draw(graph, new Int32Array(graph.size))));
    const [ms, cpuMs] = [median(times.map((time) => time.ms)), median(times.map((time) => time.cpuMs))];
    console.log(`| ${graph.size} | ${graph.children.length} | ${name} | ${ms.toFixed(0)} | ${cpuMs.toFixed(0)} |`);
  }
}

function generatedGraph(size: number): JobGraph {
  const { jobs } = buildExperiment({ expid: "a000", jobs: size }, SEED, NOW).workflow;
  const name = (index: number) => jobs[index]?.name ?? "";
  const edges = jobs.flatMap((job) => job.children.map((child) => ({ from: job.name, to: name(child) })));
  return buildJobGraph(
    jobs.map((job) => job.name),
    edges,
  );
}

function measure(work: () => void): { ms: number; cpuMs: number } {
  const cpu = process.cpuUsage();
  const start = performance.now();
  work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
}
