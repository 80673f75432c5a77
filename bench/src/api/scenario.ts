import type { BenchSite } from "./site.js";

/** How much is measured. */
export interface Extent {
  rounds: number;
  /** Of each stretch of load. */
  seconds: number;
  /** Of the soak test. */
  minutes: number;
}

/** One of the targets, and how it was met. */
export interface Target {
  target: string;
  measured: string;
  /** The reference implementation's figure; null where there is none. */
  reference: string | null;
  /** How many times faster; null without a reference. */
  ratio: number | null;
  isMet: boolean;
}

/** Something that is measured on its own. */
export interface Scenario<Result> {
  name: string;
  title: string;
  /** To be raised when results of before can no longer be read; 1 where it is not given. */
  version?: number;
  /** False for what takes long: it is only measured when it is named. */
  isUsual: boolean;
  measure(site: BenchSite, extent: Extent): Promise<Result>;
  targets(result: Result): Target[];
  /** Paragraphs of Markdown: what the figures are, and tables. */
  details(result: Result): string[];
}

/** A scenario among others; what is kept of its results comes back to it alone. */
export function defineScenario<Result>(scenario: Scenario<Result>): Scenario<unknown> {
  return scenario as Scenario<unknown>;
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, column) => (column === 0 ? "---" : "---:"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Milliseconds, as precise as they are worth. */
export const ms = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
export const mb = (value: number) => `${value.toFixed(0)} MB`;

/** A target that a duration be below a limit. */
export function below(target: string, measuredMs: number, limitMs: number): Target {
  return { target, measured: `${ms(measuredMs)} ms`, reference: null, ratio: null, isMet: measuredMs < limitMs };
}
