import { FIXED_NAMES, type SiteSettings } from "../../site/site-settings.js";
import type { ConfigMap, ConfigValue } from "./config-value.js";
import { joinPath } from "./python-path.js";

/**
 * The settings of the site that Autosubmit puts at the top level of every configuration, in its order (formats reference
 * §4.2 step 8). `DATABASE_CONN_URL` holds a password.
 */
export function siteProperties(settings: SiteSettings): ConfigMap {
  return new Map<string, ConfigValue>([
    ["ALLOWED_HOSTS", hosts(settings.allowedHosts)],
    ["AS_TIMES_DB", FIXED_NAMES.statusDb],
    ["AUTOSUBMIT_API_URL", settings.autosubmitApiUrl],
    ["CONFIG_FILE_FOUND", settings.configurationFiles.length > 0],
    ["CUSTOM_PLATFORMS_PATH", settings.customPlatformsPath],
    ["DATABASE_BACKEND", settings.databaseBackend],
    ["DATABASE_CONN_URL", settings.databaseConnectionUrl],
    ["DB_DIR", settings.dbDir],
    ["DB_FILE", settings.dbFile],
    ["DB_PATH", joinPath(settings.dbDir, settings.dbFile)],
    ["DEFAULT_JOBS_CONF", settings.defaultJobsConf],
    ["DEFAULT_OUTPUT_DIR", settings.defaultOutputDir],
    ["DEFAULT_PLATFORMS_CONF", settings.defaultPlatformsConf],
    ["DENIED_HOSTS", hosts(settings.deniedHosts)],
    ["GLOBAL_LOG_DIR", settings.globalLogDir],
    ["HISTORICAL_LOG_DIR", settings.historicalLogDir],
    ["JOBDATA_DIR", settings.jobDataDir],
    ["LOCAL_ASLOG_DIR", FIXED_NAMES.commandLogs],
    ["LOCAL_PROJ_DIR", FIXED_NAMES.project],
    ["LOCAL_ROOT_DIR", settings.localRootDir],
    ["LOCAL_TMP_DIR", FIXED_NAMES.tmp],
    ["LOG_RECOVERY_TIMEOUT", settings.logRecoveryTimeout],
    ["MAIL_FROM", settings.mailFrom],
    ["SMTP_SERVER", settings.smtpServer],
    ["STRUCTURES_DIR", settings.structuresDir],
  ]);
}

function hosts(allowed: Record<string, string[]> | ""): ConfigValue {
  return allowed === "" ? "" : new Map(Object.entries(allowed).map(([command, names]) => [command, [...names]]));
}
