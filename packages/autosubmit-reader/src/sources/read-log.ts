import type { DecodeEnd, DecodeLimits } from "../formats/logs/log-decoder.js";
import { type LogTail, readLogTail, type TailSize } from "../formats/logs/log-tail.js";
import { decodeLogText, splitLines, splitLinesLikePython, splitLinesStripped } from "../formats/logs/log-text.js";
import type { OpenLog } from "./log-files.js";

/** What one read of a compressed log may cost. */
export const DECODE_LIMITS: DecodeLimits = { maxDecodedBytes: 4 * 2 ** 30, maxMs: 30_000 };

/** The last lines of a log. */
export interface LogTailText {
  lines: string[];
  /** Whether the first line's beginning is missing, because it is too long. */
  isCut: boolean;
  /** Whether these are all lines of the log. */
  isWhole: boolean;
  /** `whole` unless a compressed log could not be read to its end; the lines are then the last ones that could. */
  end: DecodeEnd;
}

/**
 * How text becomes lines: at `\n` and `\r\n`; or as the reference's answers have it, which depends on the compression
 * (formats reference §5.1).
 */
export type LineRule = "newlines" | "reference";

/**
 * The last lines of a log, of any size and encoding: milliseconds for a plain one of 16 GB, at most 30 s and 4 GiB of
 * text for a compressed one.
 * @throws UnsupportedFormatError for `.xz` on a platform without the decompressor
 */
export async function readTailOfLog(log: OpenLog, size: TailSize, rule: LineRule = "newlines"): Promise<LogTailText> {
  const tail = await readLogTail(log, log.compression, size, DECODE_LIMITS);
  const { isCut, isWhole, end } = tail;
  return { lines: linesOf(tail, log, size.lines, rule), isCut, isWhole, end };
}

function linesOf({ bytes }: LogTail, { compression }: OpenLog, count: number, rule: LineRule): string[] {
  const text = decodeLogText(bytes);
  if (rule === "newlines") return splitLines(text);
  // The reference counts lines of plain logs before it splits them once more, and those of compressed logs after it.
  return compression === "none" ? splitLinesLikePython(text) : splitLinesStripped(text).slice(-count);
}

/** What to tell people about a log that was not read to its end, or not from a line's beginning; null when all is well. */
export function tailRemark({ end, isCut }: Pick<LogTailText, "end" | "isCut">): string | null {
  const remarks = [REMARKS[end], isCut ? "The first line is too long to be shown from its beginning." : null];
  const told = remarks.filter((remark) => remark !== null);
  return told.length === 0 ? null : told.join(" ");
}

const REMARKS: Record<DecodeEnd, string | null> = {
  whole: null,
  enough: null,
  truncated: "The compressed log ends too early: it is still being written, or was cut.",
  damaged: "The compressed log is damaged; what follows cannot be read.",
  limit: "The log is too large to be decompressed to its end; these are not its last lines.",
};
