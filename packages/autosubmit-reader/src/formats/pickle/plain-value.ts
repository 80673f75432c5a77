import { unescapeRawUnicode, unescapeString } from "./escapes.js";

/** Node's own decoders, which its type definitions leave out: a third less time for short texts than `toString`. */
interface SliceableBuffer extends Buffer {
  utf8Slice(start: number, end: number): string;
}

/** What a single opcode can push. */
export type PlainValue = string | number | bigint | boolean | null | Uint8Array;

/**
 * Decodes the number, text, bytes or constant behind a positive token (see tape.ts). The scan has checked that it is
 * complete and well formed, so nothing is checked again.
 */
export function readPlainValue(bytes: Buffer, token: number): PlainValue {
  switch (bytes[token - 1]) {
    case 0x8c: // SHORT_BINUNICODE
      return readUtf8(bytes, token + 1, token + 1 + (bytes[token] as number));
    case 0x58: // BINUNICODE
      return readUtf8(bytes, token + 4, token + 4 + bytes.readUInt32LE(token));
    case 0x8d: // BINUNICODE8
      return readUtf8(bytes, token + 8, token + 8 + bytes.readUInt32LE(token));
    case 0x4b: // BININT1
      return bytes[token] as number;
    case 0x4d: // BININT2
      return bytes.readUInt16LE(token);
    case 0x4a: // BININT
      return bytes.readInt32LE(token);
    case 0x4e: // NONE
      return null;
    case 0x88: // NEWTRUE
      return true;
    case 0x89: // NEWFALSE
      return false;
    case 0x47: // BINFLOAT
      return bytes.readDoubleBE(token);
    case 0x8a: // LONG1
      return readLong(bytes, token + 1, bytes[token] as number);
    case 0x8b: // LONG4
      return readLong(bytes, token + 4, bytes.readInt32LE(token));
    case 0x43: // SHORT_BINBYTES
      return readBytes(bytes, token + 1, bytes[token] as number);
    case 0x42: // BINBYTES
      return readBytes(bytes, token + 4, bytes.readUInt32LE(token));
    case 0x8e: // BINBYTES8
    case 0x96: // BYTEARRAY8
      return readBytes(bytes, token + 8, bytes.readUInt32LE(token));
    case 0x55: // SHORT_BINSTRING
      return bytes.toString("latin1", token + 1, token + 1 + (bytes[token] as number));
    case 0x54: // BINSTRING
      return bytes.toString("latin1", token + 4, token + 4 + bytes.readInt32LE(token));
    default:
      return readLine(bytes, token);
  }
}

/** The values of protocol 0, which are written as a line of text. */
function readLine(bytes: Buffer, token: number): PlainValue {
  const line = bytes.toString("latin1", token, bytes.indexOf(0x0a, token));
  switch (bytes[token - 1]) {
    case 0x53: // STRING
      return unescapeString(line.slice(1, -1));
    case 0x56: // UNICODE
      return unescapeRawUnicode(line);
    case 0x46: // FLOAT
      return readFloat(line);
    default: // INT, LONG
      if (line === "00") return false;
      if (line === "01") return true;
      return narrow(BigInt(line.replace(/^\+|L$/g, "")));
  }
}

function readFloat(text: string): number {
  const lowered = text.trim().toLowerCase();
  if (lowered.endsWith("nan")) return Number.NaN;
  if (lowered.endsWith("inf") || lowered.endsWith("infinity")) return lowered.startsWith("-") ? -Infinity : Infinity;
  return Number(lowered);
}

/** A whole number stored in two's complement, least significant byte first. */
function readLong(bytes: Buffer, start: number, length: number): number | bigint {
  if (length === 0) return 0;
  if (length <= 6) return bytes.readIntLE(start, length);
  const digits = Buffer.from(bytes.subarray(start, start + length))
    .reverse()
    .toString("hex");
  return narrow(BigInt.asIntN(length * 8, BigInt(`0x${digits}`)));
}

function narrow(value: bigint): number | bigint {
  const narrowed = Number(value);
  return Number.isSafeInteger(narrowed) ? narrowed : value;
}

function readBytes(bytes: Buffer, start: number, length: number): Uint8Array {
  // A copy: a view would keep the whole file in memory.
  return new Uint8Array(bytes.subarray(start, start + length));
}

/**
 * UTF-8 in which Python also writes lone surrogates. What is not even that becomes U+FFFD.
 * differs: CPython refuses the whole pickle for it.
 */
function readUtf8(bytes: Buffer, start: number, end: number): string {
  const text = (bytes as SliceableBuffer).utf8Slice(start, end);
  return text.includes("\ufffd") ? readUtf8WithSurrogates(bytes.subarray(start, end), text) : text;
}

function readUtf8WithSurrogates(bytes: Buffer, replaced: string): string {
  const raw = bytes.toString("latin1");
  if (!/\xed[\xa0-\xbf][\x80-\xbf]/.test(raw)) return replaced;
  return raw
    .split(/(\xed[\xa0-\xbf][\x80-\xbf])/)
    .map((part, index) => (index % 2 === 0 ? Buffer.from(part, "latin1").toString("utf8") : surrogateOf(part)))
    .join("");
}

function surrogateOf(three: string): string {
  return String.fromCharCode(0xd000 | ((three.charCodeAt(1) & 0x3f) << 6) | (three.charCodeAt(2) & 0x3f));
}
