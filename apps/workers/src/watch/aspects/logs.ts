import { fingerprintFile, listLogNames, logFolderPath } from "autosubmit-reader";
import { pack, unpack } from "../packed-text.js";
import { change, type WatchAspect } from "../watch-aspect.js";

const FOLDERS = ["jobs", "commands"] as const;

/** Names of logs, each with its folder and a slash before it. */
type Logs = string[];

/** New names are kept apart from the base up to this many, so that the base is seldom written. */
const MOST_IN_STATE = 1_000;
/** More new logs at once than this were copied or unpacked, not written by jobs: nobody is told of each. */
const MOST_CHANGES = 1_000;

/** New files among the logs. The base holds names, the state those that came since. */
export const logs: WatchAspect<Logs> = {
  id: "WATCH_LOGS",

  async read(experiment, { fingerprint }) {
    const folders = await Promise.all(FOLDERS.map((folder) => fingerprintFile(logFolderPath(experiment, folder))));
    const present = folders.every((folder) => folder === null) ? null : folders.join(" ");
    if (present === null || present === fingerprint) return { finding: null, fingerprint: present, inFull: false };
    const names = FOLDERS.map(async (folder) =>
      ((await listLogNames(experiment, folder)) ?? []).map((name) => `${folder}/${name}`),
    );
    return { finding: (await Promise.all(names)).flat().sort(), fingerprint: present, inFull: true };
  },

  compare(before, finding) {
    if (before === null) return { base: pack(finding), state: pack([]), changes: [] };
    const since = unpack<Logs>(before.state);
    const known = new Set([...unpack<Logs>(before.base), ...since]);
    const added = finding.filter((name) => !known.has(name));
    const hasLost = finding.length - added.length < known.size;
    if (added.length === 0 && !hasLost) return null;
    const changes = added.length > MOST_CHANGES ? [] : added.map(told);
    if (hasLost || since.length + added.length > MOST_IN_STATE)
      return { base: pack(finding), state: pack([]), changes };
    return { base: null, state: pack([...since, ...added]), changes };
  },
};

function told(path: string) {
  const folder = path.startsWith("jobs/") ? "jobs" : "commands";
  return change("log-added", { name: path.slice(folder.length + 1), folder });
}
