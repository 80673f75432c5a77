import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseFiles, migrate } from "@autosubmit-api/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeApi } from "../../src/openapi/describe-api.js";
import type { Parameter } from "../../src/openapi/document.js";
import { type AnswerCheck, checkAnswers, type DescribedOperation, operationsOf } from "../support/described-answers.js";
import { startTestApi, type TestApi } from "../support/test-api.js";

const SECRETS = { SECRET_KEY: "a key of the site that is long enough", AS_API_SECRET_TOKEN: "service" };
const SETTINGS = `
ACCESS: {SERVICE_ROLE: admin}
RUNNER_CONFIGURATION: {PROFILES: {HERE: {RUNNER_TYPE: LOCAL, MODULE_LOADER_TYPE: NO_MODULE}}}
RUNNERS: {LOCAL: {ENABLED: true, MODULE_LOADERS: {NO_MODULE: {ENABLED: true}}}}
`;
const document = await describeApi();
const operations = operationsOf(document);

/** What cannot be done on a generated site, and what it says instead. */
const OTHER_ANSWERS: Record<string, number> = {
  "GET /v3/login": 404,
  "GET /v4/auth/cas/v2/login": 404,
  "GET /v4/auth/oauth2/github/login": 404,
  "GET /v4/auth/oidc/login": 404,
  "GET /v4/user-settings/preferred-username": 400,
  // Nothing was started, and there is no Autosubmit.
  "GET /v4/runners/processes/{id}": 404,
  "POST /v4/runners/command/stop-experiment": 409,
  "POST /v4alpha/experiments/{expid}/stop-experiment": 409,
  "GET /v4alpha/experiments/{expid}/get-runner-status": 404,
  "GET /v4alpha/runner-detail": 500,
};

let api: TestApi;
let check: AnswerCheck;
beforeAll(async () => {
  api = await startTestApi([{ expid: "a000", userMetrics: 1 }, { expid: "a001" }], {
    environment: SECRETS,
    settings: SETTINGS,
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
  const media = operation.requestBody?.content["application/json"];
  const body = media?.example ?? Object.values(media?.examples ?? {})[0]?.value;
  const queries = parameters.filter(({ in: place }) => place === "query");
  const required = queries.filter((parameter) => parameter.required).map((one): Query => [one, examplesOf(one)[0]]);
  const request = { url: withQuery(filled, required), headers: {}, body };
  const optional = queries
    .filter((parameter) => !parameter.required)
    .flatMap((parameter) =>
      examplesOf(parameter).map((value) => ({ ...request, url: withQuery(filled, [...required, [parameter, value]]) })),
    );
  const headers = parameters
    .filter(({ in: place }) => place === "header")
    .flatMap((one) => examplesOf(one).map((value) => ({ ...request, headers: { [one.name]: String(value) } })));
  return [request, ...optional, ...headers];
}

type Query = [Parameter, unknown];

function withQuery(path: string, query: readonly Query[]): string {
  const pairs = query.flatMap(([{ name }, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

test("every parameter that is required has an example", () => {
  const without = operations.flatMap(({ name, parameters }) =>
    parameters
      .filter((one) => one.required === true && examplesOf(one).length === 0)
      .map((one) => `${name}: ${one.name}`),
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
