import type { AuditRepository } from "@autosubmit-api/db";
import type { Logger } from "pino";

const EVERY_MS = 6 * 3_600_000;

/**
 * Removes audit entries whose time is over, now and every six hours. What fails is tried again the next time.
 * @returns stops it
 */
export function startAuditRetention(entries: AuditRepository, clock: () => Date, logger: Logger): () => void {
  const log = logger.child({ component: "audit" });
  const remove = async () => {
    try {
      const removed = await entries.removeExpired(clock());
      if (removed > 0) log.info({ removed }, "audit entries removed whose time was over");
    } catch (error) {
      log.warn({ err: error }, "audit entries whose time is over could not be removed");
    }
  };
  void remove();
  const timer = setInterval(() => void remove(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
