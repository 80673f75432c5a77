import { join } from "node:path";
import type { DatabaseName } from "./schema/migrated-tables.js";

/** Where each database of a site is, absolute. */
export type DatabaseFiles = Readonly<Record<DatabaseName, string>>;

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
