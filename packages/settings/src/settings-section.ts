import { isAbsolute, join, resolve } from "node:path";
import { ConfigurationError } from "./configuration-error.js";
import type { SettingsFile } from "./settings-file.js";

/**
 * A mapping of the settings file under its key (`RUNNERS.LOCAL`), read value by value. What is missing or empty is null;
 * every mistake is a ConfigurationError that names file and key.
 */
export interface SettingsSection {
  /** The key of this section, or of one of its values. */
  keyOf(name?: string): string;
  has(name: string): boolean;
  names(): string[];
  /** A value as it is; `undefined` when it is missing. */
  value(name: string): unknown;
  /** A section below; empty when it is missing. */
  section(name: string): SettingsSection;
  boolean(name: string): boolean | null;
  text(name: string): string | null;
  /** One of some words, in any case. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | null;
  /** One of them or a list. */
  words<Word extends string>(name: string, words: readonly Word[]): Word[] | null;
  number(name: string, bounds: { minimum: number; maximum: number; whole?: boolean }): number | null;
  /** A number greater than 0. @param unit for messages, such as `minutes` */
  positive(name: string, unit: string): number | null;
  /** One text or a list of them. */
  texts(name: string): string[] | null;
  /** What `convert` makes of a value that is there; it gives `undefined` for what is not as `expected`. */
  converted<Value>(name: string, expected: string, convert: (value: unknown) => Value | undefined): Value | null;
  /** Refuses names that are not known: most are misspelt, and would silently be without effect. */
  allow(names: readonly string[]): void;
}

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** A section of the file, such as `RUNNERS`. @throws ConfigurationError when it is there and no mapping */
export function settingsSection({ path, sections }: SettingsFile, name: string): SettingsSection {
  return sectionAt(`${path}: ${name}`, Object.hasOwn(sections, name) ? sections[name] : undefined);
}

function sectionAt(key: string, value: unknown): SettingsSection {
  if (value !== undefined && value !== null && !isMapping(value)) mistake(key, "a mapping of keys to values", value);
  const mapping: Mapping = isMapping(value) ? value : {};
  const keyOf = (name?: string) => (name === undefined ? key : `${key}.${name}`);
  const find = (name: string): unknown => (Object.hasOwn(mapping, name) ? mapping[name] : undefined);
  const converted = <Value>(
    name: string,
    expected: string,
    convert: (value: unknown) => Value | undefined,
  ): Value | null => {
    const found = find(name);
    if (found === undefined || found === null) return null;
    const value = convert(found);
    return value === undefined ? mistake(keyOf(name), expected, found) : value;
  };
  return {
    keyOf,
    has: (name) => find(name) !== undefined && find(name) !== null,
    names: () => Object.keys(mapping),
    value: find,
    section: (name) => sectionAt(keyOf(name), find(name)),
    boolean: (name) => converted(name, "true or false", (found) => (typeof found === "boolean" ? found : undefined)),
    text: (name) => converted(name, "a text", textOf),
    word: (name, words) => converted(name, `one of ${words.join(", ")}`, (found) => wordOf(found, words)),
    words: (name, words) => {
      const expected = `one of ${words.join(", ")}`;
      const found = find(name);
      if (!Array.isArray(found)) return oneOrNone(converted(name, expected, (value) => wordOf(value, words)));
      return found.map((value, index) => wordOf(value, words) ?? mistake(`${keyOf(name)}.${index}`, expected, value));
    },
    positive: (name, unit) =>
      converted(name, `a number of ${unit} greater than 0`, (found) =>
        typeof found === "number" && Number.isFinite(found) && found > 0 ? found : undefined,
      ),
    converted,
    number: (name, { minimum, maximum, whole = false }) =>
      converted(name, `a ${whole ? "whole " : ""}number from ${minimum} to ${maximum}`, (found) =>
        typeof found === "number" && found >= minimum && found <= maximum && (!whole || Number.isInteger(found))
          ? found
          : undefined,
      ),
    texts: (name) =>
      converted(name, "a text or a list of texts", (found) => {
        const texts = (Array.isArray(found) ? found : [found]).map(textOf);
        return texts.every((text) => text !== undefined) ? texts : undefined;
      }),
    allow: (names) => {
      const unknown = Object.keys(mapping).find((name) => !names.includes(name));
      if (unknown === undefined) return;
      throw new ConfigurationError(`${keyOf(unknown)} is unknown; known here: ${names.join(", ")}`);
    },
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;

const oneOrNone = <Value>(value: Value | null): Value[] | null => (value === null ? null : [value]);

const wordOf = <Word extends string>(value: unknown, words: readonly Word[]): Word | undefined =>
  words.find((word) => word.toUpperCase() === textOf(value)?.toUpperCase());

const LONGEST_SHOWN = 60;

function mistake(key: string, expected: string, value: unknown): never {
  const text = JSON.stringify(value) ?? String(value);
  const shown = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  throw new ConfigurationError(`${key} must be ${expected}, not ${shown}`);
}

/** An absolute path; `~/` is the home folder. @throws ConfigurationError for other relative paths */
export function absolutePath(key: string, text: string, home: string): string {
  const path = text === "~" || text.startsWith("~/") ? join(home, text.slice(1)) : text;
  if (!isAbsolute(path) || path.includes("\0")) mistake(key, "an absolute path, or one that starts with ~/", text);
  return resolve(path);
}
