import { Readable, type Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { UnsupportedFormatError } from "../../errors.js";
import type { OpenedFile } from "../../site/file-calls.js";

/** How a log is compressed, told from its first bytes whatever its name says (formats reference §5.1). */
export type LogCompression = "none" | "xz" | "gzip";

const XZ = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
const GZIP = Buffer.from([0x1f, 0x8b]);
const XZ_END = Buffer.from("YZ", "latin1");
const CHUNK_BYTES = 64 * 1024;

/** @param head the first six bytes of the file, or all of a shorter one */
export function detectCompression(head: Uint8Array): LogCompression {
  if (XZ.equals(head.subarray(0, XZ.length))) return "xz";
  return GZIP.equals(head.subarray(0, GZIP.length)) ? "gzip" : "none";
}

/** What one decompression may cost. */
export interface DecodeLimits {
  maxDecodedBytes: number;
  maxMs: number;
}

/**
 * Why a decompression ended: the whole log, the reader had enough, a file that ends too early (it is being written, or
 * was cut), one that is damaged, or a limit.
 */
export type DecodeEnd = "whole" | "enough" | "truncated" | "damaged" | "limit";

/** A regular file that is open, and how long it was then. */
export interface OpenFile {
  handle: OpenedFile;
  sizeBytes: number;
}

/**
 * Decompresses a log piece by piece, in the thread pool. Whatever could be decompressed before the end is given, also of
 * truncated and damaged files.
 *
 * differs: the reference answers a truncated file with an error.
 * @param take is given each piece; it answers false when it has enough
 * @throws UnsupportedFormatError for `.xz` on a platform without the decompressor
 */
export async function decodeLog(
  file: OpenFile,
  compression: "xz" | "gzip",
  limits: DecodeLimits,
  take: (piece: Buffer) => boolean,
): Promise<DecodeEnd> {
  const decoder = compression === "gzip" ? createGunzip() : await createXzDecoder();
  const ended = await runDecoder(file, decoder, limits, take);
  if (ended !== "whole" || compression === "gzip") return ended;
  return (await endsLikeXz(file)) ? "whole" : "truncated";
}

/** Loaded when the first .xz is read: there is no build of it for every platform, and the rest works without. */
async function createXzDecoder(): Promise<Transform> {
  try {
    const { createUnxz } = await import("node-liblzma");
    // A Transform whose types were written without exactOptionalPropertyTypes.
    return createUnxz() as unknown as Transform;
  } catch (cause) {
    throw new UnsupportedFormatError("Logs compressed with xz cannot be read on this platform", { cause });
  }
}

function runDecoder(
  file: OpenFile,
  decoder: Transform,
  limits: DecodeLimits,
  take: (piece: Buffer) => boolean,
): Promise<DecodeEnd> {
  return new Promise((resolve) => {
    const input = Readable.from(blocksOf(file), { objectMode: false });
    let decodedBytes = 0;
    const finish = (end: DecodeEnd) => {
      clearTimeout(timer);
      input.unpipe(decoder);
      input.destroy();
      decoder.destroy();
      resolve(end);
    };
    const timer = setTimeout(() => finish("limit"), limits.maxMs);
    // Taken as they come, not by iteration: an error would throw away pieces that are waiting to be iterated over.
    decoder.on("data", (piece: Buffer) => {
      decodedBytes += piece.length;
      if (!take(piece)) finish("enough");
      else if (decodedBytes >= limits.maxDecodedBytes) finish("limit");
    });
    decoder.on("end", () => finish("whole"));
    decoder.on("error", (error) => finish(isTruncation(error) ? "truncated" : "damaged"));
    input.on("error", () => finish("damaged"));
    input.pipe(decoder);
  });
}

/** The file's bytes; a stream of its own would close the file. */
async function* blocksOf({ handle, sizeBytes }: OpenFile): AsyncGenerator<Buffer, void, undefined> {
  for (let position = 0; position < sizeBytes; ) {
    const block = Buffer.alloc(Math.min(CHUNK_BYTES, sizeBytes - position));
    const { bytesRead } = await handle.read(block, 0, block.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield block.subarray(0, bytesRead);
  }
}

function isTruncation(error: Error): boolean {
  return "code" in error && error.code === "Z_BUF_ERROR";
}

/** The decompressor takes a file that ends too early for a whole one; a whole one ends in `YZ` and zeros. */
async function endsLikeXz({ handle, sizeBytes }: OpenFile): Promise<boolean> {
  const end = Buffer.alloc(Math.min(sizeBytes, CHUNK_BYTES));
  const { bytesRead } = await handle.read(end, 0, end.length, sizeBytes - end.length);
  let length = bytesRead;
  while (length > 0 && end[length - 1] === 0) length -= 1;
  return XZ_END.equals(end.subarray(Math.max(0, length - 2), length));
}
