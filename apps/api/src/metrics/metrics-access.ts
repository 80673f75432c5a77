import { createHash, timingSafeEqual } from "node:crypto";
import { ConfigurationError, type Secrets } from "@autosubmit-api/settings";
import type { Config } from "../config/config.js";

/** Who may read `/metrics`. Null: it does not exist. */
export type MetricsAccess = { kind: "public" } | { kind: "token"; token: string } | null;

/**
 * What the settings say. Metrics name no experiment, but tell how a site is used: they are off until a token is set or they
 * are made public.
 * @throws ConfigurationError
 */
export function metricsAccess(
  { metrics }: Pick<Config, "metrics">,
  secrets: Pick<Secrets, "metricsToken">,
): MetricsAccess {
  if (metrics === "off") return null;
  if (metrics === "public") return { kind: "public" };
  if (secrets.metricsToken === null)
    throw new ConfigurationError("AS_API_METRICS is token, but AS_API_METRICS_TOKEN is not set");
  return { kind: "token", token: secrets.metricsToken };
}

/** Whether a request with this Authorization header may read metrics. Takes the same time for every wrong token. */
export function mayReadMetrics(access: NonNullable<MetricsAccess>, authorization: string | undefined): boolean {
  if (access.kind === "public") return true;
  const given = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(access.token));
}

const digest = (text: string) => createHash("sha256").update(text).digest();
