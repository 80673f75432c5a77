import { CommandRefusal } from "./command-refusal.js";
import { environmentFolderWord, moduleWord } from "./command-words.js";
import type { ModuleLoaderType } from "./configuration.js";

const MOST_MODULES = 32;

/**
 * The modules of a loader, each checked. Lmod takes several, which a form gives as one text with spaces or commas between;
 * the others take one. Of a loader that is not known yet (`null`) any are taken, to be checked again when it is.
 */
export function moduleWords(
  parameter: string,
  loader: ModuleLoaderType | null,
  written: readonly string[],
): readonly string[] {
  if (loader === null) return written;
  if (loader === "NO_MODULE") return [];
  const modules =
    loader === "LMOD" ? written.flatMap((text) => text.split(/[\s,]+/)) : written.map((text) => text.trim());
  const named = modules.filter((name) => name !== "");
  if (named.length === 0) throw new CommandRefusal(400, `${parameter} must name what ${loader} is to load`);
  if (named.length > 1 && loader !== "LMOD")
    throw new CommandRefusal(400, `${parameter} must be a single environment for ${loader}`);
  if (named.length > MOST_MODULES)
    throw new CommandRefusal(400, `${parameter} names more than ${MOST_MODULES} modules`);
  const check = loader === "VENV" ? environmentFolderWord : moduleWord;
  return named.map((name) => check(parameter, name));
}
