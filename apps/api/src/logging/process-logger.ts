import { ConfigurationError } from "@autosubmit-api/settings";
import { type Logger, pino } from "pino";

/** The log of the whole process, and how to go on in a new file once somebody moved the present one away. */
export interface ProcessLogger {
  logger: Logger;
  /** Opens the log file anew under its name; null for standard output. */
  reopen: (() => void) | null;
}

/** Lines that wait for a disk that is full, in bytes; further ones are lost. */
const LONGEST_BACKLOG = 1024 * 1024;
const GROUP_MAY_READ = 0o640;

/**
 * One line each, written at once: no line is lost when the process ends right after, and lines are in the order of events.
 * A log that cannot be written, the disk being full for example, is said on standard error and stops nothing.
 * @param logFile null for standard output
 * @throws ConfigurationError when the file cannot be opened
 */
export function createProcessLogger({ level, logFile }: { level: string; logFile: string | null }): ProcessLogger {
  const destination = openDestination(logFile);
  let failed = false;
  destination.on("error", (error: Error) => {
    if (!failed) process.stderr.write(`autosubmit-api: the log cannot be written: ${error.message}\n`);
    failed = true;
  });
  destination.on("drain", () => {
    failed = false;
  });
  const logger = pino({ name: "autosubmit-api", level }, destination);
  if (logFile === null) return { logger, reopen: null };
  const reopen = () => {
    try {
      destination.reopen();
    } catch (error) {
      logger.error({ err: error, logFile }, "the log file cannot be opened anew; going on in the old one");
    }
  };
  return { logger, reopen };
}

function openDestination(logFile: string | null) {
  const options = { sync: true, append: true, maxLength: LONGEST_BACKLOG, mode: GROUP_MAY_READ };
  try {
    return pino.destination({ ...options, dest: logFile ?? 1 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new ConfigurationError(
      `AS_API_LOG_FILE: ${logFile} cannot be opened for writing (${code}); its folder must exist`,
    );
  }
}
