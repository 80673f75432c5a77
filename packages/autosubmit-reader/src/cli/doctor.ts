import { stat } from "node:fs/promises";
import { AutosubmitReadError, systemErrorCode } from "../errors.js";
import type { Experiment, Site } from "../site/site.js";
import { loadConfiguration } from "../sources/configuration.js";
import { readExperimentRuns } from "../sources/experiment-runs.js";
import { listExperimentStatuses } from "../sources/experiment-status.js";
import { readGraphLayout } from "../sources/graph-layout.js";
import { readLastJobData } from "../sources/job-data.js";
import { readJobList } from "../sources/job-list.js";
import { listExperiments, readExperiment } from "../sources/main-database.js";
import type { ReadOptions, RowProblem } from "../sources/row-fields.js";
import { readStructure } from "../sources/structure.js";
import { readUserMetrics } from "../sources/user-metrics.js";
import { readWrapperJobs } from "../sources/wrapper-jobs.js";
import { printable } from "./printable.js";

/** What was found out about one source. */
export interface Finding {
  /** `missing` is no fault: many experiments have no wrappers, metrics or history. */
  state: "ok" | "missing" | "broken";
  source: string;
  /** What is there, or what is wrong. */
  detail: string;
}

/** One line: state, source, detail in columns. */
export function findingLine({ state, source, detail }: Finding): string {
  return `${state.padEnd(8)}${source.padEnd(22)}${printable(detail)}`;
}

/** Looks at the site: its configuration, its folders and its two databases. */
export async function* examineSite(site: Site): AsyncIterable<Finding> {
  const { settings } = site;
  const files = settings.configurationFiles;
  yield files.length === 0
    ? { state: "missing", source: "site configuration", detail: "no .autosubmitrc: Autosubmit's defaults are used" }
    : { state: "ok", source: "site configuration", detail: files.join(", ") };
  yield await examineFolder("experiments", settings.localRootDir, "broken");
  yield await examineFolder("history folder", settings.jobDataDir, "missing");
  yield await examineFolder("structures folder", settings.structuresDir, "missing");
  yield await examine("main database", async (options) => count(await listExperiments(site, options), "experiment"));
  yield await examine("status database", async (options) => {
    const rows = await listExperimentStatuses(site, options);
    const running = rows.filter(({ status }) => status === "RUNNING").length;
    return rows.length === 0 ? null : `${count(rows, "experiment")}, ${running} running`;
  });
}

/** Looks at every source of an experiment. */
export async function* examineExperiment(experiment: Experiment): AsyncIterable<Finding> {
  const { paths } = experiment;
  yield await examineFolder("experiment folder", paths.folder, "broken");
  yield await examine("main database row", async (options) => {
    const found = await readExperiment(experiment, options);
    return found && `id ${found.id}, Autosubmit ${found.autosubmit_version ?? "unknown"}`;
  });
  yield await examine("job list", async (_, report) => {
    const { jobs, format, path, problems } = await readJobList(experiment);
    for (const { name, index, message } of problems) report(`${path}: job ${name ?? index}: ${message}`);
    return `${count(jobs, "job")}, format ${format}, ${path}`;
  });
  yield await examine("structure", async (options) => {
    const structure = await readStructure(experiment, options);
    return structure && `${count(structure.edges, "edge")}, ${count(structure.isolated, "job")} without edges`;
  });
  yield await examine("wrappers", async (options) => {
    const wrappers = await readWrapperJobs(experiment, options);
    return wrappers && `${count(wrappers.rows, "job")}${wrappers.preview ? ", simulated" : ""}`;
  });
  yield await examine("runs", async (options) => present(await readExperimentRuns(experiment, options), "run"));
  yield await examine("job history", async (options) => present(await readLastJobData(experiment, options), "job"));
  yield await examine("user metrics", async (options) =>
    present(await readUserMetrics(experiment, null, options), "metric"),
  );
  yield await examine("graph layout", async (options) =>
    present(await readGraphLayout(experiment, options), "coordinate"),
  );
  yield await examine("configuration", async () => {
    const { dialect, facts, warnings } = await loadConfiguration(experiment);
    const [first] = warnings;
    const told = first === undefined ? "" : `; ${count(warnings, "warning")}, first: ${first}`;
    return `${dialect}, ${count([...facts.sections.keys()], "job section")}${told}`;
  });
  yield await examineFolder("command logs", paths.commandLogs, "missing");
  yield await examineFolder("job logs", paths.jobLogs, "missing");
}

/** Runs one read; null means that the source is not there, a reported problem that it is broken. */
async function examine(
  source: string,
  read: (options: ReadOptions, report: (problem: string) => void) => Promise<string | null>,
): Promise<Finding> {
  const problems: string[] = [];
  const report = (problem: string) => problems.push(problem);
  const onProblem = ({ source: label, table, row, message }: RowProblem) =>
    report(`${label}: row ${row} of ${table}: ${message}`);
  try {
    const detail = await read({ onProblem }, report);
    const [first] = problems;
    if (first !== undefined) {
      const rest = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
      return { state: "broken", source, detail: `${first}${rest}` };
    }
    return detail === null ? { state: "missing", source, detail: "none" } : { state: "ok", source, detail };
  } catch (error) {
    if (!(error instanceof AutosubmitReadError)) throw error;
    return { state: "broken", source, detail: error.message };
  }
}

async function examineFolder(source: string, path: string, whenMissing: "missing" | "broken"): Promise<Finding> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    return { state: isFolder ? "ok" : "broken", source, detail: isFolder ? path : `${path} is not a folder` };
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === null) throw error;
    const state = code === "ENOENT" ? whenMissing : "broken";
    return {
      state,
      source,
      detail: code === "ENOENT" ? `there is no ${path}` : `${path} cannot be looked at (${code})`,
    };
  }
}

function count(things: readonly unknown[], one: string): string {
  return `${things.length} ${one}${things.length === 1 ? "" : "s"}`;
}

function present(things: readonly unknown[], one: string): string | null {
  return things.length === 0 ? null : count(things, one);
}
