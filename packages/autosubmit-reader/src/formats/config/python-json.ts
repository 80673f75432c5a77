import { SourceCorruptError } from "../../errors.js";
import type { ConfigMap, ConfigValue } from "./config-value.js";

const MAX_DEPTH = 200;
const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const PLAIN_CHARACTERS = /[^"\\]*/y;
const LONGEST_INTEGER = 4300;

const WORDS: readonly (readonly [string, ConfigValue])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", { kind: "float", value: Number.NaN }],
  ["Infinity", { kind: "float", value: Number.POSITIVE_INFINITY }],
  ["-Infinity", { kind: "float", value: Number.NEGATIVE_INFINITY }],
];

interface JsonReader {
  text: string;
  position: number;
  /** Where the text came from, for messages. */
  source: string;
}

/**
 * Parses JSON as Python writes it: `NaN` and `Infinity` are words, whole numbers have no limit and are told from floats,
 * keys keep their order whatever they look like. Used for the stored configuration of runs (formats reference §2.3).
 * @param source what the text is, for messages
 * @throws SourceCorruptError with the offset of the first character that does not fit
 */
export function parsePythonJson(text: string, source: string): ConfigValue {
  const reader: JsonReader = { text, position: 0, source };
  skipBlanks(reader);
  const value = readValue(reader, 0);
  if (reader.position < text.length) throw unexpected(reader, "the end");
  return value;
}

function readValue(reader: JsonReader, depth: number): ConfigValue {
  if (depth > MAX_DEPTH) throw unexpected(reader, `at most ${MAX_DEPTH} levels`);
  const character = reader.text[reader.position];
  let value: ConfigValue;
  if (character === "{") value = readMap(reader, depth);
  else if (character === "[") value = readList(reader, depth);
  else if (character === '"') value = readText(reader);
  else value = readScalar(reader);
  skipBlanks(reader);
  return value;
}

function readMap(reader: JsonReader, depth: number): ConfigMap {
  const map: ConfigMap = new Map();
  forEachItem(reader, "}", () => {
    if (reader.text[reader.position] !== '"') throw unexpected(reader, "a key in quotes");
    const key = readText(reader);
    skipBlanks(reader);
    expect(reader, ":");
    map.set(key, readValue(reader, depth + 1));
  });
  return map;
}

function readList(reader: JsonReader, depth: number): ConfigValue[] {
  const items: ConfigValue[] = [];
  forEachItem(reader, "]", () => items.push(readValue(reader, depth + 1)));
  return items;
}

function forEachItem(reader: JsonReader, end: string, readItem: () => void): void {
  reader.position += 1;
  skipBlanks(reader);
  if (reader.text[reader.position] === end) {
    reader.position += 1;
    return;
  }
  for (;;) {
    readItem();
    if (reader.text[reader.position] !== ",") break;
    expect(reader, ",");
  }
  expect(reader, end);
}

function expect(reader: JsonReader, character: string): void {
  if (reader.text[reader.position] !== character) throw unexpected(reader, JSON.stringify(character));
  reader.position += 1;
  skipBlanks(reader);
}

/** From quote to quote; the escapes are left to `JSON.parse`. */
function readText(reader: JsonReader): string {
  const start = reader.position;
  reader.position += 1;
  for (;;) {
    if (reader.position >= reader.text.length) throw unexpected(reader, "a closing quote");
    PLAIN_CHARACTERS.lastIndex = reader.position;
    PLAIN_CHARACTERS.test(reader.text);
    reader.position = PLAIN_CHARACTERS.lastIndex;
    const character = reader.text[reader.position];
    if (character === undefined) continue;
    reader.position += character === '"' ? 1 : 2;
    if (character === '"') break;
  }
  const literal = reader.text.slice(start, reader.position);
  try {
    return JSON.parse(literal);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    reader.position = start;
    throw unexpected(reader, "a text with valid escapes");
  }
}

function readScalar(reader: JsonReader): ConfigValue {
  for (const [word, value] of WORDS) {
    if (reader.text.startsWith(word, reader.position)) {
      reader.position += word.length;
      return value;
    }
  }
  NUMBER.lastIndex = reader.position;
  const match = NUMBER.exec(reader.text);
  if (!match) throw unexpected(reader, "a value");
  const [literal, whole = "", fraction, exponent] = match;
  if (whole.length > LONGEST_INTEGER) throw unexpected(reader, `a number of at most ${LONGEST_INTEGER} digits`);
  reader.position += literal.length;
  if (fraction !== undefined || exponent !== undefined) return { kind: "float", value: Number(literal) };
  return Number.isSafeInteger(Number(whole)) ? Number(whole) + 0 : BigInt(whole);
}

function skipBlanks(reader: JsonReader): void {
  BLANKS.lastIndex = reader.position;
  BLANKS.test(reader.text);
  reader.position = BLANKS.lastIndex;
}

function unexpected(reader: JsonReader, expected: string): SourceCorruptError {
  const { position, source } = reader;
  return new SourceCorruptError(`${source}: ${expected} is expected at character ${position}`, { offset: position });
}
