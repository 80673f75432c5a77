import {
  HTTP_METHODS,
  type HttpMethod,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  type Referral,
  type Response,
  type Schema,
} from "./document.js";
import { operationId } from "./operation-id.js";
import {
  RATE_HEADERS,
  SHARED_COMPONENTS,
  type SharedResponse,
  schemaComponent,
  sharedHeader,
  sharedResponse,
} from "./shared-components.js";

/** What a route says of itself beside its schemas, and how the document carries it until it is complete. */
export interface RouteMarks {
  /** Who may use it. */
  "x-access": string;
  "x-limited": boolean;
  "x-tickets": boolean;
}

type MarkedOperation = Operation & Partial<RouteMarks>;

/**
 * Adds what follows from how every request is handled and no route has to repeat: names, who may use it, refusals, limits,
 * and how unchanged answers are told.
 */
export function completeDocument(document: OpenApiDocument): OpenApiDocument {
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      HTTP_METHODS.flatMap((method) => {
        const operation = operations[method];
        return operation === undefined ? [] : [[method, completeOperation(method, path, operation)]];
      }),
    ),
  ]);
  const schemas = { ...document.components.schemas, NotFound: NOT_FOUND };
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: { ...document.components, ...SHARED_COMPONENTS, schemas },
  };
}

const NOT_FOUND: Schema = {
  type: "object",
  required: ["detail"],
  properties: { detail: { type: "string" } },
  description: "No route serves the address",
};

function completeOperation(method: HttpMethod, path: string, operation: MarkedOperation): Operation {
  const {
    "x-access": access = "public",
    "x-limited": isLimited = true,
    "x-tickets": takesTickets,
    ...rest
  } = operation;
  const parameters = (rest.parameters ?? []).map((parameter) => ("name" in parameter ? bounded(parameter) : parameter));
  const revalidates = "304" in rest.responses;
  if (revalidates) parameters.push({ $ref: "#/components/parameters/IfNoneMatch" });
  const completed: Operation = {
    operationId: operationId(method, path),
    ...rest,
    ...(parameters.length > 0 && { parameters }),
    responses: completeResponses(method, { ...rest, parameters }, { access, isLimited }),
    security: securityOf(access, takesTickets === true),
    "x-access": access,
  };
  return completed;
}

/** Parameters of the path are never empty, and of bounded length: beyond that no route serves the address. */
function bounded(parameter: Parameter): Parameter {
  if (parameter.in !== "path" || parameter.schema.type !== "string" || parameter.schema.enum !== undefined)
    return parameter;
  return { ...parameter, schema: { minLength: 1, maxLength: LONGEST_PATH_PARAMETER, ...parameter.schema } };
}

/** Job names are part of paths, and may be long. */
export const LONGEST_PATH_PARAMETER = 1_000;

function securityOf(access: string, takesTickets: boolean): Record<string, string[]>[] {
  if (access === "public") return [];
  const schemes: Record<string, string[]>[] = [{ bearer: [] }, ...(takesTickets ? [{ ticket: [] }] : [])];
  return access === "read" ? [...schemes, {}] : schemes;
}

interface Handling {
  access: string;
  isLimited: boolean;
}

function completeResponses(
  method: HttpMethod,
  { responses, parameters = [] }: Operation,
  { access, isLimited }: Handling,
): Operation["responses"] {
  const hasBody = method !== "get" && method !== "delete";
  const shared: [string, SharedResponse][] = [["414", "UrlTooLong"]];
  if (access !== "public") shared.push(["401", "Unauthorized"]);
  if (access === "operate" || access === "admin") shared.push(["403", "Forbidden"]);
  if (isLimited) shared.push(["429", "TooManyRequests"]);
  if (hasBody) shared.push(["400", "BodyMalformed"], ["413", "BodyTooLarge"], ["415", "MediaTypeUnsupported"]);
  const own = Object.entries(responses).map(([status, response]) => [status, withHeaders(status, response, isLimited)]);
  const completed: Operation["responses"] = Object.fromEntries(own);
  if ("304" in completed) completed["200"] = tagged(completed["200"]);
  for (const [status, name] of shared) completed[status] ??= sharedResponse(name);
  const named = parameters.flatMap((parameter) => ("name" in parameter ? [parameter] : []));
  if (named.some((parameter) => parameter.in === "path")) completed["404"] = alsoNotFound(completed["404"]);
  if (hasBody || named.some(isRefusable)) completed["422"] ??= REFUSED;
  else delete completed["422"];
  return completed;
}

const REFUSED: Response = {
  description: "A parameter is refused, or the body is not JSON",
  content: { "application/json": { schema: schemaComponent("ValidationError") } },
};

/** Any parameter of the query can be given twice, which is refused where one is expected; a text in the path never is. */
function isRefusable({ in: place, schema }: Parameter): boolean {
  return place === "query" || (place === "path" && (schema.type !== "string" || schema.enum !== undefined));
}

/** Beside what the route answers: a parameter that is too long, or a slash in it, makes it an address of nothing. */
function alsoNotFound(own: Response | Referral | undefined): Response {
  const nothing = schemaComponent("NotFound");
  if (own === undefined || "$ref" in own)
    return { description: "No route serves the address", content: { "application/json": { schema: nothing } } };
  const media = own.content?.["application/json"];
  const schema = media === undefined ? nothing : { anyOf: [media.schema, nothing] };
  return { ...own, content: { ...own.content, "application/json": { ...media, schema } } };
}

/** With the ETag that a client asks with next time. */
function tagged(response: Response | Referral | undefined): Response {
  if (response === undefined || "$ref" in response)
    throw new Error("an answer that may be unchanged has a 200 of its own");
  return { ...response, headers: { ETag: sharedHeader("ETag"), ...response.headers } };
}

function withHeaders(status: string, response: Response | Referral, isLimited: boolean): Response | Referral {
  if ("$ref" in response) return response;
  const headers = {
    ...(status === "304" && { ETag: sharedHeader("ETag") }),
    ...((status === "429" || status === "503") && { "Retry-After": sharedHeader("Retry-After") }),
    ...(isLimited && (status.startsWith("2") || status === "429") && RATE_HEADERS),
    ...response.headers,
  };
  return Object.keys(headers).length === 0 ? response : { ...response, headers };
}
