/** A part of a body that is JSON text already, such as a configuration, whose numbers and order of keys objects would lose. */
export interface RawJson {
  readonly jsonText: string;
  /** The value, for `JSON.stringify` of a body that has it deeper inside. */
  toJSON(): unknown;
}

export function rawJson(jsonText: string): RawJson {
  return { jsonText, toJSON: () => JSON.parse(jsonText) as unknown };
}

export function isRawJson(value: unknown): value is RawJson {
  return typeof value === "object" && value !== null && "jsonText" in value && "toJSON" in value;
}
