import type { SectionSettings } from "autosubmit-reader";
import { processorCount } from "./settings.js";

/**
 * Processing elements that the scheduler reserves for one job of a section: the number that metrics and statistics
 * multiply with hours. Without `PROCESSORS_PER_NODE` it is the processors; with it, whole nodes are counted unless the
 * job fits into one that it does not ask for alone.
 * Source: reference, components/experiment/utils.py `calculate_processing_elements`.
 */
export function processingElements(
  settings: Pick<SectionSettings, "processors" | "tasks" | "nodes" | "processorsPerNode" | "exclusive">,
): number {
  const processors = processorCount(settings.processors);
  const perNode = settings.processorsPerNode;
  if (!isCount(perNode)) return processors;
  if (isCount(settings.nodes)) return settings.nodes * perNode;
  const nodes = requestedNodes(processors, settings.tasks, perNode);
  if (!settings.exclusive && nodes <= 1 && processors <= perNode) return processors;
  return nodes * perNode;
}

/** Nodes that a job without `NODES` takes, at least 1 (reference: `estimate_requested_nodes`). */
function requestedNodes(processors: number, tasks: number | null, processorsPerNode: number): number {
  if (isCount(tasks) && tasks > 0) return Math.max(1, Math.ceil(processors / tasks));
  if (processorsPerNode > 0 && processorsPerNode < processors) return Math.ceil(processors / processorsPerNode);
  return 1;
}

/** Python's `str(value).isdigit()`: a value is there and it is not negative. */
function isCount(value: number | null): value is number {
  return value !== null && value >= 0;
}
