import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CasSettings, casLoginUrl, validateTicket } from "../../src/auth/cas.js";
import { type CasServer, casSuccess, startCasServer } from "../support/cas-server.js";
import { deadUrl, sendEndlessly } from "../support/http-peer.js";

const SERVICE = "https://gui.example.org/login?next=/a&b=c d".replace(" ", "%20");
let cas: CasServer;
beforeEach(async () => {
  cas = await startCasServer();
});
afterEach(() => cas.close());

function validate(ticket: string, { service = SERVICE, timeoutMs = 5_000, ...settings }: Options = {}) {
  const urls = { loginUrl: `${cas.casUrl}login`, validateUrl: `${cas.casUrl}serviceValidate` };
  const whole = { ...urls, groupsAttribute: null, ...settings };
  return validateTicket(whole, { service, ticket }, "Can't verify user", AbortSignal.timeout(timeoutMs));
}
type Options = Partial<CasSettings> & { service?: string; timeoutMs?: number };

const refusedFor = (reason: string) => ({ refused: "Can't verify user", reason: expect.stringContaining(reason) });

describe("a ticket", () => {
  test("stands for its user", async () => {
    expect(await validate(cas.grant("ann", SERVICE))).toEqual({ identity: { user: "ann", groups: [] } });
  });

  test("tells groups with version 3 of the protocol", async () => {
    const ticket = cas.grant("ann", SERVICE, { attributes: { memberOf: ["ops", "R&D"], mail: ["a@b.c"] } });
    const validateUrl = `${cas.casUrl}p3/serviceValidate`;
    expect(await validate(ticket, { validateUrl, groupsAttribute: "memberOf" })).toEqual({
      identity: { user: "ann", groups: ["ops", "R&D"] },
    });
  });

  test("is good once", async () => {
    const ticket = cas.grant("ann", SERVICE);
    await validate(ticket);
    expect(await validate(ticket)).toEqual(refusedFor("INVALID_TICKET"));
  });

  test("is good for its lifetime", async () => {
    const ticket = cas.grant("ann", SERVICE, { lifetimeMs: 20 });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(await validate(ticket)).toEqual(refusedFor("INVALID_TICKET"));
  });

  test("is good for its service", async () => {
    const ticket = cas.grant("ann", "https://evil.test/");
    expect(await validate(ticket)).toEqual(refusedFor("INVALID_SERVICE"));
  });

  test.each(["", "a b", "ST-1&service=https://evil.test", "ST-1\r\n"])("%j is none", async (ticket) => {
    expect(await validate(ticket)).toMatchObject({ refused: "Can't verify user" });
  });

  test("for a name that we would not put into a token lets nobody in", async () => {
    expect(await validate(cas.grant("ann & bob", SERVICE))).toEqual(refusedFor("characters"));
  });
});

describe("the CAS server", () => {
  const ticket = "ST-1";

  test("that is not there is told", async () => {
    const validateUrl = await deadUrl();
    await expect(validate(ticket, { validateUrl })).rejects.toThrow("The CAS server cannot be reached");
  });

  test("that is slow is told", async () => {
    cas.misbehave(() => undefined);
    await expect(validate(ticket, { timeoutMs: 200 })).rejects.toThrow("The CAS server did not answer in time");
  });

  test("that is slow in the middle of its answer is told", async () => {
    cas.misbehave((_request, response) => response.writeHead(200).write("<cas:serviceResponse"));
    await expect(validate(ticket, { timeoutMs: 200 })).rejects.toThrow("The CAS server did not answer in time");
  });

  test("that sends without end is told", async () => {
    cas.misbehave((_request, response) => sendEndlessly(response, "text/xml"));
    await expect(validate(ticket)).rejects.toThrow("The CAS server sent an answer that is too large");
  });

  test.each<[string, number, string]>([
    ["an error", 500, "boom"],
    ["not found", 404, ""],
    ["success with an error's status", 403, casSuccess("<cas:user>root</cas:user>")],
    ["a page", 200, "<html><body>Log in</body></html>"],
    [
      "entities",
      200,
      `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${casSuccess("<cas:user>&f;</cas:user>")}`,
    ],
    ["two users", 200, casSuccess("<cas:user>ann</cas:user><cas:user>root</cas:user>")],
    [
      "an internal error",
      200,
      casSuccess("").replace(
        /<cas:authenticationSuccess>.*Success>/s,
        '<cas:authenticationFailure code="INTERNAL_ERROR">x</cas:authenticationFailure>',
      ),
    ],
  ])("that answers %s is told", async (_what, status, body) => {
    cas.misbehave((_request, response) => response.writeHead(status).end(body));
    await expect(validate(ticket)).rejects.toThrow("The CAS server gave an answer that makes no sense");
  });

  test("that redirects is not followed", async () => {
    cas.misbehave((request, response) => response.writeHead(302, { Location: `/cas/p3${request.url}` }).end());
    await expect(validate(ticket)).rejects.toThrow("makes no sense");
    expect(cas.asked).toHaveLength(1);
  });
});

test("the login page is told the service, whatever is in either address", () => {
  const settings = { loginUrl: "https://cas.test/login?locale=es", validateUrl: "", groupsAttribute: null };
  const url = new URL(casLoginUrl(settings, SERVICE));
  expect([...url.searchParams]).toEqual([
    ["locale", "es"],
    ["service", SERVICE],
  ]);
});
