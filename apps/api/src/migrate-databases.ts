import { DatabaseError, databasePlaces, type MigrationReport, migrate } from "@autosubmit-api/db";
import { readEnvironment, withoutSecrets } from "@autosubmit-api/settings";
import { AutosubmitReadError, openSite } from "autosubmit-reader";

/**
 * The command `migrate`: one line on standard output for each database of the site. The exit status is 1 when, with
 * `check`, something is left to do, and when a database cannot be used; that is one line on standard error.
 */
export async function runMigration(check: boolean): Promise<void> {
  try {
    const environment = withoutSecrets(readEnvironment(process.env, process.cwd()));
    const { settings } = await openSite({ environment });
    const reports = await migrate(databasePlaces(settings), { check });
    for (const report of reports) process.stdout.write(`${describeReport(report, check)}\n`);
    if (check && reports.some(({ steps }) => steps.length > 0)) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof AutosubmitReadError || error instanceof DatabaseError)) throw error;
    process.stderr.write(`autosubmit-api: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** One database in one line. */
export function describeReport({ path, created, steps }: MigrationReport, check: boolean): string {
  if (steps.length === 0) return `${path}: up to date`;
  const isNew = created ? "create the file, " : "";
  return `${path}: ${check ? "would" : "done:"} ${isNew}${steps.join(", ")}`;
}
