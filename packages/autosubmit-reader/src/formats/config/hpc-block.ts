import { type ConfigMap, type ConfigValue, isConfigMap, isTruthy, valueAt } from "./config-value.js";
import type { LoadContext } from "./load-context.js";
import { joinPath, purePath } from "./python-path.js";
import { pythonStr } from "./python-text.js";

/**
 * Copies the settings of the main platform to the top level as `HPC…` and adds the folders on it (formats reference §4.2
 * step 12), in place.
 * @throws AutosubmitReadError `CONFIG_INVALID` where Autosubmit fails: `PLATFORMS` or the platform is no mapping
 */
export function addPlatformBlock(data: ConfigMap, localRootDir: string, expid: string, context: LoadContext): void {
  const name = valueAt(data, "DEFAULT", "HPCARCH") ?? "LOCAL";
  if (typeof name !== "string") throw context.invalid("DEFAULT.HPCARCH must be a text");
  const platform = mainPlatform(data, name, context);
  for (const [key, value] of platform) data.set(`HPC${key}`, value);
  data.set("HPCARCH", name);
  const folder = remoteFolder(platform, name, expid, context) ?? localFolder(name, localRootDir, expid);
  if (folder !== null) {
    data.set("HPCROOTDIR", folder);
    data.set("HPCLOGDIR", `${folder}/LOG_${expid}`);
  } else if (isTruthy(data.get("HPCROOTDIR")) && isTruthy(data.get("HPCLOGDIR"))) {
    for (const key of ["HPCROOTDIR", "HPCLOGDIR"]) data.set(key, pythonStr(data.get(key) ?? null));
  }
}

function mainPlatform(data: ConfigMap, name: string, context: LoadContext): ConfigMap {
  const platforms = data.get("PLATFORMS");
  if (platforms === undefined) return new Map();
  if (!isConfigMap(platforms)) throw context.invalid("PLATFORMS must be a mapping");
  const platform = platforms.get(name);
  if (platform === undefined) return new Map();
  if (!isConfigMap(platform)) throw context.invalid(`PLATFORMS.${name} must be a mapping`);
  return platform;
}

function remoteFolder(platform: ConfigMap, name: string, expid: string, context: LoadContext): string | null {
  const project = platform.has("SCRATCH_PROJECT_DIR") ? platform.get("SCRATCH_PROJECT_DIR") : platform.get("PROJECT");
  const parts: (ConfigValue | undefined)[] = [platform.get("SCRATCH_DIR"), project, platform.get("USER")];
  if (!parts.every(isTruthy)) return null;
  const [scratch = "", ...below] = parts.map((part) => {
    if (typeof part === "string") return part;
    throw context.invalid(`PLATFORMS.${name}: SCRATCH_DIR, PROJECT and USER must be texts`);
  });
  return purePath(joinPath(scratch, ...below, expid));
}

function localFolder(name: string, localRootDir: string, expid: string): string | null {
  return name.toUpperCase() === "LOCAL" ? purePath(joinPath(localRootDir, expid, "tmp")) : null;
}
