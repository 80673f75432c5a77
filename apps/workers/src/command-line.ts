import { parseArgs } from "node:util";
import { findTask, TASKS } from "./tasks.js";
import type { WorkerTask } from "./worker-task.js";

/** What the command line asks for. */
export type Command =
  | { kind: "run" }
  | { kind: "once"; task: WorkerTask }
  | { kind: "list" }
  | { kind: "help" }
  | { kind: "mistake"; message: string };

export const HELP = `Usage: autosubmit-workers [--once TASK | --list | --help]

Keeps what the API answers from the site's databases up to date. Without options it runs until it is told to stop
(SIGTERM, Ctrl-C); any number of workers on any number of hosts share the work.

  --once TASK   run one task over all experiments and end
  --list        show the tasks, when they run and what became of them
  --help        show this

Tasks:
${TASKS.map(({ name, id, purpose }) => `  ${name.padEnd(28)} ${id.padEnd(16)} ${purpose}`).join("\n")}

Environment:
  AUTOSUBMIT_CONFIGURATION       the site's .autosubmitrc
  AS_API_CONFIG_FILE             settings (default ~/.autosubmit_api.yaml): BACKGROUND_TASKS.<ID>.{ENABLED, INTERVAL,
                                 CRON, EXPERIMENT_TIMEOUT}, WORKERS.{LEASE, TICK, READERS, EXPERIMENTS_PER_READER},
                                 LIVE_FEED.{ENABLED, RETENTION_HOURS, JOURNAL_MB, READERS}, WEBHOOKS.<NAME>.{URL, …}
  DISABLE_BACKGROUND_TASKS       True: nothing is scheduled
  RUN_BACKGROUND_TASKS_ON_START  True: every task runs at the start, due or not
  LOG_LEVEL                      trace, debug, info (default), warn, error, fatal, silent
  TZ                             time zone of the site`;

/** @param args without the program's name */
export function parseCommandLine(args: readonly string[]): Command {
  let values: { once?: string | undefined; list?: boolean | undefined; help?: boolean | undefined };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { once: { type: "string" }, list: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    }));
  } catch (error) {
    return { kind: "mistake", message: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { kind: "help" };
  if (values.list) return { kind: "list" };
  if (values.once === undefined) return { kind: "run" };
  const task = findTask(values.once);
  if (task) return { kind: "once", task };
  const known = TASKS.map(({ name }) => name).join(", ");
  return { kind: "mistake", message: `There is no task "${values.once}"; there are ${known}` };
}
