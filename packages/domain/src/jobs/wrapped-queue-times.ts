import type { JobDurations } from "../metrics/simulated-years.js";
import { type WrappedJob, wrapperQueueByStructure, wrapperQueueByTotalTime } from "../metrics/wrapper-queue.js";
import { childrenOf, type JobGraph } from "./job-graph.js";
import type { JobPositions } from "./job-positions.js";
import type { Wrapper } from "./wrappers.js";

/** What the correction needs to know of the jobs, in list order. */
export interface WrappedQueueInput {
  names: readonly string[];
  /** As measured: from submission to start, and from start to finish. */
  durations: readonly JobDurations[];
  /** Null for a job that is in no wrapper. */
  wrappers: readonly (Wrapper | null)[];
  positions: JobPositions;
  graph: JobGraph;
}

/**
 * Corrected queue seconds of the jobs in wrappers, by job name: without the time of the jobs before them in the wrapper
 * (metrics/wrapper-queue.ts). Jobs that keep their queue time are not in the result.
 * differs: a wrapper with jobs that are not in the list is corrected among those that are; the reference fails.
 */
export function wrappedQueueSeconds(input: WrappedQueueInput): ReadonlyMap<string, number> {
  const { names, graph, positions } = input;
  const corrected = new Map<string, number>();
  const childNames = (name: string) =>
    Array.from(childrenOf(graph, positions.get(name) ?? graph.size), (child) => names[child] ?? "");
  const hasStructure = graph.children.length > 0 || graph.outsideChildren.size > 0;
  for (const members of membersByWrapper(input)) {
    const queues = hasStructure ? wrapperQueueByStructure(members, childNames) : wrapperQueueByTotalTime(members);
    for (const [name, seconds] of queues) corrected.set(name, seconds);
  }
  return corrected;
}

/** The listed jobs of each wrapper, in list order. */
function membersByWrapper({ names, durations, wrappers }: WrappedQueueInput): Iterable<WrappedJob[]> {
  const members = new Map<string, WrappedJob[]>();
  names.forEach((name, index) => {
    const wrapper = wrappers[index] ?? null;
    const measured = durations[index];
    if (wrapper === null || measured === undefined) return;
    const job = { name, queueSeconds: measured.queueSeconds, runSeconds: measured.runSeconds };
    const known = members.get(wrapper.name);
    if (known === undefined) members.set(wrapper.name, [job]);
    else known.push(job);
  });
  return members.values();
}
