import { ErrorV4, LogsV4, LogV4, Reference } from "@autosubmit-api/shared-types";
import { Type } from "typebox";
import type { LocatedLog } from "../../render/views/log-reading.js";
import type { RouteApp, RouteServices } from "../route-app.js";
import { ExperimentParams, uncachedResponses, v4Responses } from "../schemas.js";
import { sendFile } from "../send-file.js";
import { sendV4View } from "../send-view.js";

const MOST_LINES = 10_000;
const USUAL_LINES = 150;
const LOG_EXAMPLE = "a000_20000101_fc0_1_SIM.20260504083833.out";

const ListQuery = Type.Object({
  kind: Type.Optional(
    Type.Enum(["out", "err", "command", "command-errors", "recovery", "recovery-errors", "status", "other"] as const),
  ),
  job: Type.Optional(Type.String({ description: "Name of a job: its logs, and its attempts with theirs" })),
  query: Type.Optional(Type.String({ description: "Part of the log's name, in any case" })),
  page: Type.Integer({ minimum: 1, default: 1 }),
  page_size: Type.Integer({ minimum: 1, maximum: 1_000, default: 100 }),
});

const LogParams = Type.Object({
  ...ExperimentParams.properties,
  name: Type.String({ description: "As the list of logs has it", examples: [LOG_EXAMPLE] }),
});

const LogQuery = Type.Object({
  tail: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_LINES,
      description: `Last lines; ${USUAL_LINES} when nothing else is asked for`,
    }),
  ),
  from: Type.Optional(Type.Integer({ minimum: 0, description: "First line, from 0" })),
  lines: Type.Integer({ minimum: 1, maximum: MOST_LINES, default: 1_000, description: "With `from` or `search`" }),
  search: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1_000, description: "Only lines with this text, in any case" }),
  ),
  bytes: Type.Optional(
    Type.String({
      pattern: "^\\d{1,15}-(\\d{1,15})?$",
      description: "First and last byte of the text, after decompression; at most 4 MiB",
      examples: ["0-65535"],
    }),
  ),
});

const WHOLE_FILE = {
  description: "The file",
  content: { "application/octet-stream": { schema: Type.Unsafe<Uint8Array>({ type: "string", format: "binary" }) } },
};

const FILE_RESPONSES: Record<number, object> = {
  ...uncachedResponses(LogV4),
  200: WHOLE_FILE,
  206: { ...WHOLE_FILE, description: "The range" },
  416: Reference(ErrorV4, "No byte of the file is in the range"),
};

/** The logs of an experiment, of any length. */
export function logRoutes(app: RouteApp, { renderPool }: RouteServices): void {
  app.get(
    "/v4/experiments/:expid/logs",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "The logs of an experiment",
        params: ExperimentParams,
        querystring: ListQuery,
        response: v4Responses(LogsV4),
      },
    },
    (request, reply) => {
      const { kind, job, query, page, page_size } = request.query;
      const parameters = { kind: kind ?? null, job: job ?? null, query: query ?? null, page, pageSize: page_size };
      return sendV4View({ request, reply, renderPool }, { view: "v4.logs", expid: request.params.expid, parameters });
    },
  );

  app.get(
    "/v4/experiments/:expid/logs/:name",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "Lines of a log",
        params: LogParams,
        querystring: LogQuery,
        response: v4Responses(LogV4),
      },
    },
    (request, reply) => {
      const { expid, name } = request.params;
      const { tail, from, lines, search, bytes } = request.query;
      const [startByte = null, endByte = null] = (bytes ?? "")
        .split("-")
        .map((text) => (text === "" ? null : Number(text)));
      const parameters = {
        ...{ name, tail: tail ?? USUAL_LINES, from: from ?? null, lines, search: search ?? null },
        ...{ startByte, endByte },
      };
      return sendV4View({ request, reply, renderPool }, { view: "v4.log", expid, parameters, keep: false });
    },
  );

  app.get(
    "/v4/experiments/:expid/logs/:name/raw",
    {
      config: { access: "read" },
      schema: {
        tags: ["v4"],
        summary: "A log as it is stored, whole or a range of it",
        params: LogParams,
        response: FILE_RESPONSES,
      },
    },
    async (request, reply) => {
      const { expid, name } = request.params;
      const { status, bytes } = await renderPool.render(
        { view: "v4.log-file", expid, parameters: { name }, keep: false },
        request.signal,
      );
      if (status !== 200) return reply.code(status).type("application/json; charset=utf-8").send(Buffer.from(bytes));
      // The view answers with a `LocatedLog`.
      const located = JSON.parse(new TextDecoder().decode(bytes)) as LocatedLog;
      return sendFile(request, reply, located);
    },
  );
}
