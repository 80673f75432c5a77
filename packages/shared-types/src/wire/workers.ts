import { type Static, Type } from "typebox";
import { nullableText } from "./common.js";
import { Nullable, Reference } from "./schema.js";

const instant = (description: string) => Type.String({ description: `${description}; ISO 8601` });

/** A run of a task over all experiments, as far as it has come. */
const WorkerRun = Type.Object({
  started: instant("When a worker started it"),
  finished: Nullable(instant("Null while it is under way")),
  duration: Nullable(Type.Number({ description: "Seconds; null while it is under way" })),
  experiments: Type.Integer({ description: "Of the site when it started" }),
  examined: Type.Integer({ description: "Looked at so far" }),
  read: Type.Integer({ description: "Of these, read in full: something had changed" }),
  changed: Type.Integer({ description: "Of these, stored anew" }),
  failed: Type.Integer({ description: "Could not be handled" }),
});

/** An experiment that a task cannot handle at present. */
export const WorkerFailureV4 = Type.Object(
  {
    expid: Type.String(),
    message: Type.String(),
    first_failed: instant("When it failed first"),
    last_failed: instant("When it failed last"),
    times: Type.Integer({ description: "Runs in a row" }),
  },
  { $id: "WorkerFailureV4" },
);
export type WorkerFailureV4Body = Static<typeof WorkerFailureV4>;

/** A task of the workers: its plan and what became of it. */
export const WorkerTaskV4 = Type.Object(
  {
    id: Type.String({ description: "As in the settings file", examples: ["TASK_STTSUPDTR"] }),
    enabled: Type.Boolean(),
    schedule: Type.String({ description: "In words, or a cron expression" }),
    next_run: Nullable(instant("As the workers said last; null when the task is not enabled")),
    updated: instant("When a worker last said so"),
    updated_by: Type.String({ description: "Host, process and a random part" }),
    current_run: Nullable(WorkerRun),
    /** The one that was finished last. */
    last_run: Nullable(WorkerRun),
    failures: Type.Array(Reference(WorkerFailureV4)),
  },
  { $id: "WorkerTaskV4" },
);
export type WorkerTaskV4Body = Static<typeof WorkerTaskV4>;

/** `GET /v4/workers`. */
export const WorkersV4 = Type.Object(
  {
    tasks: Type.Array(Reference(WorkerTaskV4)),
    note: Type.Unsafe<string | null>({ ...nullableText, description: "Why there are no tasks, and what to do" }),
  },
  { $id: "WorkersV4" },
);
export type WorkersV4Body = Static<typeof WorkersV4>;
