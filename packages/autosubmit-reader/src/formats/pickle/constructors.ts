import { constructDate, constructDateTime, constructTimeDelta, constructTimeZone } from "./dates.js";
import type { PlainValue } from "./plain-value.js";

/** Makes a plain value from plain arguments, or returns undefined when they are not what the class takes. */
export type PlainConstructor = (args: readonly PlainValue[]) => PlainValue | undefined;

/** What a container class is read as. */
export type ContainerKind = "list" | "set" | "dict";

/**
 * The allow-list (formats reference §1.4, §1.8): the only classes and functions whose meaning is known. They are looked up
 * here by name, in tables of our own code; all other names give opaque values.
 */
const PLAIN_CONSTRUCTORS: ReadonlyMap<string, PlainConstructor> = new Map<string, PlainConstructor>([
  ["datetime.datetime", constructDateTime],
  ["datetime.date", constructDate],
  ["datetime.timedelta", constructTimeDelta],
  ["datetime.timezone", constructTimeZone],
  ["_codecs.encode", encodeText],
  ["autosubmit.job.template.Language", onlyArgument],
  ...builtins<PlainConstructor>({
    bytes: constructBytes,
    bytearray: constructBytes,
    str: (args) => onlyArgumentOf(args, "string", ""),
    unicode: (args) => onlyArgumentOf(args, "string", ""),
    int: (args) => onlyArgumentOf(args, "number", 0),
    long: (args) => onlyArgumentOf(args, "number", 0),
    float: (args) => onlyArgumentOf(args, "number", 0),
    bool: (args) => onlyArgumentOf(args, "boolean", false),
  }),
]);

const CONTAINERS: ReadonlyMap<string, ContainerKind> = new Map<string, ContainerKind>([
  ...builtins<ContainerKind>({ list: "list", tuple: "list", set: "set", frozenset: "set", dict: "dict" }),
  ["collections.OrderedDict", "dict"],
  ["collections.defaultdict", "dict"],
  ["collections.deque", "list"],
  ["ruamel.yaml.compat.ordereddict", "dict"],
  ["ruamel.yaml.comments.CommentedMap", "dict"],
  ["ruamel.yaml.comments.CommentedOrderedMap", "dict"],
  ["ruamel.yaml.comments.CommentedSeq", "list"],
  ["ruamel.yaml.comments.CommentedKeySeq", "list"],
  ["ruamel.yaml.comments.CommentedSet", "set"],
]);

const PATH_CLASS = /^pathlib\.(?:_local\.)?(?:Pure)?(?:Posix|Windows)?Path$/;
const RUAMEL_SCALAR = /^ruamel\.yaml\.scalar(?:string|int|float)\.\w+$/;
const RUAMEL_BOOLEAN = "ruamel.yaml.scalarbool.ScalarBoolean";

/** How the plain value is made that a call of an allowed class stands for; undefined for every other class. */
export function plainConstructor(className: string): PlainConstructor | undefined {
  const make = PLAIN_CONSTRUCTORS.get(className);
  if (make !== undefined) return make;
  if (PATH_CLASS.test(className)) return joinPath;
  if (RUAMEL_SCALAR.test(className)) return (args) => args[0];
  return className === RUAMEL_BOOLEAN ? (args) => (args.length === 1 ? Boolean(args[0]) : undefined) : undefined;
}

/** What objects of the class hold, or undefined when it is not a known container. */
export function containerKind(className: string): ContainerKind | undefined {
  return CONTAINERS.get(className);
}

/** The same entries under the names of the `builtins` module in Python 3 and in Python 2. */
function builtins<T>(byName: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(byName).flatMap(([name, entry]): [string, T][] => [
    [`builtins.${name}`, entry],
    [`__builtin__.${name}`, entry],
  ]);
}

function onlyArgument(args: readonly PlainValue[]): PlainValue | undefined {
  return args.length === 1 ? args[0] : undefined;
}

function onlyArgumentOf(args: readonly PlainValue[], type: string, none: PlainValue): PlainValue | undefined {
  if (args.length === 0) return none;
  const value = onlyArgument(args);
  return typeof value === type || (type === "number" && typeof value === "bigint") ? value : undefined;
}

/** Bytes as protocols 0 to 2 write them: text and the name of an encoding. */
function encodeText(args: readonly PlainValue[]): Uint8Array | undefined {
  const [text, encoding = "utf-8"] = args;
  if (typeof text !== "string" || typeof encoding !== "string") return undefined;
  if (/^latin-?1$|^iso-?8859-1$/i.test(encoding)) return /[^\0-\xff]/.test(text) ? undefined : encode(text, "latin1");
  return /^utf-?8$/i.test(encoding) ? encode(text, "utf8") : undefined;
}

function constructBytes(args: readonly PlainValue[]): Uint8Array | undefined {
  if (args.length === 0) return new Uint8Array();
  return args.length === 1 && args[0] instanceof Uint8Array ? args[0] : encodeText(args);
}

function encode(text: string, encoding: "latin1" | "utf8"): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding));
}

function joinPath(parts: readonly PlainValue[]): string | undefined {
  if (!parts.every((part) => typeof part === "string")) return undefined;
  // Later absolute parts replace what stands before them, as in pathlib.
  const joined = parts.reduce((path: string, part: string) => {
    if (part.startsWith("/") || path === "") return part;
    return path.endsWith("/") ? path + part : `${path}/${part}`;
  }, "");
  return joined === "" ? "." : joined;
}
