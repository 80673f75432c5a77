import { type Event, parseEvents, YAMLException } from "js-yaml";
import type { ConfigValue } from "./config-value.js";
import { createLoadContext, type LoadContext, MAX_DEPTH, type TextPosition } from "./load-context.js";
import { composeDocument } from "./yaml-compose.js";
import { indentContinuations } from "./yaml-continuations.js";

/** Punctuation that may start a value; bounds the memory that parsing takes before any of it is spent. */
const MAX_SEPARATORS = 1_000_000;
const SEPARATOR = /[\n\r,:[{]/g;

/**
 * Parses one YAML document as ruamel.yaml's round-trip loader does for Autosubmit 4.1.17 (formats reference §4.3): YAML
 * 1.2 scalars, custom tags flattened, dates apart from texts, merges written out after a mapping's own keys, keys as
 * Python's `str` gives them. Null for an empty text.
 * differs: cyclic anchors are refused (the reference puts null into mappings); texts in block style count as texts
 * everywhere (the reference ignores a `CUSTOM_CONFIG` or `NOTIFY_ON` written that way).
 * @throws AutosubmitReadError `CONFIG_INVALID` with line and column, for anything else than one well-formed document
 */
export function parseYaml(text: string, context: LoadContext = createLoadContext()): ConfigValue {
  refuseHugeStructure(text, context);
  const strict = readEvents(text);
  if ("events" in strict) {
    const locate = (offset: number) => positionAt(text, offset);
    return composeDocument({ events: strict.events, source: text, locate }, context);
  }
  if (!LENIENT_REASONS.has(strict.reason)) throw context.invalid(strict.reason, strict.position);
  return parseLeniently(text, context);
}

function parseLeniently(text: string, context: LoadContext): ConfigValue {
  const { text: source, shifts } = indentContinuations(text);
  const original = ({ line, column }: TextPosition) => ({
    line,
    column: Math.max(1, column - (shifts.get(line - 1) ?? 0)),
  });
  const lenient = readEvents(source);
  if (!("events" in lenient)) throw context.invalid(lenient.reason, lenient.position && original(lenient.position));
  const locate = (offset: number) => original(positionAt(source, offset));
  return composeDocument({ events: lenient.events, source, locate }, context);
}

function refuseHugeStructure(text: string, context: LoadContext): void {
  let separators = 0;
  for (const _ of text.matchAll(SEPARATOR)) {
    separators += 1;
    if (separators > MAX_SEPARATORS) throw context.invalid(`more than ${MAX_SEPARATORS} lines and items`);
  }
}

/** What js-yaml says about texts that Python's readers accept (`indentContinuations`). */
const LENIENT_REASONS = new Set([
  "deficient indentation",
  "bad indentation of a mapping entry",
  "missed comma between flow collection entries",
]);

type Parsed = { events: Event[] } | { reason: string; position: TextPosition | undefined };

function readEvents(text: string): Parsed {
  try {
    return { events: parseEvents(text, { maxDepth: MAX_DEPTH }) };
  } catch (error) {
    // The parser's own error holds the whole source and prints a piece of it, so it is not passed on as the cause.
    if (!(error instanceof YAMLException)) return { reason: "the YAML parser gave up", position: undefined };
    const { reason, mark } = error;
    return { reason, position: mark ? { line: mark.line + 1, column: mark.column + 1 } : undefined };
  }
}

/** Line and column of an offset; lines end in `\n`, `\r\n` or `\r`. */
function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
