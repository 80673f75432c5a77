import type { FastifyInstance } from "fastify";

/**
 * Once the server is told to close, every answer ends its connection: those that are kept alive would hold the server open
 * until their clients let go.
 */
export function registerDraining(app: FastifyInstance): void {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("Connection", "close");
  });
}
