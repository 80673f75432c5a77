import { type Static, Type } from "typebox";
import { nullableText, v3ErrorFields } from "./common.js";
import { JsonObject, Nullable } from "./schema.js";

/** `GET /v4/experiments/{expid}`. */
export const ExperimentV4 = Type.Object(
  {
    id: Type.Integer({ description: "Row of the main database" }),
    name: Type.String(),
    description: nullableText,
    autosubmit_version: nullableText,
  },
  { $id: "ExperimentV4" },
);
export type ExperimentV4Body = Static<typeof ExperimentV4>;

/** `GET /v3/expinfo/{expid}`. */
export const ExperimentInfoV3 = Type.Object(
  {
    ...v3ErrorFields,
    expid: Type.String(),
    path: Type.String(),
    owner_id: Type.Integer(),
    owner: Type.String(),
    time_last_access: nullableText,
    time_last_mod: nullableText,
    description: nullableText,
    version: nullableText,
    model: nullableText,
    branch: nullableText,
    hpc: nullableText,
    updateTime: Type.Number({ description: "Seconds between two looks of Autosubmit at its jobs" }),
    running: Type.Boolean(),
    pkl_timestamp: Type.Integer({ description: "When the job list was written; epoch seconds" }),
    chunk_size: Type.Integer(),
    chunk_unit: nullableText,
    total_jobs: Type.Integer(),
    completed_jobs: Type.Integer(),
    db_historic_version: Type.String(),
    workflow_commit: Type.Optional(nullableText),
  },
  { $id: "ExperimentInfoV3" },
);
export type ExperimentInfoV3Body = Static<typeof ExperimentInfoV3>;

/** `GET /v3/cconfig/{expid}`. */
export const ConfigurationV3 = Type.Object(
  {
    ...v3ErrorFields,
    warning: Type.Boolean({ description: "Whether the configuration files could not be loaded" }),
    warning_message: Type.String(),
    configuration_current_run: JsonObject,
    configuration_filesystem: JsonObject,
    are_equal: Type.Boolean(),
    differences: Type.Array(Type.String(), { description: "Changed keys, sections and keys inside them; no order" }),
  },
  { $id: "ConfigurationV3" },
);
export type ConfigurationV3Body = Static<typeof ConfigurationV3>;

/** `GET /v4/experiments/{expid}/filesystem-config`. */
export const FilesystemConfigurationV4 = Type.Object({ config: JsonObject }, { $id: "FilesystemConfigurationV4" });
export type FilesystemConfigurationV4Body = Static<typeof FilesystemConfigurationV4>;

/** `GET /v4/experiments/{expid}/runs/{run_id}/config`. */
export const RunConfigurationV4 = Type.Object(
  {
    run_id: Nullable(Type.Integer({ description: "Null where no such run was recorded" })),
    config: JsonObject,
  },
  { $id: "RunConfigurationV4" },
);
export type RunConfigurationV4Body = Static<typeof RunConfigurationV4>;
