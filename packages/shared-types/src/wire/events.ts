import { type Static, type TSchema, Type } from "typebox";
import { EXPERIMENT_STATUSES } from "../experiment-status.js";
import { JOB_STATUS_NAMES, type JobStatusName } from "../job-status.js";
import { nullableText } from "./common.js";
import { Reference } from "./schema.js";

const jobStatus = (description: string) => Type.Enum(JOB_STATUS_NAMES, { description });
const experimentStatus = (description: string) => Type.Enum(EXPERIMENT_STATUSES, { description });
const time = (description: string) =>
  Type.Unsafe<string | null>({
    ...nullableText,
    description: `${description}; ISO 8601 with the site's offset, null when it cannot be told`,
  });

/** What is told of an experiment, by kind of event. */
const EVENT_DATA = {
  "job-status": Type.Object(
    {
      name: Type.String(),
      section: Type.String(),
      old: jobStatus("Before"),
      new: jobStatus("Now"),
      at: time("When Autosubmit wrote it"),
    },
    { description: "A job that has another status than before" },
  ),
  "job-list": Type.Object(
    { added: Type.Integer(), removed: Type.Integer(), changed: Type.Integer(), total: Type.Integer() },
    {
      description:
        "Jobs came or went, or more changed at once than are told one by one: whoever shows the jobs reads them anew",
    },
  ),
  "status-counts": Type.Object(
    {
      counts: Type.Unsafe<Partial<Record<JobStatusName, number>>>({
        type: "object",
        propertyNames: { enum: JOB_STATUS_NAMES },
        additionalProperties: { type: "integer" },
      }),
      total: Type.Integer(),
    },
    {
      description: "How many jobs have each status, statuses without jobs left out; follows the changes that led to it",
    },
  ),
  "run-started": Type.Object({ runId: Type.Integer(), startedAt: time("When"), total: Type.Integer() }),
  "run-finished": Type.Object({
    runId: Type.Integer(),
    finishedAt: time("When"),
    total: Type.Integer(),
    completed: Type.Integer(),
    failed: Type.Integer(),
  }),
  "experiment-status": Type.Object(
    {
      old: experimentStatus("Before"),
      new: experimentStatus("Now"),
      confidence: Type.Enum(["high", "medium", "low"]),
      since: time("RUNNING: the start of the run; NOT RUNNING: the last sign of life"),
      reasons: Type.Array(Type.String(), { description: "For people, the deciding one first" }),
    },
    { description: "Autosubmit began or ceased to work on the experiment, as far as its files tell" },
  ),
  "log-added": Type.Object(
    { name: Type.String(), folder: Type.Enum(["jobs", "commands"]) },
    { description: "A file that appeared among the logs of jobs or of Autosubmit's commands" },
  ),
} as const satisfies Record<string, TSchema>;

/** The data of each kind of event. */
export type LiveEventData = { [Kind in keyof typeof EVENT_DATA]: Static<(typeof EVENT_DATA)[Kind]> };
export type LiveEventKind = keyof LiveEventData;

/** Every kind of event. */
export const LIVE_EVENT_KINDS = Object.keys(EVENT_DATA) as LiveEventKind[];

/** An event as it is told: one of the kinds with its data. */
export type LiveEvent = {
  [Kind in LiveEventKind]: {
    /** Grows from event to event over the whole site; never given twice. */
    id: number;
    /** When it was noticed. */
    at: string;
    expid: string;
    kind: Kind;
    data: LiveEventData[Kind];
  };
}[LiveEventKind];

/** One event of the live feed. */
export const LiveEventV4 = Type.Unsafe<LiveEvent>({
  $id: "LiveEventV4",
  oneOf: Object.entries(EVENT_DATA).map(([kind, data]) =>
    Type.Object({
      id: Type.Integer({ description: "Grows from event to event over the whole site; never given twice" }),
      at: Type.String({ description: "When it was noticed; ISO 8601" }),
      expid: Type.String(),
      kind: Type.Literal(kind),
      data,
    }),
  ),
});

/** `GET /v4/events` and `GET /v4/experiments/{expid}/events` with `format=json`. */
export const EventPageV4 = Type.Object(
  {
    events: Type.Array(Reference(LiveEventV4), { description: "In the order in which they were noticed" }),
    next: Type.Integer({ description: "The `since` of the next request" }),
    more: Type.Boolean({ description: "Whether there are more already" }),
    reset: Type.Boolean({
      description: "Events after `since` are gone: read everything anew, then go on from `next`",
    }),
  },
  { $id: "EventPageV4" },
);
export type EventPageV4Body = Static<typeof EventPageV4>;

/** `POST /v4/events/tickets`. */
export const EventTicketV4 = Type.Object(
  {
    ticket: Type.String({ description: "The parameter `ticket` of a feed, instead of the Authorization header" }),
    expires: Type.String({ description: "Until when a feed can be opened with it; ISO 8601" }),
  },
  { $id: "EventTicketV4" },
);
export type EventTicketV4Body = Static<typeof EventTicketV4>;
