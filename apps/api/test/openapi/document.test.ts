import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RouteIndexBody } from "@autosubmit-api/shared-types";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeApi } from "../../src/openapi/describe-api.js";
import { operationId } from "../../src/openapi/operation-id.js";
import { writeDescription } from "../../src/openapi/write-description.js";
import { operationsOf } from "../support/described-answers.js";
import { scriptedApp } from "../support/scripted-app.js";

const document = await describeApi();
const operations = operationsOf(document);
const except = (wanted: (operation: (typeof operations)[number]) => boolean) =>
  operations.filter((operation) => !wanted(operation)).map(({ name }) => name);

describe("the description of the API", () => {
  test("is what OpenAPI 3.1 says a description is", async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
    expect([valid, errors]).toEqual([true, undefined]);
  });

  test("is the same that a running API serves, whatever its settings", async () => {
    const { app, close } = await scriptedApp({ PROTECTION_LEVEL: "NONE" });
    onTestFinished(close);
    expect((await app.inject("/openapi.json")).json()).toEqual(document);
  });

  test("is written to a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "openapi-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await writeDescription(join(folder, "openapi.json"));
    expect(JSON.parse(readFileSync(join(folder, "openapi.json"), "utf8"))).toEqual(document);
  });

  test("has every route of /v4", async () => {
    const { app, close } = await scriptedApp();
    onTestFinished(close);
    const { routes } = (await app.inject("/v4")).json<RouteIndexBody>();
    const served = routes.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));
    expect(operations.map(({ name }) => name)).toEqual(expect.arrayContaining(served));
  });

  test("gives each operation a name of its own", () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(except(({ operation }) => /^[a-z]+[A-Za-z0-9]+$/.test(operation.operationId ?? ""))).toEqual([]);
  });

  test("says who may use what, and what others are told", () => {
    const isPublic = ({ operation }: (typeof operations)[number]) => operation["x-access"] === "public";
    expect(except((one) => isPublic(one) === (one.operation.security?.length === 0))).toEqual([]);
    expect(except((one) => isPublic(one) || "401" in one.operation.responses)).toEqual([]);
    const isLimited = (access = "") => access === "operate" || access === "admin";
    expect(except(({ operation }) => !isLimited(operation["x-access"]) || "403" in operation.responses)).toEqual([]);
  });

  test("tells of limits and of unchanged answers by their headers", () => {
    const answers = operations.flatMap(({ name, operation }) =>
      Object.entries(operation.responses).map(([status, response]) => ({ name, status, response })),
    );
    const headersOf = (response: object) =>
      "$ref" in response
        ? Object.keys(document.components.responses?.[String(response.$ref).split("/").pop() ?? ""]?.headers ?? {})
        : Object.keys("headers" in response ? (response.headers ?? {}) : {});
    for (const { name, status, response } of answers) {
      if (status === "304") expect([name, headersOf(response)]).toEqual([name, ["ETag"]]);
      if (status === "429" || status === "503")
        expect([name, headersOf(response)]).toEqual([name, expect.arrayContaining(["Retry-After"])]);
    }
  });
});

test.each([
  ["get", "/", "getHome"],
  ["get", "/v4/experiments/{expid}/jobs/{job_name}", "getV4ExperimentsJobsByJobName"],
  ["get", "/v4/experiments/{expid}/jobs", "getV4ExperimentsJobs"],
  ["post", "/v4/events/tickets", "postV4EventsTickets"],
] as const)("%s %s is the operation %s", (method, path, id) => {
  expect(operationId(method, path)).toBe(id);
});
