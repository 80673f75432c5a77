import type { JournalEvent } from "@autosubmit-api/db";
import { ErrorV4, EventPageV4, EventTicketV4, Reference } from "@autosubmit-api/shared-types";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Static, type TSchema, Type } from "typebox";
import { eventJson } from "../../feed/event-frames.js";
import { type EventQuery, selectEvents } from "../../feed/event-selection.js";
import { EventStream } from "../../feed/event-stream.js";
import { findEntityTag } from "../entity-tags.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, UNCHANGED } from "../schemas.js";

const MOST_EVENTS = 5_000;
/** When a client that polls should ask again, in seconds. */
const POLL_AGAIN_SECONDS = 2;

const FeedQuery = Type.Object({
  since: Type.Optional(
    Type.Integer({
      minimum: 0,
      examples: [0],
      description: "Events after this number; the feed begins now without it",
    }),
  ),
  format: Type.Optional(
    Type.Enum(["sse", "json"], {
      examples: ["json"],
      description: "`sse`: a stream of server-sent events; `json`: one page of events",
    }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: MOST_EVENTS, default: 500, description: "Events of a page of JSON" }),
  ticket: Type.Optional(
    Type.String({ description: "Instead of the Authorization header, which EventSource cannot send" }),
  ),
});
type FeedParameters = Static<typeof FeedQuery>;

const SiteFeedQuery = Type.Interface([FeedQuery], {
  expid: Type.Optional(
    Type.Array(Type.String(), { examples: [["a000", "a001"]], description: "Of these experiments" }),
  ),
  owner: Type.Optional(Type.String({ examples: ["alice"], description: "Of this user's experiments" })),
  status: Type.Optional(
    Type.String({ examples: ["RUNNING"], description: "Of experiments that are RUNNING, or NOT RUNNING, at the time" }),
  ),
});

const responses: Record<number, TSchema | object> = {
  304: UNCHANGED,
  503: Reference(ErrorV4, "The journal of events cannot be read"),
  200: {
    description: "A stream of events, or a page of them",
    content: {
      "application/json": { schema: Reference(EventPageV4) },
      "text/event-stream": {
        schema: Type.String({
          description: "Each event's data is a LiveEventV4; `open`, `reset` and `bye` are about the feed",
        }),
      },
    },
  },
  429: Reference(ErrorV4, "Too many feeds are open; Retry-After tells when to ask again"),
};

/** What changes in experiments, as it happens. */
export function eventRoutes(app: RouteApp, services: RouteServices): void {
  const { feed, tickets, clock } = services;
  app.addHook("preClose", async () => feed.close());

  app.get(
    "/v4/events",
    {
      config: { access: "read", admitsTickets: true },
      schema: {
        tags: ["v4"],
        summary: "What changes, of all experiments or some",
        querystring: SiteFeedQuery,
        response: responses,
      },
    },
    (request, reply) => {
      const { expid, owner = null, status = null } = request.query;
      const expids = expid === undefined ? null : new Set(expid);
      return answerFeed(request, reply, services, request.query, { expids, owner, status });
    },
  );

  app.get(
    "/v4/experiments/:expid/events",
    {
      config: { access: "read", admitsTickets: true },
      schema: {
        tags: ["v4"],
        summary: "What changes in an experiment",
        params: ExperimentParams,
        querystring: FeedQuery,
        response: { ...responses, 404: Reference(ErrorV4, "No such experiment") },
      },
    },
    async (request, reply) => {
      const { expid } = request.params;
      if ((await services.databases.experiments.find(expid)) === null) {
        return reply.code(404).send({ error: true, error_message: `There is no experiment ${expid}` });
      }
      return answerFeed(request, reply, services, request.query, {
        expids: new Set([expid]),
        owner: null,
        status: null,
      });
    },
  );

  app.post(
    "/v4/events/tickets",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "A ticket that opens a feed once logged in, for EventSource",
        response: { 200: Reference(EventTicketV4, "The ticket") },
      },
    },
    async ({ principal }) => {
      const { ticket, expiresAt } = tickets.issue(principal, clock());
      return { ticket, expires: expiresAt.toISOString() };
    },
  );
}

async function answerFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  services: RouteServices,
  parameters: FeedParameters,
  query: EventQuery,
): Promise<FastifyReply> {
  const wantsJson = parameters.format === "json" || (parameters.format === undefined && !asksForStream(request));
  return wantsJson
    ? sendPage(request, reply, services, parameters, query)
    : sendStream(request, reply, services, parameters, query);
}

const asksForStream = ({ headers }: FastifyRequest) => (headers.accept ?? "").includes("text/event-stream");

async function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  { feed, databases }: RouteServices,
  { since }: FeedParameters,
  query: EventQuery,
): Promise<FastifyReply> {
  const user = request.principal?.user ?? request.ip;
  if (!feed.reserve(user)) {
    const error_message = "Too many feeds are open; close some, or ask again later";
    return reply.code(429).header("Retry-After", 30).send({ error: true, error_message });
  }
  let isOpen = false;
  try {
    const selection = await selectEvents(query, databases);
    await feed.subscribe(lastEventOf(request) ?? since ?? null, selection, () => {
      isOpen = true;
      reply.hijack();
      const stream = new EventStream(reply.raw, reply.getHeaders());
      stream.onClose(() => feed.release(user));
      return stream;
    });
  } finally {
    if (!isOpen) feed.release(user);
  }
  return reply;
}

/** What a browser that lost the stream remembers; it wins over the URL, which it asked with first. */
function lastEventOf({ headers }: FastifyRequest): number | null {
  const text = headers["last-event-id"];
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The same events for clients that poll. */
async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { databases, timeZone }: RouteServices,
  { since, limit }: FeedParameters,
  query: EventQuery,
): Promise<FastifyReply> {
  const { eventJournal } = databases;
  const { removedThrough, newest } = await eventJournal.bounds();
  const from = since ?? newest;
  const reset = from < removedThrough || from > newest;
  // Also of where the page begins: a client that goes on from one page to the next sends the tag of the former.
  const etag = `"events-${newest}-${removedThrough}-${from}-${limit}"`;
  reply.header("ETag", etag).header("Cache-Control", "no-cache").header("Retry-After", POLL_AGAIN_SECONDS);
  if (findEntityTag(request.headers["if-none-match"], etag, "identity") !== null) return reply.code(304).send();
  const selection = await selectEvents(query, databases);
  const [only] = query.expids?.size === 1 ? query.expids : [];
  const found =
    reset || from === newest
      ? []
      : await eventJournal.listAfter(from, limit + 1, only === undefined ? {} : { expid: only });
  const page = found.slice(0, limit);
  const more = found.length > limit;
  const next = more ? (page.at(-1)?.id ?? newest) : newest;
  return reply.type("application/json; charset=utf-8").send(
    pageJson(
      page.filter((event) => event.id <= newest && selection.wants(event)),
      { next, more, reset },
    ),
  );

  function pageJson(events: readonly JournalEvent[], rest: object): string {
    return `{"events":[${events.map((event) => eventJson(event, timeZone)).join()}],${JSON.stringify(rest).slice(1)}`;
  }
}
