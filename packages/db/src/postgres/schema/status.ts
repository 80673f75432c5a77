import { postgresDialect } from "../../dialect.js";
import { buildExperimentStatus } from "../../schema/experiment-status.js";

export const experimentStatusTable = buildExperimentStatus(postgresDialect);
