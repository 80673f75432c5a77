import type { FastifyReply, FastifyRequest } from "fastify";
import { describeFailure, logFailure } from "../plugins/error-handler.js";
import type { Body } from "../render/protocol.js";
import type { RenderPool, RenderRequest } from "../render/render-pool.js";
import type { ViewName } from "../render/views/index.js";
import { negotiateCoding, varyOn } from "./content-negotiation.js";
import { entityTag, findEntityTag, singleContentTag } from "./entity-tags.js";
import { inPieces } from "./in-pieces.js";

/** A request that is answered by a view, and what answers it. */
export interface ViewExchange {
  request: FastifyRequest;
  reply: FastifyReply;
  renderPool: RenderPool;
}

/** Answers a `/v4` request; errors go to the error handler, which gives them their status. */
export async function sendV4View<Name extends ViewName>(
  { request, reply, renderPool }: ViewExchange,
  view: RenderRequest<Name>,
): Promise<FastifyReply> {
  const rendered = await renderPool.render(asAsked(view, request), request.signal);
  releaseOnceSent(rendered, reply, renderPool);
  return sendRendered(request, reply, rendered);
}

/** Answers a `/v4` request with the text of a view whose body is a `LazyText`, as a file to save. */
export async function sendV4Text<Name extends ViewName>(
  { request, reply, renderPool }: ViewExchange,
  view: RenderRequest<Name>,
  { contentType, fileName }: { contentType: string; fileName: string },
): Promise<FastifyReply> {
  const { coding, requestId } = asAsked(view, request);
  const rendered = await renderPool.render({ ...view, coding, requestId, keep: false }, request.signal);
  releaseOnceSent(rendered, reply, renderPool);
  if (rendered.status === 200) reply.header("Content-Disposition", `attachment; filename="${fileName}"`);
  return sendRendered(request, reply, rendered, contentType);
}

/** The statuses of v3's failures: 200, whatever went wrong. */
const ALWAYS_OK = (): number => 200;

/** Being written, or a busy server; and given up for taking too long. */
const PASSING = [503, 504];

/**
 * Of the monitored graph: what passes has a status of its own. The GUI goes on polling then, while an empty list of jobs
 * makes it lose the page (GUI contract §1.5).
 * differs: the reference answers 200.
 */
export const PASSING_FAILURES_TOLD = (status: number): number => (PASSING.includes(status) ? status : 200);

/**
 * Answers a `/v3` request. The one home of v3's contract that errors have status 200 and say `error: true` (GUI contract
 * §0.6): `failureBody` is the usual body, empty, with the message in it.
 */
export async function sendV3View<Name extends ViewName>(
  { request, reply, renderPool }: ViewExchange,
  view: RenderRequest<Name>,
  failureBody: (message: string) => object,
  failureStatus: (status: number) => number = ALWAYS_OK,
): Promise<FastifyReply> {
  let rendered: Body;
  try {
    rendered = await renderPool.render(asAsked(view, request), request.signal);
  } catch (error) {
    const failure = describeFailure(error);
    logFailure(request, error, failure);
    if (failure.retryAfterSeconds !== null) reply.header("Retry-After", failure.retryAfterSeconds);
    return reply.code(failureStatus(failure.status)).send(failureBody(failure.message));
  }
  releaseOnceSent(rendered, reply, renderPool);
  return sendRendered(request, reply, rendered);
}

/** Once nothing more is going to be read from the bytes, whether they were sent or the client went away. */
function releaseOnceSent(rendered: Body, { raw }: FastifyReply, renderPool: RenderPool): void {
  if (raw.closed) renderPool.release(rendered);
  else raw.once("close", () => renderPool.release(rendered));
}

const JSON_TYPE = "application/json; charset=utf-8";

/** @param contentType of answers with status 200; the others are JSON */
function sendRendered(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, etag, coding, bytes }: Body,
  contentType = JSON_TYPE,
): FastifyReply {
  // Always asked for again, and cheap to answer when nothing changed.
  reply.header("Cache-Control", "no-cache");
  varyOn(reply, "Accept-Encoding");
  if (status === 200 || status === 304) {
    const theirs = findEntityTag(request.headers["if-none-match"], etag, coding);
    reply.header("ETag", theirs ?? entityTag(etag, coding));
    if (status === 304 || theirs !== null) return reply.code(304).send();
  }
  if (coding !== "identity") reply.header("Content-Encoding", coding);
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return reply
    .code(status)
    .type(status === 200 ? contentType : JSON_TYPE)
    .header("Content-Length", body.byteLength)
    .send(inPieces(body));
}

/** With what the client says it takes and has. */
function asAsked<Name extends ViewName>(view: RenderRequest<Name>, { id, headers }: FastifyRequest) {
  const coding = negotiateCoding(headers["accept-encoding"]);
  const clientEtag = singleContentTag(headers["if-none-match"]);
  return { ...view, requestId: id, coding, ...(clientEtag !== undefined && { clientEtag }) };
}
