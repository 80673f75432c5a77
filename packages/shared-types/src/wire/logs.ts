import { type Static, Type } from "typebox";
import { nullableText, v3ErrorFields } from "./common.js";
import { Nullable } from "./schema.js";

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
