import type { Scenario, Target } from "./scenario.js";
import { table } from "./scenario.js";

/** What was measured, and the circumstances that a reader has to know to believe it. */
export interface Measured {
  result: unknown;
  commit: string;
  when: string;
  machine: string;
  node: string;
  /** Load averages over a minute: before the whole run, how many others wanted the processor; and after this scenario. */
  load: readonly [number, number];
  /** With `--quick`, whose figures are only a sign of life. */
  isQuick: boolean;
  seconds: number;
  /** The scenario's, 1 where it is not given. */
  version?: number;
}

/** The newest results of each scenario, by its name. */
export type Results = Record<string, Measured>;

/** From here on, others take so much of the machine that times are not to be believed. */
export const BUSY_LOAD = 1;

/** What was measured of a scenario, unless its results have changed their form since; null then, and when nothing was. */
export function resultOf({ name, version = 1 }: Scenario<unknown>, results: Results): Measured | null {
  const found = results[name];
  return found !== undefined && (found.version ?? 1) === version ? found : null;
}

/** Everything as Markdown: every target first, then what was measured in each scenario. */
export function report(scenarios: readonly Scenario<unknown>[], results: Results): string {
  const measured = scenarios.flatMap((scenario) => {
    const found = resultOf(scenario, results);
    return found === null ? [] : [{ scenario, found }];
  });
  const rows = measured.flatMap(({ scenario, found }) =>
    scenario.targets(found.result).map((target) => row(target, found)),
  );
  return [
    "# What the API takes",
    "Written by `npm run bench`; see [README.md](README.md) for what is measured and [NOTES.md](NOTES.md) for what was tried. The \
reference's figures are those that issue 10 publishes, measured on this kind of machine.",
    table(["target", "measured", "reference", "ratio", "met"], rows),
    ...measured.flatMap(({ scenario, found }) => [
      `## ${scenario.title}`,
      circumstances(found),
      ...scenario.details(found.result),
    ]),
    "",
  ].join("\n\n");
}

function row({ target, measured, reference, ratio, isMet }: Target, found: Measured): string[] {
  const doubt = [found.load[0] > BUSY_LOAD ? "busy machine" : "", found.isQuick ? "quick" : ""]
    .filter(Boolean)
    .join(", ");
  const verdict = (isMet ? "yes" : "**no**") + (doubt === "" ? "" : ` (${doubt})`);
  return [target, measured, reference ?? "–", ratio === null ? "–" : `${ratio.toFixed(1)} ×`, verdict];
}

function circumstances({ commit, when, machine, node, load, isQuick, seconds }: Measured): string {
  const loads = load.map((value) => value.toFixed(1)).join(" before the run, ");
  const busy = load[0] > BUSY_LOAD ? " **The machine was busy: times are not to be believed.**" : "";
  const extent = `${isQuick ? "Quick form, " : ""}${seconds.toFixed(0)} s.`;
  return `Commit ${commit}, ${when}. ${machine}, Node ${node}. Load average ${loads} after. ${extent}${busy}`;
}
