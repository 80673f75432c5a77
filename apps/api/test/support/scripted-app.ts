import { Writable } from "node:stream";
import type { Environment } from "@autosubmit-api/settings";
import { pino } from "pino";
import { buildApp } from "../../src/app.js";
import type { RenderPool, RenderPoolSettings } from "../../src/render/render-pool.js";
import type { RouteApp } from "../../src/routes/route-app.js";
import { scriptedPool } from "./scripted-pool.js";
import { testServices } from "./services.js";

/** The application over scripted threads: the experiment in a URL says what its thread does. */
export interface ScriptedApp {
  app: RouteApp;
  pool: RenderPool;
  /** What was logged, as objects. */
  log: Record<string, unknown>[];
  close(): Promise<void>;
}

export async function scriptedApp(
  environment: Environment = {},
  poolSettings: Partial<RenderPoolSettings> = {},
): Promise<ScriptedApp> {
  const log: Record<string, unknown>[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      log.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
  const logger = pino({ level: "info" }, sink);
  const services = testServices(environment);
  const pool = scriptedPool({ logger, ...poolSettings });
  const app = await buildApp({ ...services, logger, renderPool: pool });
  const close = async () => {
    await app.close();
    await pool.close();
  };
  return { app, pool, log, close };
}
