import { type Environment, SECRET_VARIABLES } from "@autosubmit-api/settings";
import { SETTINGS } from "./settings.js";

/** Our own prefix: a variable that starts with it and that nothing reads is a mistake. */
const PREFIX = "AS_API_";
const FARTHEST_TYPO = 3;

/** One line for each variable that looks like a setting and is none, with what was probably meant. */
export function describeUnknownVariables(environment: Environment): string[] {
  const known = [...Object.values(SETTINGS).map(({ variable }) => variable), ...SECRET_VARIABLES];
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => {
      const meant = known
        .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
        .sort((a, b) => a.distance - b.distance)
        .find(({ distance }) => distance <= FARTHEST_TYPO);
      return `${name} is set, but nothing reads it${meant ? `; is ${meant.candidate} meant?` : ""}`;
    });
}

/** Letters to add, remove or change to make one name the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
