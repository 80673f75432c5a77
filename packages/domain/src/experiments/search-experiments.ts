import type { ExperimentDetailsRecord, ExperimentRecord, ExperimentStatusRecord, RunCounts } from "autosubmit-reader";

/** An experiment as lists show it; null where nothing is stored. */
export interface ListedExperiment {
  id: number;
  name: string;
  description: string | null;
  autosubmitVersion: string | null;
  user: string | null;
  /** As stored, in any notation (formats reference §2.1). */
  created: string | null;
  hpc: string | null;
  /** As stored: RUNNING, NOT RUNNING, or a final state of newer versions. */
  status: string | null;
}

/** An experiment of a list, and what it is at. */
export interface ExperimentRow {
  experiment: ListedExperiment;
  /** Of its last run, or of the jobs of 4.2 where that run counts none; null when it never ran, or there are no jobs. */
  counts: Omit<RunCounts, "run_id"> | null;
  /** When the job list was last written, epoch seconds; null when there is none. */
  jobListModifiedAt: number | null;
}

export type ExperimentOrder = "expid" | "created" | "description";

/**
 * Which experiments are wanted; all given conditions must hold, in any case. Texts and null as in the request; an empty
 * text is no condition.
 */
export interface ExperimentFilter {
  /** Part of the name, the description or the user. Nothing in it is a wildcard. */
  query?: string | null;
  /** Only those whose stored status is RUNNING. */
  onlyActive?: boolean;
  /** In these three `*` is any text and a leading `!` turns them round; an experiment without the value never matches. */
  owner?: string | null;
  autosubmitVersion?: string | null;
  hpc?: string | null;
  /** Told by the first letter of the name: `t`, `o`, any other; any further text is no condition. */
  type?: string | null;
}

/**
 * The experiments of a site, by rising id, with what else is stored of them. Rows of `details` and `experiment_status`
 * belong to an experiment by its id; of several the last counts.
 *
 * differs: the reference repeats an experiment that has several such rows.
 */
export function joinExperiments(
  experiments: readonly ExperimentRecord[],
  details: readonly ExperimentDetailsRecord[],
  statuses: readonly ExperimentStatusRecord[],
): ListedExperiment[] {
  const detailsOf = new Map(details.map((row) => [row.exp_id, row]));
  const statusOf = new Map(statuses.map((row) => [row.exp_id, row.status]));
  const listed = experiments.map(({ id, name, description, autosubmit_version }) => {
    const { user, created, hpc } = detailsOf.get(id) ?? { user: null, created: null, hpc: null };
    const status = statusOf.get(id) ?? null;
    return { id, name, description, autosubmitVersion: autosubmit_version, user, created, hpc, status };
  });
  return listed.sort((a, b) => a.id - b.id);
}

/**
 * The wanted experiments in the wanted order; ties, and everything when no order is given, by rising id, so that no page
 * repeats or loses one. Experiments without the value come first, or last in a descending order.
 * Source: reference, repositories/join/experiment_join.py.
 *
 * differs: `%` and `_` are characters like any others; letters with accents match in upper and lower case too; order is
 * total.
 * @param experiments by rising id, as `joinExperiments` gives them
 */
export function searchExperiments(
  experiments: readonly ListedExperiment[],
  filter: ExperimentFilter,
  order: { by: ExperimentOrder; descending: boolean } | null,
): ListedExperiment[] {
  const isWanted = compileFilter(filter);
  const found = experiments.filter(isWanted);
  if (order === null) return found;
  const valueIn = ORDERED_BY[order.by];
  const direction = order.descending ? -1 : 1;
  // Sorting is stable, so that equals stay in the order of their ids.
  return found.sort((a, b) => direction * compare(valueIn(a), valueIn(b)));
}

const ORDERED_BY: Record<ExperimentOrder, (experiment: ListedExperiment) => string | null> = {
  expid: ({ name }) => name,
  created: ({ created }) => created,
  description: ({ description }) => description,
};

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

type Condition = (experiment: ListedExperiment) => boolean;

function compileFilter(filter: ExperimentFilter): Condition {
  const conditions: Condition[] = [];
  if (filter.onlyActive) conditions.push(({ status }) => status === "RUNNING");
  if (filter.query) conditions.push(contains(filter.query));
  if (filter.owner) conditions.push(matches(filter.owner, ({ user }) => user));
  if (filter.autosubmitVersion)
    conditions.push(matches(filter.autosubmitVersion, ({ autosubmitVersion }) => autosubmitVersion));
  if (filter.hpc) conditions.push(matches(filter.hpc, ({ hpc }) => hpc));
  const type = filter.type;
  if (type) conditions.push(({ name }) => isOfType(name, type));
  return (experiment) => conditions.every((holds) => holds(experiment));
}

function contains(query: string): Condition {
  const wanted = fold(query);
  return ({ name, description, user }) =>
    [name, description, user].some((text) => text !== null && fold(text).includes(wanted));
}

function matches(pattern: string, valueIn: (experiment: ListedExperiment) => string | null): Condition {
  const isNegated = pattern.startsWith("!");
  const parts = fold(isNegated ? pattern.slice(1) : pattern).split("*");
  return (experiment) => {
    const value = valueIn(experiment);
    return value !== null && isNegated !== fitsParts(fold(value), parts);
  };
}

/** Whether the whole of `text` is these parts with any text between them; each part is looked for where the last ended. */
function fitsParts(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  if (parts.length === 1) return text === first;
  const last = parts.at(-1) ?? "";
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from <= text.length - last.length;
}

function isOfType(name: string, type: string): boolean {
  const letter = name.slice(0, 1).toLowerCase();
  if (type === "test") return letter === "t";
  if (type === "operational") return letter === "o";
  return type !== "experiment" || (letter !== "t" && letter !== "o");
}

/** Composed accents and small letters, so that the same text written in two ways is the same. */
function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
