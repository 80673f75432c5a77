import {
  ConfigurationV3,
  ErrorV4,
  EtaV4,
  ExperimentCountV3,
  ExperimentInfoV3,
  ExperimentV4,
  FileStatusV3,
  FilesystemConfigurationV4,
  GraphNodeV3,
  GraphV3,
  Home,
  JobChildrenV4,
  JobDetailV4,
  JobParentsV4,
  JobsCategoryTreeV4,
  JobsV4,
  JobV4,
  PaginationV4,
  PklInfoV3,
  PklJobV3,
  PklTreeInfoV3,
  PklTreeJobV3,
  QuickV3,
  Reference,
  RouteIndex,
  RunConfigurationV4,
  RunDetailV3,
  RunJobV3,
  ShutdownV3,
  SummaryV3,
  TreeV3,
  ValidationError,
  WrappersV4,
} from "@autosubmit-api/shared-types";
import { type TSchema, Type } from "typebox";

/** Wire schemas that routes refer to; each becomes a component of the OpenAPI document under its `$id`. */
export const WIRE_SCHEMAS: readonly TSchema[] = [
  TreeV3,
  SummaryV3,
  ShutdownV3,
  RunJobV3,
  RunDetailV3,
  PklTreeJobV3,
  PklTreeInfoV3,
  PklJobV3,
  PklInfoV3,
  PaginationV4,
  JobsCategoryTreeV4,
  JobParentsV4,
  JobDetailV4,
  JobChildrenV4,
  GraphV3,
  GraphNodeV3,
  FileStatusV3,
  EtaV4,
  ConfigurationV3,
  ErrorV4,
  ExperimentCountV3,
  ExperimentInfoV3,
  ExperimentV4,
  FilesystemConfigurationV4,
  Home,
  JobsV4,
  JobV4,
  QuickV3,
  RouteIndex,
  RunConfigurationV4,
  ValidationError,
  WrappersV4,
];

/** Path parameters of every route about one experiment. */
export const ExperimentParams = Type.Object({
  expid: Type.String({ description: "Experiment identifier", examples: ["a000"] }),
});

/** Responses of a `/v4` route. */
export function v4Responses(success: TSchema): Record<number, TSchema> {
  return {
    200: Reference(success, "The answer"),
    304: Type.Null({ description: "Unchanged since the ETag in If-None-Match" }),
    404: Reference(ErrorV4, "No such experiment, or nothing of the kind"),
    422: Reference(ValidationError, "A parameter is refused"),
    500: Reference(ErrorV4, "A file cannot be read; the message tells which and why"),
    503: Reference(ErrorV4, "Busy; Retry-After tells when to ask again"),
    504: Reference(ErrorV4, "Took too long"),
  };
}

/** Responses of a `/v3` route: errors have status 200. */
export function v3Responses(success: TSchema): Record<number, TSchema> {
  return {
    200: Reference(success, "The answer, or the error"),
    304: Type.Null({ description: "Unchanged since the ETag in If-None-Match" }),
    422: Reference(ValidationError, "A parameter is refused"),
  };
}
