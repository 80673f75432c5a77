import { databaseFiles, siteDatabases } from "@autosubmit-api/db";
import { parseSettingsFile, readSecrets } from "@autosubmit-api/settings";
import { pino } from "pino";
import { buildApp } from "../app.js";
import { loginProviders } from "../auth/login-providers.js";
import { readConfig } from "../config/config.js";
import { RenderPool } from "../render/render-pool.js";
import type { OpenApiDocument } from "./document.js";

/**
 * The API's description, without a site and without serving anything: every route is registered on services that are never
 * asked. What it says does not depend on settings.
 */
export async function describeApi(): Promise<OpenApiDocument> {
  const logger = pino({ level: "silent" });
  const config = readConfig({});
  const secrets = readSecrets({});
  const nowhere = "/nonexistent";
  const renderPool = new RenderPool(
    {
      threadFile: new URL("../render/render-thread.js", import.meta.url).href,
      thread: { environment: {}, workingDirectory: nowhere, timeZone: "UTC", sourceCacheBytes: 0 },
      threads: 1,
      heapMb: 64,
      queueLimit: 1,
      timeoutMs: 1,
      fileTimeoutMs: 1,
      experimentOf: () => null,
      answerCacheBytes: 0,
      logger,
    },
    () => new Date(),
  );
  const app = await buildApp({
    config,
    secrets,
    settingsFile: parseSettingsFile("", ""),
    logger,
    renderPool,
    databases: siteDatabases(databaseFiles({ dbDir: nowhere, dbFile: "autosubmit.db", localRootDir: nowhere })),
    login: loginProviders(config, secrets, []),
    runnerPlace: { environment: {}, home: nowhere, launcherFile: nowhere },
    clock: () => new Date(),
  });
  try {
    await app.ready();
    return app.swagger() as unknown as OpenApiDocument;
  } finally {
    await app.close();
    await renderPool.close();
  }
}
