import { constants } from "node:fs";
import { join } from "node:path";
import { AutosubmitReadError, systemErrorCode } from "../errors.js";
import { indexJobLogs, type JobLogs } from "../formats/logs/job-logs.js";
import { parseTotalStats, type TotalStatsRecord } from "../formats/logs/total-stats.js";
import { decodeText } from "../formats/text.js";
import { type OpenedFile, open, readdir } from "../site/file-calls.js";
import type { Experiment } from "../site/site.js";

/** The files that Autosubmit leaves per job in `tmp` (formats reference §5.2-§5.4). */

/** The `_TOTAL_STATS` files of some jobs. */
export interface TotalStatsFiles {
  /** Attempts by job name, oldest first; jobs without a file, or with an empty one, are not in it. */
  attempts: ReadonlyMap<string, readonly TotalStatsRecord[]>;
  /** Jobs whose file is there but could not be read. */
  unreadable: readonly string[];
}

/** Attempts are some 60 bytes each; of a longer file only the end is read. */
const LARGEST_FILE_BYTES = 256 * 1024;
/** Beyond this many jobs the folder is listed first, so that nothing is opened in vain. */
const LISTING_PAYS_FROM = 200;
const FILES_AT_ONCE = 32;
const ABSENT = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);
const SUFFIX = "_TOTAL_STATS";

/**
 * Reads the attempts of these jobs. A file that cannot be read does not spoil the others.
 * @throws AutosubmitReadError `SOURCE_UNREADABLE` when the folder itself cannot be listed
 */
export async function readTotalStats(experiment: Experiment, jobNames: readonly string[]): Promise<TotalStatsFiles> {
  const attempts = new Map<string, readonly TotalStatsRecord[]>();
  const unreadable: string[] = [];
  const waiting = await namesWithFiles(experiment, jobNames);
  const readNext = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const text = await readEnd(join(experiment.paths.tmp, name + SUFFIX));
      if (text === "unreadable") unreadable.push(name);
      else if (text !== null) {
        const found = parseTotalStats(text.content);
        if (found.length > 0) attempts.set(name, found);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(FILES_AT_ONCE, waiting.length) }, readNext));
  return { attempts, unreadable };
}

/**
 * The newest logs of every job, from one listing of `tmp/LOG_<expid>`; null when there is no such folder.
 * @throws AutosubmitReadError `SOURCE_UNREADABLE`
 */
export async function readJobLogs(experiment: Experiment): Promise<JobLogs | null> {
  const names = await listFolder(experiment, experiment.paths.jobLogs);
  return names === null ? null : indexJobLogs(names);
}

/** Job names come from files: one that is no plain file name has no file here. */
function isFileName(name: string): boolean {
  return name !== "" && !name.includes("/") && !name.includes("\0");
}

async function namesWithFiles(experiment: Experiment, jobNames: readonly string[]): Promise<string[]> {
  const safe = jobNames.filter(isFileName);
  if (safe.length < LISTING_PAYS_FROM) return safe;
  const present = new Set(await listFolder(experiment, experiment.paths.tmp));
  return safe.filter((name) => present.has(name + SUFFIX));
}

async function listFolder(experiment: Experiment, path: string): Promise<string[] | null> {
  try {
    return await readdir(path);
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (ABSENT.has(code ?? "")) return null;
    const details = { expid: experiment.expid, path, cause };
    throw new AutosubmitReadError("SOURCE_UNREADABLE", `${path} cannot be listed (${code})`, details);
  }
}

/** The last bytes of a small regular file, cut at a line when it is too long; null when there is none. */
async function readEnd(path: string): Promise<{ content: string } | "unreadable" | null> {
  let file: OpenedFile;
  try {
    // Without O_NONBLOCK, opening a pipe in the file's place would wait for ever.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return ABSENT.has(systemErrorCode(error) ?? "") ? null : "unreadable";
  }
  try {
    const found = await file.stat();
    if (!found.isFile()) return "unreadable";
    const start = Math.max(0, found.size - LARGEST_FILE_BYTES);
    const buffer = Buffer.alloc(found.size - start);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    const content = decodeText(buffer.subarray(0, bytesRead));
    return { content: start === 0 ? content : content.slice(content.indexOf("\n") + 1) };
  } catch {
    return "unreadable";
  } finally {
    await file.close();
  }
}
