import { constants } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { AutosubmitReadError, systemErrorCode } from "../errors.js";
import { decodeText } from "../formats/text.js";
import { PostgresTableProvider } from "../tables/postgres.js";
import { SqliteTableProvider } from "../tables/sqlite.js";
import type { TableProvider } from "../tables/table-source.js";
import { parseAutosubmitrc, type SettingsFile } from "./autosubmitrc.js";
import { open } from "./file-calls.js";
import { experimentPaths } from "./paths.js";
import type { Experiment, Site, SiteEnvironment } from "./site.js";
import type { SiteSettings } from "./site-settings.js";

/** Where a site's configuration is looked for. */
export interface OpenSiteOptions {
  /** The variables to read instead of `process.env`; they are read now and never again. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** What relative paths refer to and where `./.autosubmitrc` is looked for; the process's own by default. */
  workingDirectory?: string;
  /** The configuration file; nothing else is looked for then. */
  configurationFile?: string;
}

/** Larger files are not Autosubmit's. */
const MAX_CONFIGURATION_BYTES = 4 * 2 ** 20;
const ABSENT = new Set(["ENOENT", "ENOTDIR"]);

/**
 * Opens an Autosubmit installation. Its configuration is (formats reference §3.1) the file that `AUTOSUBMIT_CONFIGURATION`
 * names, if it exists; else the first of `./.autosubmitrc` and `~/.autosubmitrc`; else `/etc/.autosubmitrc` and
 * `/etc/autosubmitrc` together, the second overriding the first; else Autosubmit's defaults. What went by silently in
 * Autosubmit (the named file is missing, no file at all) is told in `settings.warnings`.
 * @throws AutosubmitReadError `SITE_MISCONFIGURED`: `configurationFile` is missing, a file cannot be read or parsed, a
 * value makes no sense
 */
export async function openSite(options: OpenSiteOptions = {}): Promise<Site> {
  const variables = options.environment ?? process.env;
  const workingDirectory = resolve(options.workingDirectory ?? ".");
  const environment = captureEnvironment(variables);
  const warnings: string[] = [];
  const named = options.configurationFile ?? null;
  const files =
    named === null
      ? await findConfiguration(
          variables.AUTOSUBMIT_CONFIGURATION,
          { workingDirectory, home: environment.home },
          warnings,
        )
      : [await readNamedFile(resolve(workingDirectory, named))];
  const settings = { ...parseAutosubmitrc(files, { home: environment.home, workingDirectory }), warnings };
  return createSite(settings, environment, openTables(settings));
}

/** A site from its parts: for tests, and for programs that keep their configuration elsewhere. */
export function createSite(settings: SiteSettings, environment: SiteEnvironment, tables: TableProvider): Site {
  const site: Site = {
    settings: Object.freeze(settings),
    environment: Object.freeze(environment),
    tables,
    experiment: (expid): Experiment => Object.freeze({ site, expid, paths: experimentPaths(settings, expid) }),
  };
  return Object.freeze(site);
}

function captureEnvironment(variables: Readonly<Record<string, string | undefined>>): SiteEnvironment {
  const autosubmitVariables = Object.entries(variables).flatMap(([name, value]) =>
    name.startsWith("AS_ENV") && value !== undefined ? [[name, value] as const] : [],
  );
  return {
    user: variables.USER ?? null,
    sudoUser: variables.SUDO_USER ?? null,
    home: resolve(variables.HOME || homedir()),
    autosubmitVariables: Object.freeze(Object.fromEntries(autosubmitVariables)),
  };
}

async function findConfiguration(
  named: string | undefined,
  { workingDirectory, home }: { workingDirectory: string; home: string },
  warnings: string[],
): Promise<SettingsFile[]> {
  if (named) {
    const path = resolve(workingDirectory, named);
    const file = await readFileIfPresent(path);
    if (file) return [file];
    warnings.push(
      `AUTOSUBMIT_CONFIGURATION names ${path}, which does not exist; the usual places were searched instead`,
    );
  }
  const own = [join(workingDirectory, ".autosubmitrc"), join(home, ".autosubmitrc")];
  for (const path of own) {
    const file = await readFileIfPresent(path);
    if (file) return [file];
  }
  const shared = ["/etc/.autosubmitrc", "/etc/autosubmitrc"];
  const files = (await Promise.all(shared.map(readFileIfPresent))).filter((file) => file !== null);
  if (files.length === 0) {
    warnings.push(`No configuration was found in ${[...own, ...shared].join(", ")}: Autosubmit's defaults are used`);
  }
  return files;
}

async function readNamedFile(path: string): Promise<SettingsFile> {
  const file = await readFileIfPresent(path);
  if (file) return file;
  throw new AutosubmitReadError("SITE_MISCONFIGURED", `The configuration file ${path} does not exist`, { path });
}

async function readFileIfPresent(path: string): Promise<SettingsFile | null> {
  try {
    // Not blocking: opening a pipe must not wait for its writer.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw unreadable(path, "is not a regular file");
      if (found.size > MAX_CONFIGURATION_BYTES)
        throw unreadable(path, `is larger than ${MAX_CONFIGURATION_BYTES} bytes`);
      return { path, text: decodeText(await handle.readFile()) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = systemErrorCode(error);
    if (error instanceof AutosubmitReadError) throw error;
    if (ABSENT.has(code ?? "")) return null;
    throw unreadable(path, `cannot be read (${code})`, error);
  }
}

function unreadable(path: string, what: string, cause?: unknown): AutosubmitReadError {
  return new AutosubmitReadError("SITE_MISCONFIGURED", `The configuration file ${path} ${what}`, { path, cause });
}

function openTables(settings: SiteSettings): TableProvider {
  if (settings.databaseBackend === "sqlite") return new SqliteTableProvider(settings);
  return new PostgresTableProvider(settings);
}
