import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseFiles, migrate } from "@autosubmit-api/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeApi } from "../../src/openapi/describe-api.js";
import type { Parameter } from "../../src/openapi/document.js";
import { type AnswerCheck, checkAnswers, type DescribedOperation, operationsOf } from "../support/described-answers.js";
import { startTestApi, type TestApi } from "../support/test-api.js";

const SECRETS = { SECRET_KEY: "a key of the site that is long enough", AS_API_SECRET_TOKEN: "service" };
const document = await describeApi();
const operations = operationsOf(document);

/** What cannot be done on a generated site, and what it says instead. */
const OTHER_ANSWERS: Record<string, number> = {
  "GET /v3/login": 404,
  "GET /v4/auth/cas/v2/login": 404,
  "GET /v4/auth/oauth2/github/login": 404,
  "GET /v4/auth/oidc/login": 404,
  "GET /v4/user-settings/preferred-username": 400,
};

let api: TestApi;
let check: AnswerCheck;
beforeAll(async () => {
  api = await startTestApi([{ expid: "a000", userMetrics: 1 }, { expid: "a001" }], {
    environment: SECRETS,
    settings: "ACCESS:\n  SERVICE_ROLE: admin\n",
  });
  await migrate(databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root }));
  const log = join(api.root, "a000/tmp/LOG_a000/a000_20000101_fc0_1_SIM.20260504083833.out");
  writeFileSync(log, "a line\n".repeat(100_000));
  check = checkAnswers(document);
});
afterAll(() => api.close());

/** Every example of a parameter. */
const examplesOf = ({ example, examples = {} }: Parameter): unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples).map(({ value }) => value),
];

interface ExampleRequest {
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

/** The request with what is required, and one for each example of what is optional. */
function exampleRequests({ path, parameters, operation }: DescribedOperation): ExampleRequest[] {
  const filled = parameters
    .filter(({ in: place }) => place === "path")
    .reduce(
      (url, parameter) => url.replace(`{${parameter.name}}`, encodeURIComponent(String(examplesOf(parameter)[0]))),
      path,
    );
  const [body] = Object.values(operation.requestBody?.content["application/json"]?.examples ?? {});
  const request = {
    url: filled,
    headers: {},
    body: operation.requestBody?.content["application/json"]?.example ?? body?.value,
  };
  const optional = parameters
    .filter(({ in: place }) => place !== "path")
    .flatMap((parameter) =>
      examplesOf(parameter).map((value) => {
        if (parameter.in === "header") return { ...request, headers: { [parameter.name]: String(value) } };
        const query = new URLSearchParams([value].flat().map((one): [string, string] => [parameter.name, String(one)]));
        return { ...request, url: `${filled}?${query}` };
      }),
    );
  return [request, ...optional];
}

test("every parameter of a path has an example", () => {
  const without = operations.flatMap(({ name, parameters }) =>
    parameters.filter((one) => one.in === "path" && examplesOf(one).length === 0).map((one) => `${name}: ${one.name}`),
  );
  expect(without).toEqual([]);
});

describe("documented examples are answered as documented:", () => {
  test.each(operations)("$name", async (described) => {
    for (const { url, headers, body } of exampleRequests(described)) {
      const method = described.method.toUpperCase() as "GET";
      const answer = await api.app.inject({
        method,
        url,
        headers: { authorization: "Bearer service", ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      expect([url, check.problem(described, answer)]).toEqual([url, null]);
      expect([url, answer.statusCode]).toEqual([url, OTHER_ANSWERS[described.name] ?? 200]);
    }
  });
});
