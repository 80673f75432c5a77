import type { Refusal } from "./access.js";

/** Nobody is logged in, or the token is not good (any more): status 401. */
export class UnauthorizedError extends Error {
  override readonly name = "UnauthorizedError";

  constructor(message: Refusal | (string & {}) = "Unauthorized") {
    super(message);
  }
}

/** Somebody is logged in who may not do that: status 403. The message is for the user. */
export class ForbiddenError extends Error {
  override readonly name = "ForbiddenError";
}
