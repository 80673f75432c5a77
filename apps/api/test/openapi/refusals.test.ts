import { expect, onTestFinished, test } from "vitest";
import { describeApi } from "../../src/openapi/describe-api.js";
import { accessApp } from "../support/access-app.js";
import { checkAnswers, type DescribedOperation } from "../support/described-answers.js";

const check = checkAnswers(await describeApi());
const UNLIMITED = { AS_API_RATE_LIMIT_READS: "0", AS_API_RATE_LIMIT_LOGINS: "0", AS_API_RATE_LIMIT_COMMANDS: "0" };

const urlOf = ({ path }: DescribedOperation) => path.replace(/\{[^}]+\}/g, "1");
const methodOf = ({ method }: DescribedOperation) => method.toUpperCase() as "GET";
const hasAccess = (...wanted: string[]) =>
  check.operations.filter(({ operation }) => wanted.includes(operation["x-access"] ?? ""));

test("nobody, somebody without the right, and addresses that are too long are refused as declared", async () => {
  const { app, as, close } = await accessApp(UNLIMITED);
  onTestFinished(close);
  const expectStatus = async (operation: DescribedOperation, status: number, url: string, headers = {}) => {
    const answer = await app.inject({ method: methodOf(operation), url, headers });
    expect([operation.name, answer.statusCode, check.problem(operation, answer)]).toEqual([
      operation.name,
      status,
      null,
    ]);
  };
  for (const one of hasAccess("read", "account", "operate", "admin")) await expectStatus(one, 401, urlOf(one));
  for (const one of hasAccess("admin")) await expectStatus(one, 403, urlOf(one), as("bob"));
  for (const one of check.operations) await expectStatus(one, 414, `${urlOf(one)}?${"x".repeat(100_000)}`);
});

test("who asks too often is refused as declared", async () => {
  const { app, close } = await accessApp({
    PROTECTION_LEVEL: "NONE",
    ...{ AS_API_RATE_LIMIT_READS: "1", AS_API_RATE_LIMIT_LOGINS: "1", AS_API_RATE_LIMIT_COMMANDS: "1" },
  });
  onTestFinished(close);
  const limited = check.operations.filter(({ operation }) => "429" in operation.responses);
  expect(limited.length).toBeGreaterThan(50);
  const classes = ["/v4", "/v4/auth/oidc/login", "/v4/user-settings/preferred-username"];
  for (const url of classes) await app.inject(url);
  for (const one of limited) {
    const answer = await app.inject({ method: methodOf(one), url: urlOf(one) });
    expect([one.name, answer.statusCode, check.problem(one, answer)]).toEqual([one.name, 429, null]);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  }
});

test("bodies that are too large, or no JSON, are refused as declared", async () => {
  const { app, as, close } = await accessApp({ ...UNLIMITED, AS_API_ANONYMOUS_COMMANDS: "false" });
  onTestFinished(close);
  const bodies: [number, string, string][] = [
    [413, "application/json", JSON.stringify("x".repeat(20_000_000))],
    [415, "text/csv", "a,b"],
    [422, "application/json", "{"],
  ];
  for (const one of check.operations.filter(({ method }) => method === "post")) {
    for (const [status, type, payload] of bodies) {
      const headers = { ...as("ann"), "content-type": type };
      const answer = await app.inject({ method: "POST", url: urlOf(one), headers, payload });
      expect([one.name, answer.statusCode, check.problem(one, answer)]).toEqual([one.name, status, null]);
    }
  }
});
