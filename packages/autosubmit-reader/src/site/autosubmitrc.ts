import { join, resolve } from "node:path";
import { AutosubmitReadError } from "../errors.js";
import { type IniDocument, parseIni } from "../formats/config/ini.js";
import { interpolate } from "../formats/config/ini-interpolation.js";
import type { SiteSettings } from "./site-settings.js";

/** A configuration file that was found, and its content. */
export interface SettingsFile {
  path: string;
  text: string;
}

/** What a leading `~` and relative paths in the settings refer to, both absolute. */
export interface SettingsBase {
  home: string;
  workingDirectory: string;
}

/**
 * The settings of `.autosubmitrc` files, later ones overriding earlier ones option by option; options that no file has
 * keep Autosubmit's defaults (formats reference §3.1).
 *
 * differs: a leading `~` is expanded and relative paths are made absolute; an empty path, an unknown backend and a host
 * list without hosts are errors that name the key.
 * @throws AutosubmitReadError `SITE_MISCONFIGURED` with file, key and, where it helps, line
 */
export function parseAutosubmitrc(files: readonly SettingsFile[], base: SettingsBase): Omit<SiteSettings, "warnings"> {
  const documents = files.map(({ path, text }) => ({ path, document: parseSettings(text, path) }));
  const option = (section: string, name: string) => findOption(documents, section, name);
  const text = (section: string, name: string) => option(section, name)?.value ?? "";
  const place = (section: string, name: string) => placeSetting(option(section, name), base);
  const firstDir = join(base.home, "debug", "autosubmit");
  const localRootDir = place("local", "path") ?? firstDir;
  // The reference only moves the graph folder below the experiments once it has read a file.
  const graphParent = files.length > 0 ? localRootDir : join(base.home, "autosubmit");
  return {
    configurationFiles: files.map((file) => file.path),
    dbDir: place("database", "path") ?? firstDir,
    dbFile: nameSetting(option("database", "filename")) ?? "autosubmit.db",
    databaseBackend: backendSetting(option("database", "backend")),
    databaseConnectionUrl: text("database", "connection_url"),
    localRootDir,
    defaultPlatformsConf: text("conf", "platforms"),
    defaultJobsConf: text("conf", "jobs"),
    customPlatformsPath: text("conf", "custom_platforms"),
    smtpServer: text("mail", "smtp_server"),
    mailFrom: text("mail", "mail_from"),
    allowedHosts: hostsSetting(option("hosts", "authorized")),
    deniedHosts: hostsSetting(option("hosts", "forbidden")),
    structuresDir: place("structures", "path") ?? "/esarchive/autosubmit/as_metadata/structures",
    globalLogDir: place("globallogs", "path") ?? "/esarchive/autosubmit/Aslogs",
    defaultOutputDir: place("defaultstats", "path") ?? "/esarchive/autosubmit/as_output/stats",
    jobDataDir: place("historicdb", "path") ?? "/esarchive/autosubmit/as_metadata/data",
    historicalLogDir: place("historiclog", "path") ?? "/esarchive/autosubmit/as_metadata/logs",
    autosubmitApiUrl: option("autosubmitapi", "url")?.value ?? "http://192.168.11.91:8081",
    logRecoveryTimeout: integerSetting(option("config", "log_recovery_timeout")) ?? 60,
    graphDataDir: place("graph", "path") ?? join(graphParent, "metadata", "graph"),
    fileStatusDir: place("statusdb", "path") ?? join(base.home, "autosubmit", "metadata", "test"),
    fileStatusDb: nameSetting(option("statusdb", "filename")) ?? "status.db",
    allowedClients: text("clients", "authorized")
      .split(/\s+/)
      .filter((client) => client !== ""),
  };
}

/** A value that some file sets, and where. */
interface FoundOption {
  value: string;
  /** `section.option`. */
  key: string;
  path: string;
  line: number | null;
}

function parseSettings(text: string, path: string): IniDocument {
  return asMisconfigured(() => parseIni(text, path));
}

function findOption(
  documents: readonly { path: string; document: IniDocument }[],
  section: string,
  option: string,
): FoundOption | null {
  const found = documents.flatMap(({ path, document }) => {
    const value = asMisconfigured(() => interpolate(document, { section, option, path }, "strict"));
    const line = document.lines.get(section)?.get(option) ?? document.lines.get("DEFAULT")?.get(option) ?? null;
    return value === null ? [] : [{ value, key: `${section}.${option}`, path, line }];
  });
  return found.at(-1) ?? null;
}

function asMisconfigured<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof AutosubmitReadError)) throw cause;
    const details = { cause, ...(cause.path === null ? {} : { path: cause.path }) };
    throw new AutosubmitReadError("SITE_MISCONFIGURED", cause.message, {
      ...details,
      ...(cause.line === null ? {} : { line: cause.line }),
    });
  }
}

function misconfigured({ key, path, line }: FoundOption, message: string): AutosubmitReadError {
  const where = line === null ? path : `${path}: line ${line}`;
  return new AutosubmitReadError("SITE_MISCONFIGURED", `${where}: ${key} ${message}`, {
    path,
    ...(line === null ? {} : { line }),
  });
}

function placeSetting(found: FoundOption | null, base: SettingsBase): string | null {
  if (found === null) return null;
  if (found.value === "") throw misconfigured(found, "is empty; a folder is expected");
  if (found.value.includes("\0") || found.value.includes("\n"))
    throw misconfigured(found, "is not the name of a folder");
  return resolve(base.workingDirectory, expandHome(found.value, base.home));
}

/** A leading `~` or `~/` replaced by the home folder; `~user` is left as it is. */
function expandHome(path: string, home: string): string {
  return path === "~" || path.startsWith("~/") ? join(home, path.slice(1)) : path;
}

function nameSetting(found: FoundOption | null): string | null {
  if (found === null) return null;
  if (found.value === "" || /[\0\n]/.test(found.value)) throw misconfigured(found, "is not the name of a file");
  return found.value;
}

function backendSetting(found: FoundOption | null): "sqlite" | "postgres" {
  if (found === null) return "sqlite";
  if (found.value === "sqlite" || found.value === "postgres") return found.value;
  throw misconfigured(found, "must be sqlite or postgres");
}

function integerSetting(found: FoundOption | null): number | null {
  if (found === null) return null;
  const value = /^[+-]?\d+$/.test(found.value) ? Number(found.value) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw misconfigured(found, "must be a whole number");
  return value;
}

/** `[command1,command2 host1,host2] [command3 host4]`: which hosts may run which commands. */
function hostsSetting(found: FoundOption | null): Record<string, string[]> | "" {
  if (found === null || found.value === "") return "";
  const rules = new Map<string, string[]>();
  for (const rule of found.value.split("] ")) {
    const [commands, hosts] = rule.replace(/^[[\]]+|[[\]]+$/g, "").split(" ");
    if (!commands || !hosts) throw misconfigured(found, "must read '[command1,command2 host1,host2] [command3 host4]'");
    for (const command of commands.split(",")) rules.set(command, hosts.split(","));
  }
  return Object.fromEntries(rules);
}
