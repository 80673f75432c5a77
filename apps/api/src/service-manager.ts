import { execFile } from "node:child_process";
import type { Environment } from "@autosubmit-api/settings";
import type { Logger } from "pino";

/** What systemd is told of the process's life (`Type=notify`, `WatchdogSec=`). */
export interface ServiceManager {
  /** Requests are answered from now on; the watchdog is fed until `stopping`. */
  ready(): void;
  stopping(): void;
}

const NOBODY: ServiceManager = { ready: () => undefined, stopping: () => undefined };
/** A message that cannot be delivered must not pile up processes. */
const DELIVERY_TIMEOUT_MS = 5_000;
/** The part of systemd's time-out after which it hears again; systemd recommends half. */
const FEEDING_SHARE = 1 / 3;

/**
 * The service manager that started this process, or nobody. Messages go through `systemd-notify`, since Node has no
 * datagram sockets of the local kind; that program is there wherever `NOTIFY_SOCKET` is, being part of systemd. The unit
 * needs `NotifyAccess=all`, since the messages come from a child process.
 *
 * The watchdog is fed by a timer of the event loop: a loop that stands still is restarted by systemd.
 */
export function findServiceManager(environment: Environment, logger: Logger): ServiceManager {
  const { NOTIFY_SOCKET, WATCHDOG_USEC, PATH = "/usr/bin:/bin" } = environment;
  if (NOTIFY_SOCKET === undefined) return NOBODY;
  let toldOfFailure = false;
  const tell = (message: string) => {
    const options = { env: { NOTIFY_SOCKET, PATH }, timeout: DELIVERY_TIMEOUT_MS };
    execFile("systemd-notify", [message], options, (error) => {
      if (error !== null && !toldOfFailure) logger.warn({ err: error }, "systemd cannot be told of this process");
      toldOfFailure = error !== null;
    }).unref();
  };
  let feeding: NodeJS.Timeout | undefined;
  return {
    ready: () => {
      tell("READY=1");
      const periodMs = (Number(WATCHDOG_USEC) / 1_000) * FEEDING_SHARE;
      if (Number.isFinite(periodMs) && periodMs > 0) feeding = setInterval(() => tell("WATCHDOG=1"), periodMs).unref();
    },
    stopping: () => {
      clearInterval(feeding);
      tell("STOPPING=1");
    },
  };
}
