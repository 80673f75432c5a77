import { dirname, join } from "node:path";
import type { DatabaseName } from "./schema/migrated-tables.js";

/** Where each database of a site is, absolute. */
export type DatabaseFiles = Readonly<Record<DatabaseName, string>>;

/** The PostgreSQL database that holds all of a site's tables (formats reference §2.10). */
export interface PostgresDatabasePlace {
  /** `connection_url` as `.autosubmitrc` has it; holds a password. */
  readonly connectionUrl: string;
}

/** Where a site keeps what is stored about it as a whole: in files, or on a server. */
export type DatabasePlaces = DatabaseFiles | PostgresDatabasePlace;

/** The settings of `.autosubmitrc` that decide it; the reader's `SiteSettings` has them all. */
export interface DatabaseSettings {
  dbDir: string;
  dbFile: string;
  localRootDir: string;
}

/** The databases of a site (formats reference §2.1, §2.2, §2.8). None is checked for existence. */
export function databaseFiles(settings: DatabaseSettings): DatabaseFiles {
  return {
    main: join(settings.dbDir, settings.dbFile),
    status: join(settings.dbDir, "as_times.db"),
    api: join(settings.dbDir, "autosubmit_api.db"),
    runners: join(settings.localRootDir, "api_runners.db"),
    events: join(settings.dbDir, "autosubmit_events.db"),
  };
}

/** Where the databases of a site are, by its backend (formats reference §3.1). */
export function databasePlaces(
  settings: DatabaseSettings & { databaseBackend: "sqlite" | "postgres"; databaseConnectionUrl: string },
): DatabasePlaces {
  if (settings.databaseBackend === "sqlite") return databaseFiles(settings);
  return { connectionUrl: settings.databaseConnectionUrl };
}

/** The folders that have to be there before these databases can be made; none for a site on a server. */
export function databaseFolders(places: DatabasePlaces, names: readonly DatabaseName[]): string[] {
  return "connectionUrl" in places ? [] : names.map((name) => dirname(places[name]));
}
