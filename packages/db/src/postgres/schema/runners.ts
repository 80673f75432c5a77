import { postgresDialect } from "../../dialect.js";
import { buildRunnerProcesses } from "../../schema/runner-processes.js";

export const runnerProcessesTable = buildRunnerProcesses(postgresDialect);
