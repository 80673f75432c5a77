import { readSecrets, withoutSecrets } from "@autosubmit-api/settings";
import { expect, test } from "vitest";
import { readConfig } from "../../src/config/config.js";

const environment = { SECRET_KEY: "hush-1", OIDC_CLIENT_SECRET: "hush-2", USER: "root" };

test("secrets are kept apart from the configuration", () => {
  expect(readSecrets(environment)).toEqual({
    tokenKey: "hush-1",
    serviceToken: null,
    metricsToken: null,
    githubClientSecret: null,
    oidcClientSecret: "hush-2",
  });
  expect(JSON.stringify(readConfig(environment))).not.toContain("hush");
});

test("threads are given an environment without them", () => {
  expect(withoutSecrets(environment)).toEqual({ USER: "root" });
});
