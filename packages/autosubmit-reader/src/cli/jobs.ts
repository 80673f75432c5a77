import { jobStatusName } from "@autosubmit-api/shared-types";
import type { JobList, JobRecord } from "../records.js";
import type { Experiment } from "../site/site.js";
import { readJobList } from "../sources/job-list.js";
import { printable } from "./printable.js";

/** Where and how to print. */
export interface PrintOptions {
  json: boolean;
  write(text: string): void;
  writeError(text: string): void;
}

const HEADER = ["NAME", "STATUS", "SECTION", "DATE", "MEMBER", "CHUNK", "SPLIT", "ID"];

/**
 * Prints the job list: a table and a line of counts, or one JSON document of `{expid, format, path, modifiedAt, jobs,
 * problems, edges}`. What could not be read of it goes to the error output.
 * @throws AutosubmitReadError as `readJobList`
 */
export async function printJobs(experiment: Experiment, { json, write, writeError }: PrintOptions): Promise<void> {
  const list = await readJobList(experiment);
  if (json) {
    write(`${JSON.stringify({ expid: experiment.expid, ...list })}\n`);
    return;
  }
  for (const line of jobTable(list.jobs)) write(`${line}\n`);
  write(`${countLine(list)}\n`);
  for (const { name, index, message } of list.problems) {
    writeError(`warning: ${printable(`job ${name ?? index}: ${message}`)}\n`);
  }
}

function jobTable(jobs: readonly JobRecord[]): string[] {
  const rows = [HEADER, ...jobs.map(jobCells)];
  const widths = HEADER.map((_, column) => rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0));
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function jobCells(job: JobRecord): string[] {
  const cells = [job.name, jobStatusName(job.status), job.section, job.date, job.member, job.chunk, job.split, job.id];
  return cells.map((cell) => (cell === null || cell === "" ? "-" : printable(String(cell))));
}

function countLine({ jobs, format }: JobList): string {
  const counts = new Map<string, number>();
  for (const { status } of jobs) {
    const name = jobStatusName(status);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const parts = Array.from(counts, ([name, count]) => `${count} ${name}`);
  return `${jobs.length} jobs${parts.length > 0 ? ` (${parts.join(", ")})` : ""}, format ${format}`;
}
