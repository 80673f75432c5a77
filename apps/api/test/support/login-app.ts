import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AuditEntry, databaseFiles, migrate } from "@autosubmit-api/db";
import type { Environment } from "@autosubmit-api/settings";
import { pino } from "pino";
import { buildApp } from "../../src/app.js";
import type { RouteApp } from "../../src/routes/route-app.js";
import { scriptedPool } from "./scripted-pool.js";
import { testServices } from "./services.js";

/** The application with databases of its own, listening. */
export interface LoginApp {
  app: RouteApp;
  url: string;
  /** Lines of the log, as they are written. */
  log: string[];
  /** The audit trail, newest first. */
  audited(): Promise<AuditEntry[]>;
  close(): Promise<void>;
}

export async function startLoginApp(
  environment: Environment,
  allowedClients: readonly string[] = [],
): Promise<LoginApp> {
  const root = mkdtempSync(join(tmpdir(), "login-app-"));
  const files = databaseFiles({ dbDir: root, dbFile: "autosubmit.db", localRootDir: root });
  await migrate(files, { databases: ["api"] });
  const log: string[] = [];
  const logger = pino({ level: "info" }, { write: (line) => void log.push(line) });
  const pool = scriptedPool({ logger });
  const services = testServices(
    { SECRET_KEY: "k".repeat(40), AS_API_RATE_LIMIT_LOGINS: "0", ...environment },
    { root, allowedClients },
  );
  const app = await buildApp({ ...services, logger, renderPool: pool });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    app,
    url,
    log,
    audited: () => services.databases.audit.list({}, 100),
    close: async () => {
      await app.close();
      await pool.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
