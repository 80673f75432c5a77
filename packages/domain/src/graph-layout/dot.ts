import { childrenOf, type JobGraph } from "../jobs/job-graph.js";
import { emptyPositions, type Positions } from "./positions.js";

/** Inches in Graphviz, drawing units here. */
const UNITS_PER_INCH = 90;
const INCHES_PER_CHARACTER = 0.1;
const NARROWEST_INCHES = 0.75;

/**
 * The graph as Graphviz reads it. Jobs are numbers, with a box as wide as the name: no text of an experiment is in it.
 * @param names job names in list order
 */
export function dotSource(graph: JobGraph, names: readonly string[]): string {
  const lines = ["digraph {", 'node [shape=box, fixedsize=true, label=""]'];
  names.forEach((name, job) => {
    lines.push(`${job} [width=${Math.max(NARROWEST_INCHES, name.length * INCHES_PER_CHARACTER).toFixed(2)}]`);
  });
  for (let job = 0; job < graph.size; job += 1) {
    for (const child of childrenOf(graph, job)) lines.push(`${job} -> ${child}`);
  }
  lines.push("}");
  return lines.join("\n");
}

const NODE_LINE = /^node (\d+) (\S+) (\S+) /;

/**
 * Positions in Graphviz's `plain` output for `dotSource`; null when a job is missing in it. Graphviz counts upwards.
 * @param size number of jobs
 */
export function readDotPositions(plain: string, size: number): Positions | null {
  const positions = emptyPositions(size);
  let found = 0;
  for (const line of plain.split("\n")) {
    const match = NODE_LINE.exec(line);
    if (match === null) continue;
    const job = Number(match[1]);
    if (job >= size) continue;
    positions.x[job] = Math.round(Number(match[2]) * UNITS_PER_INCH);
    positions.y[job] = Math.round(Number(match[3]) * -UNITS_PER_INCH);
    found += 1;
  }
  return found === size ? positions : null;
}
