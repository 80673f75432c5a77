import type { FastifySchemaValidationError } from "fastify";

/** One refused parameter, in the shape FastAPI answers with. */
export interface ValidationDetail {
  type: string;
  loc: (string | number)[];
  msg: string;
  input: unknown;
  ctx?: Record<string, unknown>;
}

type Params = Record<string, unknown>;
type Description = { type: string; msg: string; ctx?: Record<string, unknown> };

const TYPES: Record<string, Description> = {
  integer: { type: "int_parsing", msg: "Input should be a valid integer, unable to parse string as an integer" },
  number: { type: "float_parsing", msg: "Input should be a valid number, unable to parse string as a number" },
  boolean: { type: "bool_parsing", msg: "Input should be a valid boolean, unable to interpret input" },
  string: { type: "string_type", msg: "Input should be a valid string" },
  array: { type: "list_type", msg: "Input should be a valid list" },
  object: { type: "model_attributes_type", msg: "Input should be a valid dictionary or object to extract fields from" },
};

/** Ajv's keywords as pydantic names them; a keyword that is not here is a plain `value_error`. */
const KEYWORDS: Record<string, (params: Params) => Description> = {
  required: () => ({ type: "missing", msg: "Field required" }),
  enum: ({ allowedValues }) => literal(Array.isArray(allowedValues) ? allowedValues : []),
  const: ({ allowedValue }) => literal([allowedValue]),
  type: ({ type }) => TYPES[String(type)] ?? { type: "value_error", msg: `Input should be ${String(type)}` },
  minimum: ({ limit }) => bound("greater_than_equal", "greater than or equal to", "ge", limit),
  maximum: ({ limit }) => bound("less_than_equal", "less than or equal to", "le", limit),
  minLength: ({ limit }) => bound("string_too_short", "a string of at least length", "min_length", limit),
  maxLength: ({ limit }) => bound("string_too_long", "a string of at most length", "max_length", limit),
  pattern: ({ pattern }) => ({
    type: "string_pattern_mismatch",
    msg: `String should match pattern '${String(pattern)}'`,
    ctx: { pattern },
  }),
  additionalProperties: () => ({ type: "extra_forbidden", msg: "Extra inputs are not permitted" }),
};

function literal(values: readonly unknown[]): Description {
  const quoted = values.map((value) => `'${String(value)}'`);
  const last = quoted.pop() ?? "";
  const expected = quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
  return { type: "literal_error", msg: `Input should be ${expected}`, ctx: { expected } };
}

function bound(type: string, relation: string, key: string, limit: unknown): Description {
  return { type, msg: `Input should be ${relation} ${String(limit)}`, ctx: { [key]: limit } };
}

const LOCATIONS: Record<string, string> = { querystring: "query", params: "path", headers: "header", body: "body" };

/** Ajv's errors of one part of a request (`querystring`, `params`, …) as FastAPI would report them. */
export function validationDetails(
  errors: readonly FastifySchemaValidationError[],
  part: string,
  input: unknown,
): ValidationDetail[] {
  return errors.map((error) => {
    const path = error.instancePath.split("/").slice(1).map(unescapePointer);
    if (error.keyword === "required") path.push(String(error.params.missingProperty));
    const describe = KEYWORDS[error.keyword];
    const description = describe?.(error.params) ?? { type: "value_error", msg: error.message ?? "Invalid value" };
    const { type, msg, ctx } = description;
    const detail = { type, loc: [LOCATIONS[part] ?? part, ...path], msg, input: valueAt(input, path) };
    return ctx === undefined ? detail : { ...detail, ctx };
  });
}

const unescapePointer = (step: string): string | number =>
  /^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~");

function valueAt(input: unknown, path: readonly (string | number)[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value ?? null;
}
