import { type ConfigMap, type ConfigValue, isConfigMap, isTruthy, mapAt } from "./config-value.js";
import type { LoadContext } from "./load-context.js";
import { joinPath, purePath } from "./python-path.js";

/**
 * The folder of the experiment's project (formats reference §4.2 step 7): `PROJECT.PROJECT_DESTINATION`, or where that is
 * empty the last component of the project's origin.
 * @throws AutosubmitReadError `CONFIG_INVALID` for a destination that is no text
 */
export function projectFolder(data: ConfigMap, localRootDir: string, expid: string, context: LoadContext): string {
  const project = mapAt(data, "PROJECT");
  const destination = project.has("PROJECT_DESTINATION") ? project.get("PROJECT_DESTINATION") : "project_files";
  const name = isTruthy(destination) ? destination : (originName(data) ?? destination);
  if (typeof name !== "string") throw context.invalid("PROJECT.PROJECT_DESTINATION must be a text");
  return purePath(joinPath(localRootDir, expid, "proj", name));
}

/** Null for projects without an origin; `project_files` where the origin is no text. */
function originName(data: ConfigMap): string | null {
  const type = mapAt(data, "PROJECT").get("PROJECT_TYPE");
  if (type === undefined) return null;
  if (typeof type !== "string") return "project_files";
  switch (type.toLowerCase()) {
    case "local":
      return lastPart(data, "LOCAL", "PROJECT_PATH");
    case "svn":
      return lastPart(data, "SVN", "PROJECT_URL");
    case "git": {
      const name = lastPart(data, "GIT", "PROJECT_ORIGIN");
      return name.includes(".") ? (name.split(".").at(-2) ?? "") : name;
    }
    default:
      return null;
  }
}

function lastPart(data: ConfigMap, section: string, key: string): string {
  const settings = data.get(section);
  if (settings !== undefined && !isConfigMap(settings)) return "project_files";
  const value: ConfigValue | undefined = settings?.get(key) ?? (settings?.has(key) ? null : "");
  return typeof value === "string" ? (value.split("/").at(-1) ?? "") : "project_files";
}
