import { type Environment, readSecrets } from "@autosubmit-api/settings";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config/config.js";
import { metricsAccess } from "../../src/metrics/metrics-access.js";

const accessOf = (environment: Environment) => metricsAccess(readConfig(environment), readSecrets(environment));

describe("metrics may be read by", () => {
  test.each<[Environment, ReturnType<typeof metricsAccess>]>([
    [{}, null],
    [{ AS_API_METRICS: "off", AS_API_METRICS_TOKEN: "hush" }, null],
    [{ AS_API_METRICS_TOKEN: "hush" }, { kind: "token", token: "hush" }],
    [
      { AS_API_METRICS: "token", AS_API_METRICS_TOKEN: "hush" },
      { kind: "token", token: "hush" },
    ],
    [{ AS_API_METRICS: "public" }, { kind: "public" }],
  ])("%j: %j", (environment, access) => {
    expect(accessOf(environment)).toEqual(access);
  });

  test.each([{ AS_API_METRICS: "token" }, { AS_API_METRICS: "on" }])(
    "nobody, and the start is refused: %j",
    (given) => {
      expect(() => accessOf(given)).toThrow("AS_API_METRICS");
    },
  );
});
