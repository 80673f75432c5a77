import type { DocumentDirective } from "js-yaml";
import type { ConfigMap, ConfigValue } from "./config-value.js";
import { pythonRepr } from "./python-text.js";
import { buildScalar, plainScalarType, type ScalarType, type YamlVersion } from "./yaml-scalars.js";

/** A tag as written, made comparable: a standard one by its short name, any other one is `custom`. */
export type Tag = "none" | "non-specific" | "custom" | "text-shorthand" | StandardTag;
type StandardTag = ScalarType | "binary" | "seq" | "map" | "set" | "omap" | "pairs";

const STANDARD_PREFIX = "tag:yaml.org,2002:";
const STANDARD = new Set<string>([
  ..."str null bool int float timestamp merge value".split(" "),
  ..."binary seq map set omap pairs".split(" "),
]);

/** Tag handles of a document, from its `%TAG` directives. */
export type TagPrefixes = ReadonlyMap<string, string>;

export function tagPrefixes(directives: readonly DocumentDirective[]): TagPrefixes {
  const prefixes = new Map([["!!", STANDARD_PREFIX]]);
  for (const directive of directives) if (directive.kind === "tag") prefixes.set(directive.handle, directive.prefix);
  return prefixes;
}

/** Version of the scalar rules: 1.1 where the document says so, 1.2 otherwise. */
export function yamlVersion(directives: readonly DocumentDirective[]): YamlVersion {
  return directives.some((directive) => directive.kind === "yaml" && directive.version === "1.1") ? "1.1" : "1.2";
}

/** Reads a tag such as `!!int`, `!custom`, `!<tag:yaml.org,2002:str>`; its handle is declared, the parser saw to that. */
export function readTag(written: string, prefixes: TagPrefixes): Tag {
  if (written === "") return "none";
  if (written === "!") return "non-specific";
  const verbatim = /^!<(.*)>$/s.exec(written)?.[1];
  if (verbatim !== undefined) return standardTag(verbatim) ?? "custom";
  const [, handle = "", suffix = ""] = /^(![^!]*!)(.*)$/s.exec(written) ?? [];
  if (handle === "") return "custom";
  const tag = standardTag((prefixes.get(handle) ?? handle) + suffix) ?? "custom";
  // ruamel keeps `!!str` scalars as tagged ones, but not those tagged in full.
  return tag === "str" ? "text-shorthand" : tag;
}

function standardTag(full: string): StandardTag | null {
  const name = full.startsWith(STANDARD_PREFIX) ? full.slice(STANDARD_PREFIX.length) : "";
  return STANDARD.has(name) ? (name as StandardTag) : null;
}

/** The value of a scalar; null when its text does not fit its tag. */
export function taggedScalar(
  tag: Tag,
  text: string,
  isPlain: boolean,
  version: YamlVersion,
): { value: ConfigValue } | null {
  switch (tag) {
    case "none":
      return isPlain ? buildScalar(plainScalarType(text, version), text, version) : { value: text };
    case "non-specific":
      return buildScalar(plainScalarType(text, version), text, version);
    case "custom":
    case "text-shorthand":
      return { value: { kind: "tagged", text } };
    case "binary":
      return { value: { kind: "bytes", text: pythonBytes(text) } };
    case "seq":
    case "map":
    case "set":
    case "omap":
    case "pairs":
      return null;
    default:
      return buildScalar(tag, text, version);
  }
}

/** The value of a list with that tag; null when a list cannot have it. */
export function taggedSequence(tag: Tag, items: ConfigValue[]): ConfigValue | null {
  switch (tag) {
    case "none":
    case "non-specific":
    case "custom":
    case "text-shorthand":
    case "seq":
      return items;
    case "omap":
      return orderedMap(items);
    case "pairs":
      return pairs(items);
    default:
      return null;
  }
}

/** The value of a mapping with that tag; null when a mapping cannot have it. */
export function taggedMapping(tag: Tag, map: ConfigMap): ConfigValue | null {
  switch (tag) {
    case "none":
    case "non-specific":
    case "custom":
    case "text-shorthand":
    case "map":
      return map;
    case "set":
      return { kind: "set", text: `set(odict_keys(${pythonRepr(Array.from(map.keys()))}))` };
    default:
      return null;
  }
}

function singleEntry(item: ConfigValue): [string, ConfigValue] | null {
  if (!(item instanceof Map) || item.size !== 1) return null;
  const [entry] = item;
  return entry ?? null;
}

function orderedMap(items: readonly ConfigValue[]): ConfigMap | null {
  const map: ConfigMap = new Map();
  for (const item of items) {
    const entry = singleEntry(item);
    if (!entry || map.has(entry[0])) return null;
    map.set(entry[0], entry[1]);
  }
  return map;
}

function pairs(items: readonly ConfigValue[]): ConfigValue[] | null {
  const entries = items.map(singleEntry);
  return entries.includes(null) ? null : (entries as [string, ConfigValue][]);
}

function pythonBytes(base64: string): string {
  return `b${pythonRepr(Buffer.from(base64, "base64").toString("latin1"))}`;
}
