import type { BenchExperiment } from "./site.js";

/** A request that is measured, and what the reference implementation takes for it. */
export interface MeasuredView {
  name: string;
  path: (experiment: BenchExperiment) => string;
  /** Seconds that issue 10 publishes, by number of jobs; null where it gives none. */
  referenceSeconds: Readonly<Record<10_000 | 130_000, number | null>>;
}

const reference = (small: number | null, big: number | null) => ({ 10000: small, 130000: big });

export const MEASURED_VIEWS: readonly MeasuredView[] = [
  { name: "v3 quick", path: ({ expid }) => `/v3/quick/${expid}`, referenceSeconds: reference(0.29, 5.7) },
  {
    name: "v4 jobs",
    path: ({ expid }) => `/v4/experiments/${expid}/jobs`,
    referenceSeconds: reference(0.34, 4.4),
  },
  { name: "tree", path: ({ expid }) => `/v3/tree/${expid}`, referenceSeconds: reference(1.85, 26.3) },
  { name: "pkltreeinfo", path: ({ expid }) => `/v3/pkltreeinfo/${expid}/0`, referenceSeconds: reference(1.58, 22) },
  { name: "pklinfo", path: ({ expid }) => `/v3/pklinfo/${expid}/0`, referenceSeconds: reference(1.56, 20.8) },
  { name: "graph", path: ({ expid }) => `/v3/graph/${expid}/standard/none`, referenceSeconds: reference(2.3, null) },
  { name: "performance", path: ({ expid }) => `/v3/performance/${expid}`, referenceSeconds: reference(1, 15.8) },
  { name: "summary", path: ({ expid }) => `/v3/summary/${expid}`, referenceSeconds: reference(1.6, 196) },
  { name: "runs", path: ({ expid }) => `/v3/runs/${expid}`, referenceSeconds: reference(1.7, null) },
  {
    name: "v4 job detail",
    path: ({ expid, jobName }) => `/v4/experiments/${expid}/jobs/${jobName}`,
    referenceSeconds: reference(0.24, 2.4),
  },
];

/** What the reference takes, milliseconds; null where the issue gives no figure. */
export function referenceMs(name: string, jobs: number): number | null {
  const view = MEASURED_VIEWS.find((candidate) => candidate.name === name);
  const seconds = jobs === 10_000 || jobs === 130_000 ? (view?.referenceSeconds[jobs] ?? null) : null;
  return seconds === null ? null : seconds * 1_000;
}
