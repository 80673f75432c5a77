import { promisify } from "node:util";
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  constants,
  gunzip,
  gzip,
  gzipSync,
  type ZlibOptions,
} from "node:zlib";

/** How bytes are packed for their way (RFC 9110 §8.4.1): not at all, Brotli or gzip. */
export type ContentCoding = "identity" | "br" | "gzip";

/** Smaller bodies fit into one packet with their headers, so that packing them saves nothing. */
const LEAST_BYTES = 1_400;
/** Larger bodies are packed with less effort: measured, see bench/NOTES.md. */
const LARGE_BYTES = 1024 * 1024;
/** What is packed grows in few and large steps: each costs a call and, off the thread, an event. */
const LARGEST_CHUNK_BYTES = 256 * 1024;

/** The coding that bytes of this size get where a client takes `wanted`. */
export function codingFor(wanted: ContentCoding, sizeBytes: number): ContentCoding {
  return sizeBytes < LEAST_BYTES ? "identity" : wanted;
}

/** Packs, on the calling thread, into a buffer of its own that can be transferred. The same bytes always give the same bytes. */
export function compress(bytes: Uint8Array, coding: ContentCoding): Uint8Array {
  if (coding === "identity") return bytes;
  const packed =
    coding === "br"
      ? brotliCompressSync(bytes, brotliOptions(bytes.byteLength))
      : gzipSync(bytes, gzipOptions(bytes.byteLength));
  // Buffers of Node may be part of a pool, or of a chunk that is larger.
  return packed.byteLength === packed.buffer.byteLength ? packed : Uint8Array.from(packed);
}

const packers = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const unpackers = { br: promisify(brotliDecompress), gzip: promisify(gunzip) };

/** The same content in another coding; the work is done by Node's own threads. */
export async function recode(bytes: Uint8Array, from: ContentCoding, to: ContentCoding): Promise<Uint8Array> {
  if (from === to) return bytes;
  const plain = from === "identity" ? bytes : await unpackers[from](bytes, { chunkSize: LARGEST_CHUNK_BYTES });
  if (to === "identity") return plain;
  return to === "br"
    ? packers.br(plain, brotliOptions(plain.byteLength))
    : packers.gzip(plain, gzipOptions(plain.byteLength));
}

function brotliOptions(sizeBytes: number): BrotliOptions {
  return {
    chunkSize: chunkBytes(sizeBytes),
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: sizeBytes < LARGE_BYTES ? 4 : 1,
      [constants.BROTLI_PARAM_SIZE_HINT]: sizeBytes,
    },
  };
}

function gzipOptions(sizeBytes: number): ZlibOptions {
  return { chunkSize: chunkBytes(sizeBytes), level: sizeBytes < LARGE_BYTES ? 6 : 3 };
}

function chunkBytes(sizeBytes: number): number {
  return Math.min(LARGEST_CHUNK_BYTES, Math.max(LEAST_BYTES, Math.ceil(sizeBytes / 2)));
}
