import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { RenderPool, RenderRequest } from "../render/render-pool.js";
import type { TextPage } from "../render/text-page.js";
import type { ViewName } from "../render/views/index.js";
import type { ViewExchange } from "./send-view.js";

/** What was sent before the page to ask for. */
export interface PagesSoFar {
  /** The `next` of the page before; null for the first page. */
  after: number | null;
  /** Whether any page before had records. */
  hasEarlier: boolean;
}

/** A text that is sent page by page. */
export interface PagedText<Name extends ViewName> {
  contentType: string;
  /** What browsers save it as; null to show it. */
  fileName: string | null;
  /** How to ask for a page; the view answers with a `TextPage`. */
  page(before: PagesSoFar): RenderRequest<Name>;
}

/**
 * Answers a `/v4` request with a text of any length in constant memory: a page is asked for when the client has taken the
 * one before. Errors of the first page have their status; a later one cuts the connection, so that no client takes half a
 * text for the whole.
 */
export async function sendV4Pages<Name extends ViewName>(
  { request, reply, renderPool }: ViewExchange,
  text: PagedText<Name>,
): Promise<FastifyReply> {
  const readPage = (before: PagesSoFar) =>
    renderPage(renderPool, { ...text.page(before), requestId: request.id }, request.signal);
  const first = await readPage({ after: null, hasEarlier: false });
  reply.header("Cache-Control", "no-cache");
  if (text.fileName !== null) reply.header("Content-Disposition", `attachment; filename="${text.fileName}"`);
  const pages = Readable.from(textOf(first, readPage), { objectMode: false });
  pages.on("error", (error) => {
    if (!request.signal.aborted) request.log.error({ err: error }, "a text was cut off while it was sent");
  });
  return reply.type(text.contentType).send(pages);
}

async function* textOf(
  first: TextPage,
  readPage: (before: PagesSoFar) => Promise<TextPage>,
): AsyncGenerator<Buffer, void, undefined> {
  let page = first;
  let hasEarlier = false;
  while (true) {
    if (page.text !== "") yield Buffer.from(page.text, "utf8");
    hasEarlier ||= page.records > 0;
    if (page.next === null) return;
    page = await readPage({ after: page.next, hasEarlier });
  }
}

async function renderPage<Name extends ViewName>(
  renderPool: RenderPool,
  request: RenderRequest<Name>,
  signal: AbortSignal,
): Promise<TextPage> {
  const rendered = await renderPool.render({ ...request, keep: false }, signal);
  const text = new TextDecoder().decode(rendered.bytes);
  renderPool.release(rendered);
  // The view of a paged text answers with a page, see `PagedText`.
  return JSON.parse(text) as TextPage;
}
