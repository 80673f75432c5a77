import { createReadStream, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyReply } from "fastify";
import { PAGE_CSS } from "../live-page/page-css.js";
import { PAGE_HTML } from "../live-page/page-html.js";
import type { RouteApp } from "../routes/route-app.js";

/** Beside this program in the build. */
const SCRIPT = fileURLToPath(new URL("./live-page/page.js", import.meta.url));
/** The page loads its own files and talks to this API, and to nobody else. */
const POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src data:"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join("; ");

/** `/docs/live`: a page that shows an experiment as it changes, an example of the client. */
export function registerLivePage(app: RouteApp): void {
  const options = { config: { access: "public" }, schema: { hide: true } } as const;
  app.get("/docs/live", options, async (request, reply) => {
    // The page's addresses are relative to the one without a slash at its end.
    if (/\/(?:\?|$)/.test(request.url)) return reply.redirect("../live", 308);
    return plain(reply, "text/html").header("Content-Security-Policy", POLICY).send(PAGE_HTML);
  });
  app.get("/docs/live/page.css", options, async (_request, reply) => plain(reply, "text/css").send(PAGE_CSS));
  app.get("/docs/live/page.js", options, async (_request, reply) =>
    existsSync(SCRIPT) ? plain(reply, "text/javascript").send(createReadStream(SCRIPT)) : reply.callNotFound(),
  );
}

const plain = (reply: FastifyReply, type: string) =>
  reply.type(`${type}; charset=utf-8`).header("Cache-Control", "no-cache");
