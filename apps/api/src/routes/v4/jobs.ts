import { ErrorV4, JobsV4, Reference } from "@autosubmit-api/shared-types";
import type { FastifyReply } from "fastify";
import { type Static, type TSchema, Type } from "typebox";
import { RECORD_CONTENT_TYPES, RECORD_FORMATS } from "../../render/record-text.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, recordResponses, UNCHANGED } from "../schemas.js";
import { sendV4Text, sendV4View, type ViewExchange } from "../send-view.js";

const LONGEST_STRETCH = 10_000;

const condition = (description: string, example: string) =>
  Type.Optional(Type.String({ description, examples: [example] }));

const JobsQuery = Type.Object({
  view: Type.Enum(["quick", "base", "extended"] as const, {
    default: "base",
    examples: ["extended"],
    description:
      "quick: names and statuses; base: what the job list says; extended: times, platform and wrapper as well",
  }),
  status: condition(
    "Status name. In all conditions `*` is any text, a leading `!` turns them round, `NA` is no value",
    "RUNNING",
  ),
  section: condition("Job section", "SIM"),
  date: condition("Start date, YYYY-MM-DD or YYYYMMDD", "2000-01-01"),
  member: condition("Member", "fc0"),
  chunk: condition("Chunk number", "1"),
  split: condition("Split number", "NA"),
  platform: condition("Where the section runs, in any case", "LOCAL"),
  query: condition("Part of the job's name", "_SIM"),
  page: Type.Integer({ minimum: 1, default: 1, examples: [1] }),
  page_size: Type.Optional(Type.Integer({ examples: [50], description: "Jobs per page; all of them unless positive" })),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: LONGEST_STRETCH,
      examples: [1_000],
      description: "Jobs at a time, in file order, for long lists: ask on with `next_cursor`",
    }),
  ),
  cursor: Type.Optional(Type.String({ description: "`next_cursor` of the answer before; needs `limit`" })),
  format: Type.Enum(RECORD_FORMATS, {
    default: "json",
    examples: ["csv"],
    description: "csv and ndjson: a file, in the order of the job list",
  }),
});

const responses: Record<number, TSchema | object> = {
  ...recordResponses(JobsV4),
  304: UNCHANGED,
  400: Reference(ErrorV4, "The cursor is none that an answer gave"),
};

type JobsQueryParameters = Static<typeof JobsQuery>;

/** The job list of an experiment: filtered, in pages, or as text. */
export function jobsRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v4/experiments/:expid/jobs",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The jobs of an experiment",
        params: ExperimentParams,
        querystring: JobsQuery,
        response: responses,
      },
    },
    (request, reply) => sendJobs({ request, reply, renderPool }, request.params.expid, request.query),
  );
}

function sendJobs(exchange: ViewExchange, expid: string, query: JobsQueryParameters): Promise<FastifyReply> {
  const { format, limit, page } = query;
  const selection = selectionOf(query);
  if (format !== "json") {
    const view = { view: "v4.jobs-text" as const, expid, parameters: { ...selection, format } };
    return sendV4Text(exchange, view, {
      contentType: RECORD_CONTENT_TYPES[format],
      fileName: `jobs_${expid}.${format}`,
    });
  }
  if (limit !== undefined) {
    const parameters = { ...selection, limit, cursor: query.cursor ?? null };
    return sendV4View(exchange, { view: "v4.jobs-stretch", expid, parameters });
  }
  const parameters = { ...selection, page, pageSize: query.page_size ?? null };
  return sendV4View(exchange, { view: "v4.jobs", expid, parameters });
}

function selectionOf(query: JobsQueryParameters) {
  return {
    view: query.view,
    status: query.status ?? null,
    section: query.section ?? null,
    date: query.date ?? null,
    member: query.member ?? null,
    chunk: query.chunk ?? null,
    split: query.split ?? null,
    platform: query.platform ?? null,
    query: query.query ?? null,
  };
}
