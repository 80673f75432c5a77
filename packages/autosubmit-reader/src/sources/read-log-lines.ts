import { createLineIndex, type LineIndex, markBefore, markBeforeByte } from "../formats/logs/line-index.js";
import { createLineScanner, type ScannedLine, textOfStretch } from "../formats/logs/line-scanner.js";
import { type DecodeEnd, decodeLog } from "../formats/logs/log-decoder.js";
import type { OpenLog } from "./log-files.js";
import { DECODE_LIMITS } from "./read-log.js";

export type { LineIndex } from "../formats/logs/line-index.js";

/** Which lines of a log are wanted. */
export interface LineRequest {
  /** The first one, 0-based. */
  from: number;
  /** How many at most. */
  count: number;
  /** Only lines that contain this text, in any case; null for all. */
  search: string | null;
}

/** Lines of a log, or those of them that contain a text. */
export interface LogLines {
  lines: ScannedLine[];
  /** What to ask for next; null at the log's end. Where time ran out before the first line, the request's own `from`. */
  nextLine: number | null;
  /** Null until the end was seen once. */
  totalLines: number | null;
  end: DecodeEnd;
  /** To be given to the next read of this log. */
  index: LineIndex;
}

/** What one answer holds at most; longer stretches end earlier. */
const MOST_TEXT = 4 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
const PLAIN_MS = 10_000;
const NEWLINE = 10;

/**
 * Lines of a log of any size, in constant memory and at most 10 s (30 s for a compressed one): where that is not enough to
 * get to the first line, the next read goes on from the index.
 * @param known the index of the last read of the same file; checked before it is used
 */
export async function readLogLines(log: OpenLog, request: LineRequest, known: LineIndex | null): Promise<LogLines> {
  const index = known !== null && (await stillHolds(log, known)) ? known : createLineIndex();
  const wanted = request.search?.toLowerCase() ?? null;
  const lines: ScannedLine[] = [];
  let textLength = 0;
  const scanner = createLineScanner({
    start: markBefore(index, request.from),
    from: request.from,
    index,
    take: (line) => {
      if (wanted === null || line.text.toLowerCase().includes(wanted)) {
        lines.push(line);
        textLength += line.text.length;
      }
      return lines.length < request.count && textLength < MOST_TEXT;
    },
  });
  const start = markBefore(index, request.from).offset;
  const end = request.count <= 0 ? "enough" : await scan(log, start, (piece) => scanner.push(piece));
  if (end === "whole" || end === "truncated" || end === "damaged") scanner.end();
  const isEnd = end === "whole" || end === "truncated" || end === "damaged";
  return {
    lines,
    nextLine: isEnd ? null : Math.max(request.from, scanner.nextLine),
    totalLines: index.total?.lines ?? null,
    end,
    index,
  };
}

/** A stretch of a log's text, as bytes count after decompression. */
export interface LogStretch {
  text: string;
  /** Where it starts and ends; the end is not part of it. */
  start: number;
  end: number;
  decodeEnd: DecodeEnd;
}

/** Reads bytes `start` to `end` of a log's text, at most 4 MiB. */
export async function readLogBytes(log: OpenLog, start: number, end: number): Promise<LogStretch> {
  const length = Math.min(Math.max(0, end - start), MOST_TEXT);
  const parts: Buffer[] = [];
  let kept = 0;
  const decodeEnd = await scan(log, start, (piece) => {
    const part = Buffer.from(piece.subarray(0, length - kept));
    parts.push(part);
    kept += part.length;
    return kept < length;
  });
  const bytes = Buffer.concat(parts);
  return { text: textOfStretch(bytes, start === 0), start, end: start + bytes.length, decodeEnd };
}

/** An index is of no use once another text stands in its file; appending to it does no harm. */
async function stillHolds(log: OpenLog, index: LineIndex): Promise<boolean> {
  if (log.compression !== "none") return true;
  const last = markBeforeByte(index, log.sizeBytes);
  if (last !== index.marks.at(-1)) return false;
  if (index.total !== null && index.total.bytes !== log.sizeBytes) index.total = null;
  if (last.offset === 0) return true;
  const before = Buffer.alloc(1);
  const { bytesRead } = await log.handle.read(before, 0, 1, last.offset - 1);
  return bytesRead === 1 && before[0] === NEWLINE;
}

/** Gives the text from a byte on, piece by piece. A compressed log is decompressed from its start, and that skipped. */
async function scan(log: OpenLog, start: number, take: (piece: Buffer) => boolean): Promise<DecodeEnd> {
  if (log.compression === "none") return scanPlain(log, start, take);
  let skipped = 0;
  return decodeLog(log, log.compression, DECODE_LIMITS, (piece) => {
    const from = Math.min(piece.length, start - skipped);
    skipped += from;
    return from === piece.length || take(piece.subarray(from));
  });
}

async function scanPlain(
  { handle, sizeBytes }: OpenLog,
  start: number,
  take: (piece: Buffer) => boolean,
): Promise<DecodeEnd> {
  const deadline = performance.now() + PLAIN_MS;
  const buffer = Buffer.alloc(PIECE_BYTES);
  for (let position = start; position < sizeBytes; ) {
    if (performance.now() > deadline) return "limit";
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, sizeBytes - position), position);
    if (bytesRead === 0) return "whole";
    position += bytesRead;
    if (!take(buffer.subarray(0, bytesRead))) return "enough";
  }
  return "whole";
}
