import type { Refusal } from "./access.js";

/** Nobody is logged in, or the token is not good (any more): status 401. */
export class UnauthorizedError extends Error {
  override readonly name = "UnauthorizedError";

  constructor(message: Refusal | (string & {}) = "Unauthorized") {
    super(message);
  }
}

/** What was asked for cannot be done as it was asked: status 400, or 422 for a value that is refused. The message is for the user. */
export class BadRequestError extends Error {
  override readonly name = "BadRequestError";
  readonly statusCode: number;

  constructor(message: string, statusCode: 400 | 422 = 400) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Somebody is logged in who may not do that: status 403. The message is for the user. */
export class ForbiddenError extends Error {
  override readonly name = "ForbiddenError";
}
