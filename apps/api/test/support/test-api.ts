import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type ExperimentSpec, type WrittenWorkspace, writeWorkspace } from "@autosubmit-api/fixtures";
import type { Environment } from "@autosubmit-api/settings";
import { pino } from "pino";
import { buildApp } from "../../src/app.js";
import { RenderPool } from "../../src/render/render-pool.js";
import type { RouteApp } from "../../src/routes/route-app.js";
import { builtProgram } from "./built-program.js";
import { testServices } from "./services.js";

/** The present moment of generated workspaces and of the API that serves them. */
export const NOW = new Date("2026-07-01T09:00:00Z");

/** The whole API on a workspace of its own, with real threads. */
export interface TestApi {
  app: RouteApp;
  /** The site's folder. */
  root: string;
  workspace: WrittenWorkspace;
  /** What was logged, as objects. */
  log: Record<string, unknown>[];
  /** The body of a GET that answers 200. */
  get<Body>(url: string): Promise<Body>;
  close(): Promise<void>;
}

export interface TestApiOptions {
  /** The API's own variables. */
  environment?: Environment;
  /** What AS_API_CONFIG_FILE holds, YAML. */
  settings?: string;
  /** Further variables that the site sees, such as `AS_ENV_…`. */
  siteEnvironment?: Environment;
  /** A folder with programs, first in the `PATH` of commands. */
  programs?: (root: string) => string;
  now?: Date;
  /** Moves the site elsewhere before the API starts; resolves with the configuration file of the new place. */
  move?: (workspace: WrittenWorkspace) => Promise<string>;
  /** Of the render threads. */
  timeoutMs?: number;
  threads?: number;
}

/** Writes the experiments and starts the API on them; it does not listen unless asked to. */
export async function startTestApi(
  experiments: readonly ExperimentSpec[],
  options: TestApiOptions = {},
): Promise<TestApi> {
  const { environment = {}, siteEnvironment = {}, now = NOW, timeoutMs = 60_000, threads = 1 } = options;
  const root = mkdtempSync(join(tmpdir(), "test-api-"));
  const workspace = writeWorkspace({ root, experiments, now });
  const log: Record<string, unknown>[] = [];
  const logger = pino(
    { level: "info" },
    { write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const threadEnvironment = {
    HOME: root,
    USER: "tester",
    AUTOSUBMIT_CONFIGURATION: (await options.move?.(workspace)) ?? workspace.configurationFile,
    ...siteEnvironment,
  };
  const renderPool = new RenderPool(
    {
      threadFile: pathToFileURL(join(await builtProgram(), "render/render-thread.js")).href,
      thread: { environment: threadEnvironment, workingDirectory: root, timeZone: "UTC", sourceCacheBytes: 64e6 },
      threads,
      heapMb: 512,
      queueLimit: 100,
      timeoutMs,
      fileTimeoutMs: 30_000,
      experimentOf: () => null,
      answerCacheBytes: 64e6,
      logger,
    },
    () => now,
  );
  const path = [options.programs?.(root) ?? "/bin", "/usr/bin", "/bin"].join(":");
  const services = testServices(environment, {
    root,
    clock: () => now,
    settings: options.settings ?? "",
    runnerPlace: {
      environment: { HOME: root, PATH: path },
      launcherFile: join(await builtProgram(), "runners/run-launcher.js"),
    },
  });
  const app = await buildApp({ ...services, logger, renderPool });
  return {
    app,
    root,
    workspace,
    log,
    get: async <Body>(url: string) => {
      const answer = await app.inject(url);
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
      return answer.json<Body>();
    },
    close: async () => {
      await app.close();
      await renderPool.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
