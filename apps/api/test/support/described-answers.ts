import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import {
  HTTP_METHODS,
  type HttpMethod,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type Referral,
  type Response,
} from "../../src/openapi/document.js";

/** An operation of the document, with its place in it. */
export interface DescribedOperation {
  name: string;
  method: HttpMethod;
  path: string;
  operation: Operation;
  /** Shared ones included. */
  parameters: Parameter[];
}

/** An answer as it was sent. */
export interface SentAnswer {
  statusCode: number;
  headers: Record<string, unknown>;
  rawPayload: Buffer;
}

/** Tells whether answers are what an OpenAPI document says. */
export interface AnswerCheck {
  operations: DescribedOperation[];
  /** What is wrong with an answer; null when it is one of those declared, and its body is what its schema says. */
  problem(operation: DescribedOperation, answer: SentAnswer): string | null;
}

const DOCUMENT = "document";

export function checkAnswers(document: OpenApiDocument): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  // Published for CommonJS: the function is the module's `default`.
  (addFormats as unknown as typeof addFormats.default)(ajv);
  ajv.addSchema({ $id: DOCUMENT, ...document } as object);
  const compiled = new Map<string, ValidateFunction>();
  const validatorAt = (pointer: string) => {
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    const made = ajv.compile({ $ref: `${DOCUMENT}${pointer}` });
    compiled.set(pointer, made);
    return made;
  };
  return {
    operations: operationsOf(document),
    problem: ({ method, path, operation }, { statusCode, headers, rawPayload }) => {
      const body = decoded(rawPayload, headers["content-encoding"]);
      const declared = operation.responses[statusCode];
      if (declared === undefined) return `status ${statusCode} is not declared: ${body.slice(0, 300)}`;
      const [response, pointer] =
        "$ref" in declared
          ? [follow<Response>(document, declared), declared.$ref]
          : [declared, `#/paths/${escaped(path)}/${method}/responses/${statusCode}`];
      const type = String(headers["content-type"] ?? "").split(";")[0] ?? "";
      if (response.content === undefined) return body === "" ? null : `status ${statusCode} has a body`;
      if (response.content[type] === undefined) return `status ${statusCode} with ${type || "no content type"}`;
      if (type !== "application/json") return null;
      const validate = validatorAt(`${pointer}/content/${escaped(type)}/schema`);
      return validate(JSON.parse(body))
        ? null
        : `status ${statusCode}: ${ajv.errorsText(validate.errors)} in ${body.slice(0, 300)}`;
    },
  };
}

function decoded(bytes: Buffer, coding: unknown): string {
  if (coding === "br") return brotliDecompressSync(bytes).toString();
  return (coding === "gzip" ? gunzipSync(bytes) : bytes).toString();
}

export function operationsOf(document: OpenApiDocument): DescribedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    HTTP_METHODS.flatMap((method) => {
      const operation = methods[method];
      if (operation === undefined) return [];
      const parameters = (operation.parameters ?? []).map((parameter) =>
        "$ref" in parameter ? follow<Parameter>(document, parameter) : parameter,
      );
      return [{ name: `${method.toUpperCase()} ${path}`, method, path, operation, parameters }];
    }),
  );
}

function follow<Found>(document: OpenApiDocument, { $ref }: Referral): Found {
  let found: unknown = document;
  for (const step of $ref.split("/").slice(1)) found = (found as Record<string, unknown>)[step];
  if (found === undefined) throw new Error(`${$ref} is not in the document`);
  return found as Found;
}

const escaped = (step: string) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
