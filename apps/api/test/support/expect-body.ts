import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { expect } from "vitest";
import { WIRE_SCHEMAS } from "../../src/routes/schemas.js";

const SCHEMAS = new Map(WIRE_SCHEMAS.map((schema) => [(schema as { $id?: string }).$id, schema]));

/**
 * Checks a body as it was sent against its wire schema. Bodies built in threads are sent as they are, so that no serializer
 * would tell: this does. Unless the schema allows them, unknown properties fail too.
 */
export function expectBody(schema: TSchema, body: unknown): void {
  const whole = withoutReferences(schema);
  const problems = Value.Errors(whole, body).map(({ instancePath, message }) => `${instancePath} ${message}`);
  expect(problems.slice(0, 5)).toEqual([]);
}

/** The schema with every reference replaced by what it refers to, and objects closed unless they say otherwise. */
function withoutReferences(schema: unknown): TSchema {
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== "object" || value === null) return value;
    const { $ref, $id: _id, ...rest } = value as Record<string, unknown>;
    if (typeof $ref === "string") {
      const referred = SCHEMAS.get($ref.replace(/#$/, ""));
      if (referred === undefined) throw new Error(`${$ref} is not in WIRE_SCHEMAS`);
      return replace(referred);
    }
    const copied = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, replace(inner)]));
    return "properties" in copied ? { additionalProperties: false, ...copied } : copied;
  };
  return replace(schema) as TSchema;
}
