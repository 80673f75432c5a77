import { type DecodeEnd, type DecodeLimits, decodeLog, type LogCompression, type OpenFile } from "./log-decoder.js";
import { firstWholeCharacter, lastWholeCharacter, startOfLastLines } from "./log-text.js";

/** The end of a log. */
export interface LogTail {
  /** Whole lines, unless `isCut`; no part of a character at either end. */
  bytes: Buffer;
  /** Whether the first line is longer than what was read, so that its beginning is missing. */
  isCut: boolean;
  /** Whether the log starts here. */
  isWhole: boolean;
  /** How the decompression ended; `whole` for plain logs. */
  end: DecodeEnd;
}

export interface TailSize {
  lines: number;
  /** Longer ends are cut at their beginning. */
  maxBytes: number;
}

const BLOCK_BYTES = 64 * 1024;

/** The last lines of a log of any size: a plain one is read backwards from its end, a compressed one decompressed. */
export async function readLogTail(
  file: OpenFile,
  compression: LogCompression,
  size: TailSize,
  limits: DecodeLimits,
): Promise<LogTail> {
  if (compression === "none") return cutTail({ ...(await readEnd(file, size)), end: "whole" }, size);
  return cutTail(await decodeEnd(file, compression, size, limits), size);
}

type Ending = { bytes: Buffer; isWhole: boolean; end: DecodeEnd };

/** Reads blocks from the end until they hold the lines. */
async function readEnd({ handle, sizeBytes }: OpenFile, size: TailSize): Promise<Omit<Ending, "end">> {
  const blocks: Buffer[] = [];
  let start = sizeBytes;
  let newlines = 0;
  // One newline more than lines: the one before the first line.
  while (start > 0 && newlines <= size.lines && sizeBytes - start < size.maxBytes) {
    const length = Math.min(BLOCK_BYTES, start, size.maxBytes - (sizeBytes - start));
    start -= length;
    const block = Buffer.alloc(length);
    const { bytesRead } = await handle.read(block, 0, length, start);
    // Shorter than it was: the file was cut meanwhile, and what follows is not there either.
    if (bytesRead < length) blocks.length = 0;
    blocks.unshift(block.subarray(0, bytesRead));
    newlines += countNewlines(block.subarray(0, bytesRead));
  }
  return { bytes: Buffer.concat(blocks), isWhole: start === 0 };
}

/** Decompresses everything and keeps no more than the end. */
async function decodeEnd(
  file: OpenFile,
  compression: "xz" | "gzip",
  size: TailSize,
  limits: DecodeLimits,
): Promise<Ending> {
  const pieces: Buffer[] = [];
  let kept = 0;
  let isWhole = true;
  const end = await decodeLog(file, compression, limits, (piece) => {
    pieces.push(piece);
    kept += piece.length;
    for (let first = pieces[0]; first !== undefined && kept - first.length >= size.maxBytes; first = pieces[0]) {
      pieces.shift();
      kept -= first.length;
      isWhole = false;
    }
    return true;
  });
  return { bytes: Buffer.concat(pieces), isWhole, end };
}

function cutTail({ bytes, isWhole, end }: Ending, size: TailSize): LogTail {
  const tooLong = bytes.length > size.maxBytes;
  const last = tooLong ? bytes.subarray(bytes.length - size.maxBytes) : bytes;
  const start = startOfLastLines(last, size.lines);
  const startsInLine = start === 0 && (tooLong || !isWhole);
  const kept = last.subarray(startsInLine ? firstWholeCharacter(last) : start);
  return {
    bytes: kept.subarray(0, lastWholeCharacter(kept)),
    isCut: startsInLine && size.lines > 0,
    isWhole: start === 0 && isWhole && !tooLong,
    end,
  };
}

function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}
