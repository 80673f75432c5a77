import fc from "fast-check";
import type { Parameter, Schema } from "../../src/openapi/document.js";
import type { DescribedOperation } from "./described-answers.js";

/** A request as `inject` takes it. */
export interface RandomRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  headers: Record<string, string>;
  payload?: string;
}

export interface RequestWorld {
  /** Values that mean something on the site, by parameter; `*` for any. */
  known: Record<string, readonly string[]>;
  /** Headers of those who may ask. */
  logins: readonly Record<string, string>[];
}

/** Requests of an operation: as the document says they should be, and as they should not. */
export function requestsOf(operation: DescribedOperation, world: RequestWorld): fc.Arbitrary<RandomRequest> {
  const { method, path, parameters } = operation;
  const inPath = parameters.filter(({ in: place }) => place === "path");
  const inQuery = parameters.filter(({ in: place }) => place === "query");
  return fc
    .record({
      segments: fc.tuple(...inPath.map((parameter) => pathText(parameter, world))),
      pairs: fc.tuple(...inQuery.map((parameter) => queryPairs(parameter, world))),
      others: fc.oneof(
        { weight: 9, arbitrary: fc.constant([]) },
        fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 2 }),
      ),
      headers: headersOf(world),
      payload: method === "get" ? fc.constant(null) : payloadOf(operation),
    })
    .map(({ segments, pairs, others, headers, payload }) => {
      const filled = inPath.reduce(
        (url, { name }, index) => url.replace(`{${name}}`, () => segments[index] ?? ""),
        path,
      );
      const query = new URLSearchParams([...pairs.flat(), ...others] as [string, string][]).toString();
      return {
        method: method.toUpperCase() as "GET",
        url: query === "" ? filled : `${filled}?${query}`,
        headers: { ...headers, ...(payload !== null && { "content-type": payload.type }) },
        ...(payload !== null && { payload: payload.text }),
      };
    });
}

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "..",
    "%",
    "%00",
    "%2e%2e%2f",
    "a".repeat(999),
    "null",
    "__proto__",
    "-1",
    "1e9",
    "٣",
    "\u0000",
    "*",
    "!",
    "[",
    "'",
    '"',
  ),
);

/** Never empty, and without slashes: that would be another address. */
function pathText(parameter: Parameter, world: RequestWorld): fc.Arbitrary<string> {
  return textOf(parameter, world).map((text) => {
    const bare = text.replaceAll("/", "").replace(/^\.{1,2}$/, "…");
    return bare === "" ? "x" : encodeURIComponent(wellFormed(bare));
  });
}

/** Mostly left out, mostly once. A stream of events would not end. */
function queryPairs(parameter: Parameter, world: RequestWorld): fc.Arbitrary<[string, string][]> {
  const value = textOf(parameter, world).filter((text) => !(parameter.name === "format" && text === "sse"));
  const once = value.map((text): [string, string][] => [[parameter.name, text]]);
  const twice = fc.tuple(value, value).map((texts) => texts.map((text): [string, string] => [parameter.name, text]));
  const left = { weight: parameter.required === true ? 1 : 6, arbitrary: fc.constant<[string, string][]>([]) };
  return fc.oneof(left, { weight: 5, arbitrary: once }, { weight: 1, arbitrary: twice });
}

function textOf({ name, schema, example }: Parameter, { known }: RequestWorld): fc.Arbitrary<string> {
  const meant = [...(known[name] ?? []), ...(example === undefined ? [] : [String(example)])];
  return fc.oneof(
    ...(meant.length === 0 ? [] : [{ weight: 6, arbitrary: fc.constantFrom(...meant) }]),
    { weight: 4, arbitrary: validText(schema) },
    { weight: 2, arbitrary: oddText },
  );
}

/** Texts that a schema of a parameter admits. */
function validText(schema: Schema): fc.Arbitrary<string> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map(String));
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  const { minimum = -5, maximum = 1e6 } = schema;
  if (schema.type === "integer") return fc.integer({ min: minimum, max: Math.min(maximum, 2 ** 31) }).map(String);
  if (schema.type === "boolean") return fc.constantFrom("true", "false");
  return fc.string({ minLength: schema.minLength ?? 0, maxLength: 12 });
}

function headersOf({ logins }: RequestWorld): fc.Arbitrary<Record<string, string>> {
  return fc
    .record({
      login: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...logins) },
        fc.constant({ authorization: "Bearer x.y.z" }),
      ),
      coding: fc.constantFrom({}, {}, { "accept-encoding": "br" }, { "accept-encoding": ";;q=9,*" }),
      condition: fc.constantFrom({}, {}, { "if-none-match": "*" }, { "if-none-match": 'W/"x", "' }),
      range: fc.constantFrom({}, {}, { range: "bytes=0-3" }, { range: "bytes=99999999-" }, { range: "x" }),
      last: fc.constantFrom({}, { "last-event-id": "-1" }),
    })
    .map(({ login, coding, condition, range, last }) => ({ ...login, ...coding, ...condition, ...range, ...last }));
}

function payloadOf({ operation }: DescribedOperation): fc.Arbitrary<{ type: string; text: string } | null> {
  const media = operation.requestBody?.content["application/json"];
  const example = media?.example ?? Object.values(media?.examples ?? {})[0]?.value ?? {};
  const entries = Object.entries(example as object);
  const names = [...entries.map(([name]) => name), "extra"];
  // As the example, with some of it changed or left out.
  const changed = fc
    .dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 })
    .map((changes) => ({ ...(example as object), ...changes, dryRun: true }));
  const json = fc.oneof({ weight: 3, arbitrary: changed }, fc.jsonValue({ maxDepth: 3 }));
  return fc.oneof(
    { weight: 8, arbitrary: json.map((value) => ({ type: "application/json", text: JSON.stringify(value) })) },
    { weight: 1, arbitrary: fc.string().map((text) => ({ type: "application/json", text })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("text/plain", "multipart/form-data; boundary=x", "x")
        .map((type) => ({ type, text: "a=b" })),
    },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

/** Half a surrogate pair cannot be encoded. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, "�");
