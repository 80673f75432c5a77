import type { JournalEvent } from "@autosubmit-api/db";
import { ConfigurationError, settingsSection } from "@autosubmit-api/settings";
import { createTimeZone } from "@autosubmit-api/shared-types";
import { describe, expect, it } from "vitest";
import { readWebhooks } from "../../src/config/webhook-settings.js";
import { backOffMs } from "../../src/webhooks/dispatcher.js";
import { signatureOf } from "../../src/webhooks/post-webhook.js";
import { isPrivateAddress } from "../../src/webhooks/public-address.js";
import { webhookBody } from "../../src/webhooks/webhook-body.js";
import { wantsEvent } from "../../src/webhooks/webhook-events.js";

const webhooks = (rules: object | null) =>
  settingsSection({ path: "settings.yaml", sections: { WEBHOOKS: rules } }, "WEBHOOKS");
const parse = (rule: object, environment = {}) => readWebhooks(webhooks({ chat: rule }), environment);
const hook = (rule: object = {}) => {
  const [webhook] = parse({ URL: "https://example.org/x", ...rule });
  if (!webhook) throw new Error("no webhook");
  return webhook;
};
const jobEvent = (data: object = {}): JournalEvent => ({
  ...{ id: 7, at: new Date("2026-06-10T12:00:00Z"), expid: "a000", kind: "job-status" },
  data: JSON.stringify({ name: "a000_SIM", section: "SIM", old: "RUNNING", new: "FAILED", at: null, ...data }),
});

describe("the settings of webhooks", () => {
  it("name the key of a mistake, and never the URL", () => {
    const refused: [object, RegExp][] = [
      [{}, /WEBHOOKS\.chat\.URL must be a URL/],
      [{ URL: "file:///etc/passwd" }, /WEBHOOKS\.chat\.URL must be a URL/],
      [
        { URL: "https://example.org/secret", EVENTS: ["nothing"] },
        /WEBHOOKS\.chat\.EVENTS\.0 must be one of job-status/,
      ],
      [
        { URL: "https://example.org/secret", SECRET_ENV: "UNSET" },
        /SECRET_ENV must be the name of an environment variable that is set/,
      ],
      [{ URL: "https://example.org/secret", TEMPLATE: "xml" }, /TEMPLATE must be one of json, chat/],
      [{ URL: "https://example.org/secret", EXPID: "a000" }, /WEBHOOKS\.chat\.EXPID is unknown/],
    ];
    for (const [rule, message] of refused) {
      expect(() => parse(rule)).toThrow(ConfigurationError);
      expect(() => parse(rule)).toThrow(message);
      expect(() => parse(rule)).not.toThrow(/example\.org/);
    }
  });

  it("take their secret from the environment", () => {
    expect(parse({ URL: "https://example.org", SECRET_ENV: "HOOK" }, { HOOK: "s" })[0]?.secret).toBe("s");
    expect(readWebhooks(webhooks(null), {})).toEqual([]);
  });
});

describe("a webhook", () => {
  it("is told of what it asks for", () => {
    expect(wantsEvent(hook(), jobEvent())).toBe(true);
    expect(wantsEvent(hook({ EVENTS: ["run-finished"] }), jobEvent())).toBe(false);
    expect(wantsEvent(hook({ EXPIDS: ["b*", "a0*0"] }), jobEvent())).toBe(true);
    expect(wantsEvent(hook({ EXPIDS: ["a00", "a.00"] }), jobEvent())).toBe(false);
    expect(wantsEvent(hook({ STATUSES: ["FAILED"], SECTIONS: ["SIM"] }), jobEvent())).toBe(true);
    expect(wantsEvent(hook({ STATUSES: ["FAILED"] }), jobEvent({ new: "COMPLETED" }))).toBe(false);
    expect(wantsEvent(hook({ STATUSES: ["FAILED"] }), { ...jobEvent(), kind: "run-finished" })).toBe(true);
  });

  it("gets the event as the feed tells it, or a line that no name can break", () => {
    const madrid = createTimeZone("Europe/Madrid");
    expect(JSON.parse(webhookBody("json", jobEvent(), madrid))).toMatchObject({
      ...{ id: 7, at: "2026-06-10T14:00:00+02:00", expid: "a000", kind: "job-status" },
      data: { name: "a000_SIM", new: "FAILED" },
    });
    const hostile = jobEvent({ name: "x` @channel\n[click](http://evil)" });
    expect(JSON.parse(webhookBody("chat", hostile, madrid))).toEqual({
      text: "`a000`: job `x__@channel_[click](http://evil)` is FAILED (was RUNNING)",
    });
  });

  it("signs the time and the body", () => {
    // printf '1780000000.{}' | openssl dgst -sha256 -hmac key
    expect(signatureOf("key", 1_780_000_000, "{}")).toMatch(/^t=1780000000,v1=[0-9a-f]{64}$/);
    expect(signatureOf("key", 1, "{}")).not.toBe(signatureOf("key", 2, "{}").replace("t=2", "t=1"));
  });

  it("is tried for hours, then given up", () => {
    const pauses = Array.from({ length: 10 }, (_, index) => backOffMs(index + 1));
    expect(pauses.slice(0, 3)).toEqual([5_000, 30_000, 120_000]);
    expect(pauses.slice(8)).toEqual([null, null]);
  });
});

it.each([
  ["127.0.0.1", true],
  ["10.1.2.3", true],
  ["169.254.169.254", true],
  ["172.31.255.255", true],
  ["192.168.1.1", true],
  ["::1", true],
  ["::ffff:10.0.0.1", true],
  ["fd00::1", true],
  ["fe80::1", true],
  ["0.0.0.0", true],
  ["8.8.8.8", false],
  ["172.32.0.1", false],
  ["2606:4700::1111", false],
])("the address %s is private: %s", (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});
