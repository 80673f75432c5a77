import { ConfigurationError } from "./configuration-error.js";

/** A value in the settings file, with what messages call it. */
export interface Place {
  file: string;
  /** Keys from the top, joined by dots. */
  key: string;
  /** Undefined when it is absent. */
  value: unknown;
}

/** The error for a value that is not what it must be. To be thrown. */
export function refusal({ file, key, value }: Place, expected: string): ConfigurationError {
  return new ConfigurationError(`${file}: ${key || "the file"} must be ${expected}, not ${JSON.stringify(value)}`);
}

/**
 * The values below a mapping; an absent or empty one has none.
 * @param allowed the keys that it may have, null for any
 * @throws ConfigurationError when it is no mapping or has another key
 */
export function childrenOf(place: Place, allowed: readonly string[] | null): (name: string) => Place {
  const { file, key } = place;
  const value = place.value ?? {};
  if (typeof value !== "object" || Array.isArray(value)) throw refusal(place, "a mapping");
  const children = new Map<string, unknown>(Object.entries(value));
  for (const name of children.keys()) {
    if (allowed !== null && !allowed.includes(name)) {
      throw new ConfigurationError(`${file}: ${key}.${name} is unknown; ${key} may have ${allowed.join(", ")}`);
    }
  }
  return (name) => ({ file, key: key === "" ? name : `${key}.${name}`, value: children.get(name) });
}

/** True or false, null when absent. @throws ConfigurationError */
export function truthAt(place: Place): boolean | null {
  if (place.value === undefined || place.value === null) return null;
  if (typeof place.value !== "boolean") throw refusal(place, "true or false");
  return place.value;
}

/** A number greater than 0, null when absent. @throws ConfigurationError */
export function positiveAt(place: Place, unit: string): number | null {
  const { value } = place;
  if (value === undefined || value === null) return null;
  if (typeof value !== "number" || !Number.isFinite(value) || value <= 0) {
    throw refusal(place, `a number of ${unit} greater than 0`);
  }
  return value;
}
