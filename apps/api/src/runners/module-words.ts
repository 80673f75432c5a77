import { CommandRefusal } from "./command-refusal.js";
import type { ModuleLoaderType } from "./configuration.js";
import { checkModules, ModulesError } from "./module-loaders.js";

/**
 * The modules of a loader, each checked. Lmod takes several, which a form gives as one text with spaces or commas between.
 * Of a loader that is not known yet (`null`) any are taken, to be checked again when it is.
 */
export function moduleWords(
  parameter: string,
  loader: ModuleLoaderType | null,
  written: readonly string[],
): readonly string[] {
  if (loader === null) return written;
  const modules = loader === "LMOD" ? written.flatMap((text) => text.split(/[\s,]+/)) : written;
  const named = modules.map((name) => name.trim()).filter((name) => name !== "");
  if (loader === "NO_MODULE") return [];
  try {
    checkModules({ loader, modules: named });
    return named;
  } catch (error) {
    if (error instanceof ModulesError)
      throw new CommandRefusal(400, `${parameter}: ${error.message}`, { cause: error });
    throw error;
  }
}
