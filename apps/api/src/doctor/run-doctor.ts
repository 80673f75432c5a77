import { ConfigurationError, type Environment, readEnvironment } from "@autosubmit-api/settings";
import { AutosubmitReadError } from "autosubmit-reader";
import { readStartSettings, type StartSettings } from "../start-settings.js";
import { examineMachine } from "./examine-machine.js";
import { examineSettings } from "./examine-settings.js";
import { examineSite } from "./examine-site.js";
import { type Finding, findingLines, ok, problem, warning } from "./finding.js";

/**
 * The command `doctor`: findings on standard output, one at a time. The exit status is 1 when there is a problem.
 * @param options variables that the command line sets
 */
export async function runDoctor(options: Environment): Promise<void> {
  const environment = { ...readEnvironment(process.env, process.cwd()), ...options };
  const counts = { ok: 0, warning: 0, problem: 0 };
  for await (const finding of examineAll(environment)) {
    counts[finding.state] += 1;
    process.stdout.write(`${findingLines(finding)}\n`);
  }
  process.stdout.write(`\n${counts.ok} ok, ${counts.warning} warnings, ${counts.problem} problems\n`);
  // Not left to the event loop: a file system that hangs would keep the process alive.
  process.exit(counts.problem > 0 ? 1 : 0);
}

async function* examineAll(environment: Environment): AsyncIterable<Finding> {
  let settings: StartSettings;
  try {
    settings = await readStartSettings(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError || error instanceof AutosubmitReadError)) throw error;
    yield problem("settings", error.message, "correct it: the API does not start like this");
    return;
  }
  const { config, site, warnings } = settings;
  yield ok("settings", "can be started with");
  for (const detail of warnings) yield warning("settings", detail, "see docs/security.md");
  yield* examineSettings(config, environment);
  yield* examineMachine(config, environment);
  yield* examineSite(site, config);
}
