import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ExperimentModel,
  encodeJobList,
  jobListPath,
  manyExperiments,
  writeWorkspace,
} from "@autosubmit-api/fixtures";

/** A big experiment of the site. */
export interface BenchExperiment {
  expid: string;
  jobs: 10_000 | 130_000;
  /** One of its jobs, in the middle of the list. */
  jobName: string;
  jobList: string;
  /** Two job lists that differ in one job's status; the first is what was written. */
  variants: readonly [string, string];
}

/** What was written, so that it need not be written again. */
export interface BenchSite {
  root: string;
  configurationFile: string;
  big: BenchExperiment[];
  /** How many small experiments there are beside. */
  small: number;
  smallExpid: string;
  /** Several hundred of the small ones whose files are all there. */
  smallExpids: string[];
}

const MOST_SMALL_EXPIDS = 500;

/** To be raised when what is written changes. */
const FORMAT = 2;
/** Fixed, so that every machine measures the same bytes. */
const NOW = new Date("2026-07-01T09:00:00Z");
const SHAPE = { version: "4.1.17", runs: 2, failures: 3, wrappers: "real", statFiles: 500, logFiles: 100 } as const;
const SIZES = { l10k: 10_000, lbig: 130_000 } as const;

/** The site of the benchmarks in that folder, written unless it is there: two big experiments and many small ones. */
export function benchSite(folder: string, small: number): BenchSite {
  const root = join(folder, `site-v${FORMAT}-${small}`);
  // Written last, so that it tells a whole site from the rest of an interrupted run.
  const description = join(root, "bench-site.json");
  if (existsSync(description)) return JSON.parse(readFileSync(description, "utf8"));
  console.log(`Writing the site into ${root} (10,000 and 130,000 jobs, ${small} small experiments) …`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const smallOnes = manyExperiments(small);
  const specs = Object.entries(SIZES).map(([expid, jobs]) => ({ ...SHAPE, expid, jobs, description: `${jobs} jobs` }));
  const written = writeWorkspace({ root, now: NOW, experiments: [...specs, ...smallOnes] });
  const big = Object.values(SIZES).map((jobs, index) => describeBig(root, at(written.experiments, index), jobs));
  const smallExpid = at(smallOnes, 1).expid;
  const smallExpids = smallOnes.filter(({ damage }) => damage === undefined).map(({ expid }) => expid);
  const site: BenchSite = {
    ...{ root, configurationFile: written.configurationFile, big, small, smallExpid },
    smallExpids: smallExpids.slice(0, MOST_SMALL_EXPIDS),
  };
  writeFileSync(description, JSON.stringify(site));
  return site;
}

function describeBig(root: string, model: ExperimentModel, jobs: BenchExperiment["jobs"]): BenchExperiment {
  const { expid } = model.spec;
  const jobList = jobListPath(root, model);
  const variants = [`${jobList}.first`, `${jobList}.second`] as const;
  copyFileSync(jobList, variants[0]);
  const changed = model.run.jobs.findLast(({ status }) => status === "WAITING");
  if (changed === undefined) throw new Error(`no job of ${expid} waits`);
  changed.status = "READY";
  const pickle = encodeJobList(root, model);
  if (pickle === null) throw new Error(`${expid} has no pickle`);
  writeFileSync(variants[1], pickle);
  return { expid, jobs, jobName: at(model.workflow.jobs, jobs / 2).name, jobList, variants };
}

/** Replaces the job list by the other variant, as Autosubmit does: written beside it, then renamed. */
export function replaceJobList({ jobList, variants }: BenchExperiment, variant: 0 | 1): void {
  copyFileSync(variants[variant], `${jobList}.new`);
  renameSync(`${jobList}.new`, jobList);
}

/** Replaces the job list by its other variant again and again, until the function that is returned is called. */
export function changeOnAndOn(experiment: BenchExperiment, everyMs: number): () => void {
  let variant: 0 | 1 = 0;
  const timer = setInterval(() => {
    variant = variant === 0 ? 1 : 0;
    replaceJobList(experiment, variant);
  }, everyMs);
  return () => clearInterval(timer);
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is nothing at ${index}`);
  return item;
}
