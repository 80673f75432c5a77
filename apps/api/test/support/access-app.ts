import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseFiles, migrate, type SiteDatabases } from "@autosubmit-api/db";
import type { Environment } from "@autosubmit-api/settings";
import { pino } from "pino";
import { buildApp } from "../../src/app.js";
import type { RouteApp } from "../../src/routes/route-app.js";
import { claimsOf, craftToken, KEY } from "./craft-token.js";
import { scriptedPool } from "./scripted-pool.js";
import { testServices } from "./services.js";

export const SERVICE_TOKEN = "a secret token of the tests";

/** The application with databases of its own and scripted threads, where `a000` belongs to ann and any other to nobody. */
export interface AccessApp {
  app: RouteApp;
  databases: SiteDatabases;
  /** Where the databases are. */
  root: string;
  now: Date;
  /** What was logged, as objects. */
  log: Record<string, unknown>[];
  /** The header of a user who is logged in. */
  as(user: string, claims?: Record<string, unknown>): { authorization: string };
  close(): Promise<void>;
}

/** @param settings what AS_API_CONFIG_FILE holds */
export async function accessApp(environment: Environment = {}, settings = ""): Promise<AccessApp> {
  const root = mkdtempSync(join(tmpdir(), "access-app-"));
  await migrate(databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root }), {
    databases: ["api", "runners"],
  });
  const log: Record<string, unknown>[] = [];
  const logger = pino(
    { level: "info" },
    { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const now = new Date();
  const secrets = { SECRET_KEY: KEY, AS_API_SECRET_TOKEN: SERVICE_TOKEN };
  const services = testServices(
    { PROTECTION_LEVEL: "ALL", ...secrets, ...environment },
    { root, clock: () => now, settings },
  );
  const renderPool = scriptedPool();
  const app = await buildApp({ ...services, logger, renderPool });
  return {
    app,
    databases: services.databases,
    root,
    now,
    log,
    as: (user, claims = {}) => ({ authorization: `Bearer ${craftToken(claimsOf(user, now, claims))}` }),
    close: async () => {
      await app.close();
      await renderPool.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
