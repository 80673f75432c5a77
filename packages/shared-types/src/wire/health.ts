import { type Static, Type } from "typebox";

/** `GET /health/live`: the process answers. */
export const HealthLive = Type.Object({ status: Type.Literal("alive") }, { $id: "HealthLive" });
export type HealthLiveBody = Static<typeof HealthLive>;

/**
 * One thing that was looked at. `failing` keeps the API from answering; `warning` does not. The detail is fit for everybody:
 * no paths, no names of hosts.
 */
const HealthCheck = Type.Object({
  status: Type.Enum(["ok", "warning", "failing"]),
  detail: Type.String({ examples: ["no worker has run yet"] }),
});
export type HealthCheckBody = Static<typeof HealthCheck>;

/** `GET /health/ready`: whether experiments can be answered for. */
export const HealthReady = Type.Object(
  {
    status: Type.Enum(["ready", "not ready"]),
    checks: Type.Object({
      render_threads: HealthCheck,
      root_folder: HealthCheck,
      main_database: HealthCheck,
      status_database: HealthCheck,
      workers: HealthCheck,
    }),
  },
  { $id: "HealthReady" },
);
export type HealthReadyBody = Static<typeof HealthReady>;
