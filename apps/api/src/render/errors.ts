/** Too many views wait for the thread already, or this one waited too long; asking again later is worth it. */
export class RenderOverloadedError extends Error {
  override readonly name = "RenderOverloadedError";
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super("The server is busy with other requests; please ask again in a moment");
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The view took longer than the configured time; its thread was replaced. */
export class RenderTimeoutError extends Error {
  override readonly name = "RenderTimeoutError";

  constructor(timeoutMs: number) {
    super(`The answer took longer than ${timeoutMs / 1000} s to compute and was given up`);
  }
}

/** The thread ended while it built the view, for want of memory for example; another one took its place. */
export class RenderThreadLostError extends Error {
  override readonly name = "RenderThreadLostError";
}

/** A view failed for a reason that is no fault of the data: a mistake in this program. */
export class RenderFailedError extends Error {
  override readonly name = "RenderFailedError";

  constructor(original: { name: string; message: string }) {
    super(`${original.name}: ${original.message}`);
  }
}

/** The clients that asked went away. */
export class RenderAbandonedError extends Error {
  override readonly name = "RenderAbandonedError";
}
