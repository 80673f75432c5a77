import { builtProgramOf } from "../../../../scripts/built-program.js";

/** The folder of the workers' build from the present sources. */
export function builtProgram(): string {
  return builtProgramOf("apps/workers");
}
