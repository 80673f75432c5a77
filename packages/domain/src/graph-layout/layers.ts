import { childrenOf, type JobGraph, parentCount } from "../jobs/job-graph.js";

/**
 * The layer of every job: 1 for a job that waits for none, else one more than the highest of its parents, so that every
 * edge leads to a higher layer. In a graph with cycles, which Autosubmit does not make, one edge of each cycle does not.
 */
export function layerJobs(graph: JobGraph): Uint32Array {
  const layers = new Uint32Array(graph.size).fill(1);
  const unplacedParents = Uint32Array.from({ length: graph.size }, (_, job) => parentCount(graph, job));
  const isPlaced = new Uint8Array(graph.size);
  const placeFrom = (root: number) => {
    const ready = [root];
    for (let job = ready.pop(); job !== undefined; job = ready.pop()) {
      if (isPlaced[job] === 1) continue;
      isPlaced[job] = 1;
      for (const child of childrenOf(graph, job)) {
        if (isPlaced[child] === 1) continue;
        layers[child] = Math.max(layers[child] ?? 1, (layers[job] ?? 1) + 1);
        const left = (unplacedParents[child] ?? 1) - 1;
        unplacedParents[child] = left;
        if (left === 0) ready.push(child);
      }
    }
  };
  for (let job = 0; job < graph.size; job += 1) if (unplacedParents[job] === 0) placeFrom(job);
  // What is left lies on cycles or behind them: each is cut at its first job.
  for (let job = 0; job < graph.size; job += 1) placeFrom(job);
  return layers;
}
