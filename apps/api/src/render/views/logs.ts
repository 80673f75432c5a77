import { join } from "node:path";
import {
  findJobLog,
  findRunLog,
  isLogName,
  listRecoveryLogs,
  SourceMissingError,
  UnsafePathError,
} from "autosubmit-reader";
import { presentLog, presentNoLog, presentRecoveryLogs } from "../../presenters/v3/logs.js";
import { logTailOf } from "../log-sources.js";
import { answer, defineView } from "../view.js";

/** `GET /v3/exprun/{expid}`. */
export const runLogView = defineView({
  timeDependent: true,
  build: async (snapshot, _parameters, { timeZone }) => {
    const file = await findRunLog(snapshot.experiment);
    const tail = file && (await snapshot.read(logTailOf(file)));
    if (file === null || tail === null) return answer(presentNoLog(""));
    return answer(presentLog({ logfile: file.name, file, tail }, timeZone));
  },
});

/** `GET /v3/exp-recovery-logs/{expid}`. */
export const recoveryLogsView = defineView({
  timeDependent: true,
  build: async (snapshot, _parameters, { timeZone }) => {
    const { expid, paths } = snapshot.experiment;
    const logs = await listRecoveryLogs(snapshot.experiment);
    if (logs === null)
      throw new SourceMissingError(
        `Experiment ${expid} has no folder of command logs: there is no ${paths.commandLogs}`,
        {
          expid,
          path: paths.commandLogs,
        },
      );
    const shown = logs.map(async (log) => {
      const tail = await snapshot.read(logTailOf(log));
      return tail === null ? [] : [{ ...log, tail }];
    });
    return answer(presentRecoveryLogs((await Promise.all(shown)).flat(), timeZone));
  },
});

/**
 * `GET /v3/joblog/{logfile}`: the log of that very name, never another attempt's. Asked without an experiment when the name
 * does not begin with an expid: there is no such log then.
 */
export const jobLogView = defineView<{ expid: string; logfile: string }>({
  timeDependent: true,
  build: async (snapshot, { expid, logfile }, { timeZone }) => {
    if (!isLogName(logfile)) throw new UnsafePathError("Unsafe log file path");
    const path = join(snapshot.site.settings.localRootDir, expid, "tmp", `LOG_${expid}`, logfile);
    if (!snapshot.hasExperiment) return answer(presentNoLog(path));
    const file = await findJobLog(snapshot.experiment, logfile);
    const tail = file && (await snapshot.read(logTailOf(file)));
    if (file === null || tail === null) return answer(presentNoLog(path));
    return answer(presentLog({ logfile: path, file, tail }, timeZone));
  },
});
