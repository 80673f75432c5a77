import cluster from "node:cluster";
import { AggregatorRegistry, type Registry } from "prom-client";

/** What one of several processes asks the first one, and hears from it. */
type Message = { kind: "metrics wanted"; id: number } | { kind: "metrics told"; id: number; text: string | null };

/** The first process waits five seconds for the others. */
const TIMEOUT_MS = 6_000;

/** In the first of several processes: sums up what all of them counted, whenever one of them was asked for metrics. */
export function sumUpMetrics(): void {
  const registry = new AggregatorRegistry();
  cluster.on("message", (worker, message: Partial<Message> | null) => {
    if (message?.kind !== "metrics wanted" || message.id === undefined) return;
    const { id } = message;
    const tell = (text: string | null) => {
      // It may have ended meanwhile.
      if (worker.isConnected()) worker.send({ kind: "metrics told", id, text } satisfies Message);
    };
    registry.clusterMetrics().then(tell, () => tell(null));
  });
}

/**
 * How to write out a registry: alone it is what this process counted; one of several processes tells what all of them did.
 * Null when that could not be found out, one of them being about to end for example.
 */
export function metricsOfAllProcesses(registry: Registry): () => Promise<string | null> {
  if (!cluster.isWorker) return () => registry.metrics();
  AggregatorRegistry.setRegistries(registry);
  // Makes this process answer the first one.
  new AggregatorRegistry();
  const waiting = new Map<number, (text: string | null) => void>();
  let last = 0;
  process.on("message", (message: Partial<Message> | null) => {
    if (message?.kind !== "metrics told" || message.id === undefined) return;
    waiting.get(message.id)?.(message.text ?? null);
  });
  return async () => {
    last += 1;
    const id = last;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve) => {
        waiting.set(id, resolve);
        timer = setTimeout(() => resolve(null), TIMEOUT_MS);
        process.send?.({ kind: "metrics wanted", id } satisfies Message);
      });
    } finally {
      clearTimeout(timer);
      waiting.delete(id);
    }
  };
}
