import { existsSync } from "node:fs";
import { DatabaseError, type DatabasePlaces, databaseFolders, type MigrationReport, migrate } from "@autosubmit-api/db";

/** The databases that belong to the API; all others are Autosubmit's, and migrated by the workers only. */
const OWN = ["api", "runners"] as const;

/** What happened is not tried again before this time is over, in milliseconds. */
const RETRY_AFTER_MS = 10_000;

/** Brings the API's own databases up to date. */
export interface OwnDatabases {
  /** Does nothing once it succeeded; otherwise tries again, though not at every call. @throws DatabaseError */
  ensure(): Promise<MigrationReport[]>;
}

/** @param patienceMs how long to wait for other programs that migrate */
export function ownDatabases(places: DatabasePlaces, patienceMs: number, clock: () => number): OwnDatabases {
  let outcome: { reports: MigrationReport[] } | { error: DatabaseError; at: number } | null = null;
  async function attempt(): Promise<MigrationReport[]> {
    try {
      // A site that is not there yet, such as a share that is not mounted, must not be created beside its place.
      for (const folder of databaseFolders(places, OWN)) requireFolder(folder);
      const reports = await migrate(places, { databases: OWN, patienceMs });
      outcome = { reports };
      return reports;
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      outcome = { error, at: clock() };
      throw error;
    }
  }
  return {
    ensure: async () => {
      if (outcome === null) return attempt();
      if ("reports" in outcome) return outcome.reports;
      if (clock() - outcome.at < RETRY_AFTER_MS) throw outcome.error;
      return attempt();
    },
  };
}

function requireFolder(folder: string): void {
  if (!existsSync(folder))
    throw new DatabaseError("DATABASE_MISSING", folder, `There is no folder ${folder} for the API's databases`);
}
