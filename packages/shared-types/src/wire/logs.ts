import { type Static, Type } from "typebox";
import { nullableText, v3ErrorFields } from "./common.js";
import { PaginationV4 } from "./jobs.js";
import { Nullable, Reference } from "./schema.js";

const numberedLines = Type.Array(Type.Object({ index: Type.Integer({ minimum: 0 }), content: Type.String() }), {
  description: "The last 150 lines",
});
const note = Nullable(Type.String({ description: "What is missing of the log, and why" }));

/** `GET /v3/exprun/{expid}` and `GET /v3/joblog/{logfile}`. */
export const LogV3 = Type.Object(
  {
    ...v3ErrorFields,
    logfile: Type.String({ description: "exprun: the name, empty when there is none; joblog: the path" }),
    found: Type.Boolean(),
    lastModified: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "ISO 8601; empty when not found",
    }),
    timeStamp: Type.Unsafe<number | "">({
      type: ["integer", "string"],
      description: "Epoch seconds; an empty text when not found",
    }),
    logcontent: numberedLines,
    note,
  },
  { $id: "LogV3" },
);
export type LogV3Body = Static<typeof LogV3>;

/** `GET /v3/exp-recovery-logs/{expid}`. */
export const RecoveryLogsV3 = Type.Object(
  {
    ...v3ErrorFields,
    platform_recovery_logs: Type.Array(
      Type.Object({
        platform: Type.String(),
        filename: Type.String(),
        datetime: Type.String({ description: "When the recovery started, from the name; no zone" }),
        modified_date: nullableText,
        content: numberedLines,
        note,
      }),
    ),
  },
  { $id: "RecoveryLogsV3" },
);
export type RecoveryLogsV3Body = Static<typeof RecoveryLogsV3>;

const logPlace = {
  name: Type.String(),
  folder: Type.Enum(["jobs", "commands"] as const, { description: "tmp/LOG_<expid> or tmp/ASLOGS" }),
  kind: Type.Enum(
    ["out", "err", "command", "command-errors", "recovery", "recovery-errors", "status", "other"] as const,
    { description: "Told from the name" },
  ),
  job_name: nullableText,
  command: nullableText,
  platform: nullableText,
  time: Nullable(
    Type.String({ description: "Submission of the job or start of the command, from the name; ISO 8601" }),
  ),
  size_bytes: Type.Integer({ description: "As stored, so compressed" }),
  modified: nullableText,
};

const attempt = Type.Unsafe<{ counter: number | null; run_id: number | null } | null>({
  type: ["object", "null"],
  description: "The attempt of the job that wrote it, as the history has it; null when that does not say",
  properties: { counter: { type: ["integer", "null"] }, run_id: { type: ["integer", "null"] } },
});

/** A log of `GET /v4/experiments/{expid}/logs`. */
export const LogEntryV4 = Type.Object({ ...logPlace, attempt }, { $id: "LogEntryV4" });
export type LogEntryV4Body = Static<typeof LogEntryV4>;

/** `GET /v4/experiments/{expid}/logs`: the youngest first. */
export const LogsV4 = Type.Object(
  {
    logs: Type.Array(Reference(LogEntryV4)),
    pagination: Reference(PaginationV4),
    attempts: Type.Optional(
      Type.Array(
        Type.Object({
          counter: Nullable(Type.Integer()),
          run_id: Nullable(Type.Integer()),
          out: Nullable(Type.String({ description: "Null while the log has not been transferred" })),
          err: Nullable(Type.String({ description: "Null while the log has not been transferred" })),
        }),
        { description: "With `job` only: every attempt of the job and its logs" },
      ),
    ),
  },
  { $id: "LogsV4" },
);
export type LogsV4Body = Static<typeof LogsV4>;

/** `GET /v4/experiments/{expid}/logs/{name}`: lines, or with `bytes` a stretch of the text. */
export const LogV4 = Type.Object(
  {
    ...logPlace,
    compression: Type.Enum(["none", "xz", "gzip"] as const, { description: "Told from the content" }),
    lines: Type.Optional(
      Type.Array(
        Type.Object({
          line: Nullable(Type.Integer({ description: "From 0; null where it would have to be counted" })),
          text: Type.String({ description: "At most 64 KiB of it" }),
        }),
      ),
    ),
    next_from: Type.Optional(Nullable(Type.Integer({ description: "The `from` of what follows; null at the end" }))),
    total_lines: Type.Optional(Nullable(Type.Integer({ description: "Null until the end was seen once" }))),
    text: Type.Optional(Type.String()),
    start: Type.Optional(Type.Integer({ description: "First byte of `text`, after decompression" })),
    end: Type.Optional(Type.Integer({ description: "The byte after the last one of `text`" })),
    note,
  },
  { $id: "LogV4" },
);
export type LogV4Body = Static<typeof LogV4>;
