import { builtProgramOf } from "../../../../scripts/built-program.js";

/** The folder of the API's build from the present sources. */
export async function builtProgram(): Promise<string> {
  return builtProgramOf("apps/api");
}
