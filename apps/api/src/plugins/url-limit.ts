import type { FastifyInstance } from "fastify";

/** The request's address is longer than any of ours: status 414. */
class UrlTooLongError extends Error {
  override readonly name = "UrlTooLongError";
  readonly statusCode = 414;

  constructor(limit: number) {
    super(`The address is longer than ${limit} bytes`);
  }
}

/** Refuses addresses that are too long, before anything else looks at them. */
export function registerUrlLimit(app: FastifyInstance, limitBytes: number): void {
  app.addHook("onRequest", async ({ raw }) => {
    if ((raw.url?.length ?? 0) > limitBytes) throw new UrlTooLongError(limitBytes);
  });
}
