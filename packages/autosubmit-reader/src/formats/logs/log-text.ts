/** Bytes of logs as text and lines (formats reference §5.1). Nothing here fails on any bytes. */

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

/**
 * The text of a log's lines: each line is UTF-8 where its bytes are valid UTF-8 and latin1 otherwise, so that one program
 * that writes latin1 into a log does not spoil the lines of the others.
 *
 * differs: the reference fails on bytes that are not UTF-8.
 */
export function decodeLogText(bytes: Uint8Array): string {
  const whole = decodeUtf8(bytes);
  if (whole !== null) return whole;
  const buffer = asBuffer(bytes);
  const texts: string[] = [];
  for (let start = 0; start < buffer.length; ) {
    const newline = buffer.indexOf(NEWLINE, start);
    const end = newline < 0 ? buffer.length : newline + 1;
    const line = buffer.subarray(start, end);
    texts.push(decodeUtf8(line) ?? line.toString("latin1"));
    start = end;
  }
  return texts.join("");
}

/** Where text starts that is not the rest of a character: `bytes` were cut out of a UTF-8 text. */
export function firstWholeCharacter(bytes: Uint8Array): number {
  let start = 0;
  while (start < 3 && start < bytes.length && isContinuation(bytes[start])) start += 1;
  return start < 3 || !isContinuation(bytes[start]) ? start : 0;
}

/** Where text ends that is not the beginning of a character; a file that is being written may end in the middle of one. */
export function lastWholeCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Where the last `count` lines start; a newline at the very end ends a line and starts none. */
export function startOfLastLines(bytes: Uint8Array, count: number): number {
  const buffer = asBuffer(bytes);
  let position = buffer.length;
  if (count <= 0) return position;
  if (buffer[position - 1] === NEWLINE) position -= 1;
  for (let line = 0; line < count; line += 1) {
    const newline = position <= 0 ? -1 : buffer.lastIndexOf(NEWLINE, position - 1);
    if (newline < 0) return 0;
    position = newline;
  }
  return position + 1;
}

/** The lines of a text as `\n` or `\r\n` ends them, without their ends; progress bars keep their inner `\r`. */
export function splitLines(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at these.
const PYTHON_LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** As `splitlines` of Python, which also ends lines at form feeds, `\x85`, U+2028 and other separators (§5.1). */
export function splitLinesLikePython(text: string): string[] {
  const lines = text.split(PYTHON_LINE_END);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** As Python reads text files and strips what is read: lines end at `\n`, `\r\n` and `\r`; blanks at their ends are gone. */
export function splitLinesStripped(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r]/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map(stripEnd);
}

function stripEnd(line: string): string {
  let end = line.length;
  while (end > 0 && isPythonBlank(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(0, end);
}

/** Python counts four separators and `\x85` among blanks, and not U+FEFF. */
function isPythonBlank(unit: number): boolean {
  if ((unit >= 0x1c && unit <= 0x1f) || unit === 0x85) return true;
  return unit !== 0xfeff && /\s/.test(String.fromCharCode(unit));
}

/** A line's bytes without a carriage return at their end. */
export function withoutCarriageReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
