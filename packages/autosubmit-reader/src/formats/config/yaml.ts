import { type Event, parseEvents, YAMLException } from "js-yaml";
import type { ConfigValue } from "./config-value.js";
import { createLoadContext, type LoadContext, MAX_DEPTH, type TextPosition } from "./load-context.js";
import { composeDocument } from "./yaml-compose.js";
import { type IndentedText, indentContinuations } from "./yaml-continuations.js";

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
  if ("events" in strict) return composeDocument(strict.events, text, context);
  if (!LENIENT_REASONS.has(strict.reason)) throw context.invalid(strict.reason, strict.position);
  const indented = indentContinuations(text);
  const lenient = readEvents(indented.text);
  if ("events" in lenient) return composeDocument(lenient.events, indented.text, context);
  throw context.invalid(lenient.reason, originalPosition(lenient.position, indented));
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

function originalPosition(position: TextPosition | undefined, indented: IndentedText): TextPosition | undefined {
  if (!position) return undefined;
  const shift = indented.shifts.get(position.line - 1) ?? 0;
  return { line: position.line, column: Math.max(1, position.column - shift) };
}
