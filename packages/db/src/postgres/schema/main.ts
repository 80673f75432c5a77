import { postgresDialect } from "../../dialect.js";
import { buildDetails } from "../../schema/details.js";

export const detailsTable = buildDetails(postgresDialect);
