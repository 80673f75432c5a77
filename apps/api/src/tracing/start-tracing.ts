import type { Environment } from "@autosubmit-api/settings";
import { IMPLEMENTATION_VERSION } from "../version.js";
import type { OpenTelemetry } from "./render-spans.js";

/** Tracing of this process, until it is stopped. */
export interface Tracing {
  api: OpenTelemetry;
  /** Sends what is left, for a moment at most. */
  stop(): Promise<void>;
}

/** A collector that is gone must not hold up the end of the process. */
const STOP_WITHIN_MS = 2_000;

/** Only traces are sent: metrics are asked for at `/metrics`, and the log is the journal's. */
const DEFAULTS = { OTEL_SERVICE_NAME: "autosubmit-api", OTEL_METRICS_EXPORTER: "none", OTEL_LOGS_EXPORTER: "none" };

/**
 * Starts OpenTelemetry when an endpoint for traces is configured; otherwise nothing of it is even loaded. Everything else is
 * configured by its own variables (`OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`, …).
 * @returns null without an endpoint
 */
export async function startTracing(environment: Environment): Promise<Tracing | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: any, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: own, OTEL_SDK_DISABLED } = environment;
  if ((any === undefined && own === undefined) || OTEL_SDK_DISABLED === "true") return null;
  // The library reads the process's variables, which lack those of a .env file.
  const variables = Object.entries({ ...DEFAULTS, ...environment }).filter(([name]) => name.startsWith("OTEL_"));
  Object.assign(process.env, Object.fromEntries(variables));
  const [{ NodeSDK, resources }, api] = await Promise.all([
    import("@opentelemetry/sdk-node"),
    import("@opentelemetry/api"),
  ]);
  const resource = resources.resourceFromAttributes({ "service.version": IMPLEMENTATION_VERSION });
  const sdk = new NodeSDK({ resource, instrumentations: [] });
  sdk.start();
  return {
    api,
    stop: async () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
      // A collector that cannot be reached: its traces are lost, and nothing else.
      await Promise.race([sdk.shutdown().catch(() => undefined), late]);
    },
  };
}
