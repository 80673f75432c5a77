import { isAbsolute, join, resolve } from "node:path";
import { ConfigurationError } from "../config/configuration-error.js";

/** A mapping of the settings file under its key (`RUNNERS.LOCAL`), read value by value; every mistake names file and key. */
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
  number(name: string, bounds: { minimum: number; maximum: number; whole?: boolean }): number | null;
  /** One text or a list of them. */
  texts(name: string): string[] | null;
  /** Refuses names that are not known: most are misspelt, and would silently be without effect. */
  allow(names: readonly string[]): void;
}

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/**
 * @param key with the file before it: `/home/as/.autosubmit_api.yaml: RUNNERS`
 * @throws ConfigurationError when `value` is there and no mapping
 */
export function settingsSection(key: string, value: unknown): SettingsSection {
  if (value !== undefined && value !== null && !isMapping(value)) mistake(key, "a mapping of keys to values", value);
  const mapping: Mapping = isMapping(value) ? value : {};
  const keyOf = (name?: string) => (name === undefined ? key : `${key}.${name}`);
  const find = (name: string): unknown => (Object.hasOwn(mapping, name) ? mapping[name] : undefined);
  /** What `convert` makes of a value that is there; it gives `undefined` for what it does not take. */
  const read = <Value>(
    name: string,
    expected: string,
    convert: (value: unknown) => Value | undefined,
  ): Value | null => {
    const found = find(name);
    if (found === undefined || found === null) return null;
    const converted = convert(found);
    return converted === undefined ? mistake(keyOf(name), expected, found) : converted;
  };
  return {
    keyOf,
    has: (name) => find(name) !== undefined && find(name) !== null,
    names: () => Object.keys(mapping),
    value: find,
    section: (name) => settingsSection(keyOf(name), find(name)),
    boolean: (name) => read(name, "true or false", (found) => (typeof found === "boolean" ? found : undefined)),
    text: (name) => read(name, "a text", textOf),
    word: (name, words) =>
      read(name, `one of ${words.join(", ")}`, (found) => words.find((word) => word === textOf(found)?.toUpperCase())),
    number: (name, { minimum, maximum, whole = false }) =>
      read(name, `a ${whole ? "whole " : ""}number from ${minimum} to ${maximum}`, (found) =>
        typeof found === "number" && found >= minimum && found <= maximum && (!whole || Number.isInteger(found))
          ? found
          : undefined,
      ),
    texts: (name) =>
      read(name, "a text or a list of texts", (found) => {
        const texts = (Array.isArray(found) ? found : [found]).map(textOf);
        return texts.every((text) => text !== undefined) ? texts : undefined;
      }),
    allow: (names) => {
      const unknown = Object.keys(mapping).find((name) => !names.includes(name));
      if (unknown === undefined) return;
      throw new ConfigurationError(`${keyOf(unknown)} is not a setting; known here: ${names.join(", ")}`);
    },
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;

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
