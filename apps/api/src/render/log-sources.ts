import { type LineIndex, type LogFile, type LogTailText, readTailOfLog, withLog } from "autosubmit-reader";
import { LRUCache } from "lru-cache";
import type { Source } from "./snapshot.js";

/** What `/v3` shows of a log. */
const SHOWN_LINES = 150;
/** Longer lines are cut at the beginning of what is shown: browsers cannot show more anyway. */
const SHOWN_BYTES = 1024 * 1024;

/**
 * The last lines of a log as `/v3` shows them, kept while the log stays as it is: a large compressed one takes seconds.
 * Null when it went away meanwhile.
 */
export function logTailOf({ folder, name, path, sizeBytes, modifiedAt }: LogFile): Source<LogTailText | null> {
  return {
    name: `log-tail/${folder}/${name}`,
    fingerprint: async () => `${path}:${sizeBytes}:${modifiedAt}`,
    read: ({ experiment }) =>
      withLog(experiment, { folder, name }, (log) =>
        readTailOfLog(log, { lines: SHOWN_LINES, maxBytes: SHOWN_BYTES }, "reference"),
      ),
    sizeBytes: (tail) => (tail?.lines ?? []).reduce((bytes, line) => bytes + 2 * line.length + 50, 100),
  };
}

const INDEXED_LOGS = 200;

/** Where the lines of the logs start that were read last; each knows itself whether it still holds. */
export const LINE_INDEXES = new LRUCache<string, LineIndex>({ max: INDEXED_LOGS });
