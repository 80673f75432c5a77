import type { OpaqueValue, PickleValue } from "../../../src/formats/pickle/values.js";

/** A value in a notation that Python can write too: kinds are named, what was met before is a reference. */
export type Canonical = string | boolean | null | Canonical[];

/** The notation of `describe` in `cpython.ts`. */
export function canonical(value: PickleValue, met = new Map<object, number>()): Canonical {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "bigint") return ["int", String(value)];
  if (typeof value === "number") return canonicalNumber(value);
  if (value instanceof Uint8Array) return ["bytes", Buffer.from(value).toString("hex")];
  if ("className" in value && value.args === null) return ["class", value.className];
  const known = met.get(value);
  if (known !== undefined) return ["met", String(known)];
  // Python has one empty tuple only, which says nothing about the file.
  if (!(Array.isArray(value) && value.length === 0)) met.set(value, met.size);
  if (Array.isArray(value)) return ["list", ...value.map((item) => canonical(item, met))];
  if (value instanceof Set) return ["set", ...[...value].map((item) => JSON.stringify(canonical(item, met))).sort()];
  if (value instanceof Map) return canonicalMap(value, met);
  return canonicalObject(value, met);
}

function canonicalNumber(value: number): Canonical {
  if (Number.isInteger(value) && !Object.is(value, -0)) return ["int", String(BigInt(value))];
  const encoded = Buffer.alloc(8);
  encoded.writeDoubleBE(value);
  return ["float", Number.isNaN(value) ? "nan" : encoded.toString("hex")];
}

function canonicalMap(map: ReadonlyMap<PickleValue, PickleValue>, met: Map<object, number>): Canonical {
  return ["dict", ...[...map].map(([key, value]): Canonical => [canonical(key, met), canonical(value, met)])];
}

function canonicalObject(value: OpaqueValue, met: Map<object, number>): Canonical {
  return ["object", value.className, canonical(value.args, met), canonical(value.state, met)];
}
