import { JOB_STATUS_CODES } from "@autosubmit-api/shared-types";
import type { JobRecord } from "autosubmit-reader";
import type { JobAttempt } from "./last-attempts.js";

/** How long a section will go on, by the chunks that it has behind it. */
export interface SectionEta {
  /** Seconds; 0 when no chunk remains, null when none has completed yet. */
  etaSeconds: number | null;
  chunksTotal: number;
  chunksRemaining: number;
  /** Null when no completed chunk has both times. */
  averageChunkSeconds: number | null;
}

/** Why there is no estimate. */
export type EtaRefusal = "no-such-section" | "not-chunked";

/**
 * Estimates the time that a section's remaining chunks will take: as long as its completed ones took on average, one
 * after the other. A chunk is all jobs of the section with that chunk number, of whatever date and member; it took from
 * their first start to their last finish.
 * Source: upstream branch `297-eta_endpoint` (GUI contract §1.4).
 * @param attempts the last attempt of each job
 */
export function estimateSection(
  section: string,
  jobs: Iterable<JobRecord>,
  attempts: ReadonlyMap<string, JobAttempt>,
): SectionEta | EtaRefusal {
  const chunks = new Map<number, JobRecord[]>();
  let hasJobs = false;
  for (const job of jobs) {
    if (job.section !== section) continue;
    hasJobs = true;
    if (job.chunk === null) continue;
    const known = chunks.get(job.chunk);
    if (known === undefined) chunks.set(job.chunk, [job]);
    else known.push(job);
  }
  if (chunks.size === 0) return hasJobs ? "not-chunked" : "no-such-section";
  const completed = [...chunks.values()].filter(isCompleted);
  const seconds = completed.flatMap((chunk) => chunkSeconds(chunk, attempts) ?? []);
  const averageChunkSeconds = seconds.length === 0 ? null : seconds.reduce((a, b) => a + b, 0) / seconds.length;
  const chunksRemaining = chunks.size - completed.length;
  return {
    etaSeconds: chunksRemaining === 0 ? 0 : averageChunkSeconds === null ? null : averageChunkSeconds * chunksRemaining,
    chunksTotal: chunks.size,
    chunksRemaining,
    averageChunkSeconds,
  };
}

function isCompleted(chunk: readonly JobRecord[]): boolean {
  return chunk.every((job) => job.status === JOB_STATUS_CODES.COMPLETED);
}

function chunkSeconds(chunk: readonly JobRecord[], attempts: ReadonlyMap<string, JobAttempt>): number | null {
  let start = Number.POSITIVE_INFINITY;
  let finish = 0;
  for (const job of chunk) {
    const attempt = attempts.get(job.name);
    if (attempt === undefined) continue;
    if (attempt.start > 0) start = Math.min(start, attempt.start);
    finish = Math.max(finish, attempt.finish);
  }
  return finish > 0 && finish >= start ? finish - start : null;
}
