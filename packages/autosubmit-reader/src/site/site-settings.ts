/**
 * The settings of `.autosubmitrc` (formats reference §3.1). Names follow the file; paths are absolute. Defaults are
 * Autosubmit's own, except that nothing is invented where Autosubmit would leave an empty text.
 */
export interface SiteSettings {
  /** The files that were read, later ones overriding earlier ones; empty when none was found. */
  configurationFiles: readonly string[];
  /** What the search for configuration files met that an operator should know, e.g. a file that was named but is missing. */
  warnings: readonly string[];
  /** `database.path`: folder of the main and the status database. */
  dbDir: string;
  /** `database.filename`. */
  dbFile: string;
  /** `database.backend`. */
  databaseBackend: "sqlite" | "postgres";
  /** `database.connection_url`: holds a password; never log or answer it. */
  databaseConnectionUrl: string;
  /** `local.path`: parent of every experiment folder. */
  localRootDir: string;
  /** `conf.platforms`, `conf.jobs`, `conf.custom_platforms`. */
  defaultPlatformsConf: string;
  defaultJobsConf: string;
  customPlatformsPath: string;
  /** `mail.smtp_server`, `mail.mail_from`. */
  smtpServer: string;
  mailFrom: string;
  /** `hosts.authorized` / `hosts.forbidden`: command to hosts, or the raw empty text when unset. */
  allowedHosts: Record<string, string[]> | "";
  deniedHosts: Record<string, string[]> | "";
  structuresDir: string;
  globalLogDir: string;
  defaultOutputDir: string;
  jobDataDir: string;
  historicalLogDir: string;
  autosubmitApiUrl: string;
  /** Seconds. */
  logRecoveryTimeout: number;
  /** `graph.path`: where the API keeps graph coordinates. */
  graphDataDir: string;
  /** `statusdb.path`, `statusdb.filename`: the file systems' status database. */
  fileStatusDir: string;
  fileStatusDb: string;
  /** `clients.authorized`. */
  allowedClients: readonly string[];
}

/** File and folder names that no setting changes. */
export const FIXED_NAMES = {
  statusDb: "as_times.db",
  tmp: "tmp",
  commandLogs: "ASLOGS",
  project: "proj",
} as const;
