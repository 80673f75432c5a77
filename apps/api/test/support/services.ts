import { databaseFiles, siteDatabases } from "@autosubmit-api/db";
import { type Environment, parseSettingsFile, readSecrets } from "@autosubmit-api/settings";
import type { AppServices } from "../../src/app.js";
import { loginProviders } from "../../src/auth/login-providers.js";
import { readConfig } from "../../src/config/config.js";

export interface TestServicesOptions {
  /** Where the site's databases are; without it there are none. */
  root?: string;
  clock?: () => Date;
  /** What AS_API_CONFIG_FILE holds, YAML. */
  settings?: string;
  /** Where commands are run, as far as it differs. */
  runnerPlace?: Partial<AppServices["runnerPlace"]>;
  /** `clients.authorized` of `.autosubmitrc`. */
  allowedClients?: readonly string[];
}

/** What applications under test need beside a render pool and a logger; everybody may read unless the environment says otherwise. */
export function testServices(
  environment: Environment,
  {
    root = "/nowhere",
    clock = () => new Date(),
    settings = "",
    runnerPlace = {},
    allowedClients = [],
  }: TestServicesOptions = {},
): Omit<AppServices, "logger" | "renderPool"> {
  const files = databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root });
  const config = readConfig({ PROTECTION_LEVEL: "NONE", ...environment });
  const secrets = readSecrets(environment);
  return {
    config,
    secrets,
    login: loginProviders(config, secrets, allowedClients),
    settingsFile: parseSettingsFile("settings.yaml", settings),
    databases: siteDatabases(files, { patienceMs: 500 }),
    // Commands find their programs where the test says; the launcher is the built one where a test starts runs.
    runnerPlace: {
      environment: { HOME: root, PATH: "/usr/bin:/bin" },
      home: root,
      launcherFile: "/nowhere",
      ...runnerPlace,
    },
    clock,
  };
}
