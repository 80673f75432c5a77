import { isRunLog, recoveryLogFacts } from "../formats/logs/log-names.js";
import type { Experiment } from "../site/site.js";
import { findLog, type LogFile, type LogFolder, listLogNames } from "./log-files.js";

/** The newest log of a platform's recovery of job logs. */
export interface RecoveryLog extends LogFile {
  /** As the file's name has it: lower case. */
  platform: string;
  /** `YYYYMMDDHHMMSS` on the clock of Autosubmit's host. */
  startStamp: string;
}

const AT_ONCE = 32;

/**
 * The newest log of `autosubmit run`: the one last written in `tmp/ASLOGS`, or in `tmp` where there is none, as in
 * versions 3.9 to 3.12 (formats reference §5.1). Null when there is none.
 * Source: reference, experiment/common_requests.py. `underscored`: as its running check looks for it, by `_run.log`.
 *
 * differs: of logs written at the same moment the first by name is taken, not whichever the folder lists first; logs are
 * files, never folders.
 * @throws AutosubmitReadError `SOURCE_UNREADABLE`
 */
export async function findRunLog(
  experiment: Experiment,
  { underscored = false }: { underscored?: boolean } = {},
): Promise<LogFile | null> {
  for (const folder of ["commands", "tmp"] as const) {
    const names = (await listLogNames(experiment, folder)) ?? [];
    const logs = names.filter((name) => isRunLog(name) && (!underscored || name.includes("_run.log")));
    const newest = await newestOf(experiment, folder, logs);
    if (newest !== null) return newest;
  }
  return null;
}

/**
 * The newest recovery log of every platform, by the time in its name (formats reference §5.1), platforms in order of
 * their names. Null when there is no `tmp/ASLOGS`.
 * @throws AutosubmitReadError `SOURCE_UNREADABLE`
 */
export async function listRecoveryLogs(experiment: Experiment): Promise<RecoveryLog[] | null> {
  const names = await listLogNames(experiment, "commands");
  if (names === null) return null;
  const newest = new Map<string, { name: string; stamp: string }>();
  for (const name of names.sort()) {
    const facts = recoveryLogFacts(name);
    if (facts === null) continue;
    const known = newest.get(facts.platform);
    if (known === undefined || facts.stamp > known.stamp) newest.set(facts.platform, { name, stamp: facts.stamp });
  }
  const logs = [...newest].map(async ([platform, { name, stamp }]) => {
    const found = await findLog(experiment, "commands", name);
    return found === null ? [] : [{ ...found, platform, startStamp: stamp }];
  });
  return (await Promise.all(logs)).flat().sort((a, b) => (a.platform < b.platform ? -1 : 1));
}

async function newestOf(experiment: Experiment, folder: LogFolder, names: readonly string[]): Promise<LogFile | null> {
  let newest: LogFile | null = null;
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const batch = names.slice(start, start + AT_ONCE).map((name) => findLog(experiment, folder, name));
    for (const log of await Promise.all(batch)) if (log !== null && isNewer(log, newest)) newest = log;
  }
  return newest;
}

function isNewer(log: LogFile, than: LogFile | null): boolean {
  if (than === null || log.modifiedAt !== than.modifiedAt) return than === null || log.modifiedAt > than.modifiedAt;
  return log.name < than.name;
}
