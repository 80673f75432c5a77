import { DatabaseError } from "@autosubmit-api/db";
import { AutosubmitReadError, type ReadErrorCode } from "autosubmit-reader";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ForbiddenError, UnauthorizedError } from "../auth/errors.js";
import {
  RenderAbandonedError,
  RenderFailedError,
  RenderOverloadedError,
  RenderThreadLostError,
  RenderTimeoutError,
} from "../render/errors.js";
import { CommandRefusal } from "../runners/command-refusal.js";
import { validationDetails } from "./validation-error.js";

/** The status that each kind of read failure has in `/v4` (docs/errors.md). */
export const STATUS_OF_READ_ERROR: Record<ReadErrorCode, number> = {
  SITE_MISCONFIGURED: 500,
  EXPID_INVALID: 404,
  EXPERIMENT_NOT_FOUND: 404,
  SOURCE_MISSING: 404,
  SOURCE_UNREADABLE: 500,
  SOURCE_CORRUPT: 500,
  SOURCE_TOO_LARGE: 500,
  SOURCE_BUSY: 503,
  SOURCE_UNAVAILABLE: 503,
  FORMAT_UNSUPPORTED: 500,
  CONFIG_INVALID: 500,
  PATH_UNSAFE: 404,
};

const UNEXPECTED = "An unexpected error occurred.";
const BUSY_RETRY_SECONDS = 2;
/** Nobody reads it: nginx's code for a client that went away, so that the log tells. */
const CLIENT_CLOSED_REQUEST = 499;

/** What a client is told of an error. */
export interface Failure {
  status: number;
  message: string;
  retryAfterSeconds: number | null;
  /** Whether the cause is ours, or the installation's, and belongs into the log as an error. */
  isOurs: boolean;
}

/** The one place that decides what an error means to clients. */
export function describeFailure(error: unknown): Failure {
  const told = (status: number, message: string, retryAfterSeconds: number | null = null): Failure => ({
    status,
    message,
    retryAfterSeconds,
    isOurs: status >= 500,
  });
  if (error instanceof AutosubmitReadError) {
    const status = STATUS_OF_READ_ERROR[error.code];
    return told(status, error.message, status === 503 ? BUSY_RETRY_SECONDS : null);
  }
  if (error instanceof DatabaseError) {
    const retry = error.code === "DATABASE_BUSY" || error.code === "DATABASE_UNAVAILABLE" ? BUSY_RETRY_SECONDS : null;
    return told(503, `The API's own records cannot be used: ${error.message}`, retry);
  }
  if (error instanceof UnauthorizedError) return told(401, error.message);
  if (error instanceof ForbiddenError) return told(403, error.message);
  if (error instanceof CommandRefusal) return told(error.status, error.message);
  if (error instanceof RenderOverloadedError) return told(503, error.message, error.retryAfterSeconds);
  if (error instanceof RenderTimeoutError) return told(504, error.message);
  if (error instanceof RenderAbandonedError) return told(CLIENT_CLOSED_REQUEST, "the client went away");
  if (error instanceof RenderFailedError || error instanceof RenderThreadLostError) return told(500, UNEXPECTED);
  const status = clientErrorStatus(error);
  return status === null ? told(500, UNEXPECTED) : told(status, (error as Error).message);
}

/** Fastify's own errors about requests (too large, wrong media type, …) carry a 4xx status and a message fit to show. */
function clientErrorStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !("statusCode" in error)) return null;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 && statusCode < 500 ? statusCode : null;
}

/** Logs what the client is not told. */
export function logFailure(request: FastifyRequest, error: unknown, failure: Failure): void {
  if (failure.isOurs) request.log.error({ err: error }, "a request failed");
}

export function registerErrorHandler(app: FastifyInstance): void {
  // Addresses that nothing serves count for rate limits as those that something does.
  const preHandler = (request: FastifyRequest, reply: FastifyReply) => app.rateLimit().call(app, request, reply);
  app.setNotFoundHandler({ preHandler }, (_request, reply) => reply.code(404).send({ detail: "Not Found" }));
  app.setErrorHandler(answerError);
}

/** Every error that the `/v3` wrapper does not answer. */
function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refused = error as Partial<FastifyError>;
  if (refused.validation !== undefined) {
    const part = refused.validationContext ?? "body";
    const inputs: Record<string, unknown> = {
      querystring: request.query,
      params: request.params,
      headers: request.headers,
      body: request.body,
    };
    return reply.code(422).send({ detail: validationDetails(refused.validation, part, inputs[part]) });
  }
  if (refused.code === "FST_ERR_CTP_INVALID_JSON_BODY" || refused.code === "FST_ERR_CTP_EMPTY_JSON_BODY") {
    const msg = refused.code === "FST_ERR_CTP_EMPTY_JSON_BODY" ? "Field required" : "JSON decode error";
    return reply.code(422).send({ detail: [{ type: "json_invalid", loc: ["body"], msg, input: {} }] });
  }
  const failure = describeFailure(error);
  logFailure(request, error, failure);
  if (failure.retryAfterSeconds !== null) reply.header("Retry-After", failure.retryAfterSeconds);
  if (failure.status === 401) reply.header("WWW-Authenticate", "Bearer");
  return reply.code(failure.status).send(failureBody(failure, error));
}

/**
 * What a GUI shows the user of a refusal it looks for in `detail` (GUI contract §0.7); the reference implementation has it
 * in `error_message`. Both are there.
 */
function failureBody({ status, message }: Failure, error: unknown): object {
  const body = { error: true, error_message: message };
  const isRefusal = (status < 500 && status !== 404) || error instanceof CommandRefusal;
  return isRefusal ? { ...body, detail: message } : body;
}
