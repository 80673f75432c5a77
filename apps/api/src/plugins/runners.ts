import { DatabaseError } from "@autosubmit-api/db";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Runners } from "../runners/open-runners.js";

/** Runs that nobody asks about are looked after all the same, so that they do not stay ACTIVE for ever. */
const REFRESH_MS = 30_000;

/** Looks after runs while the application is open. They go on when it closes. */
export function registerRunners(app: FastifyInstance, { runs, hosts }: Runners, logger: Logger): void {
  let timer: NodeJS.Timeout | null = null;
  const refresh = async () => {
    try {
      await runs.refreshAll();
    } catch (error) {
      const level = error instanceof DatabaseError ? "warn" : "error";
      logger[level]({ component: "runners", err: error }, "runs could not be looked after");
    }
  };
  app.addHook("onListen", () => {
    timer = setInterval(refresh, REFRESH_MS).unref();
    void refresh();
  });
  app.addHook("onClose", async () => {
    if (timer !== null) clearInterval(timer);
    await hosts.close();
  });
}
