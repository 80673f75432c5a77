import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";

/** Threads, databases and log files need descriptors of their own, and a request may read several files at once. */
const KEPT_FOR_FILES = 64;
const KEPT_SHARE = 1 / 4;
/** Who is refused comes again at once; the log tells of it once in this time. */
const TELL_EVERY_MS = 10_000;

/**
 * Refuses connections before descriptors run out: a process without any cannot read a file for those whom it serves
 * already, and accepting fails without a word.
 */
export function registerConnectionLimit(app: FastifyInstance, descriptors: number | null = descriptorLimit()): void {
  if (descriptors === null) return;
  const { server } = app;
  server.maxConnections = connectionLimit(descriptors);
  let refused = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  server.on("drop", () => {
    refused += 1;
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    app.log.warn({ refused, open: server.maxConnections, descriptors }, "connections are refused: too many are open");
    toldAt = performance.now();
    refused = 0;
  });
}

/** How many connections a process may have that may open so many files. */
export function connectionLimit(descriptors: number): number {
  return Math.max(1, descriptors - Math.max(KEPT_FOR_FILES, Math.ceil(descriptors * KEPT_SHARE)));
}

/** Files that this process may have open; null where the system does not tell. */
function descriptorLimit(): number | null {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return limit === undefined ? null : Number(limit);
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
