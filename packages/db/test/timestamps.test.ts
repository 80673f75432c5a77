import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatLocalTimestamp, parseStoredTimestamp } from "../src/index.js";

const zoneBefore = process.env.TZ;
beforeEach(() => {
  process.env.TZ = "Europe/Madrid";
});
afterEach(() => {
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
});

describe("parseStoredTimestamp", () => {
  it.each([
    ["2024-04-12-13:00:40", "2024-04-12T11:00:40.000Z", "-", false],
    ["2024-01-08 14:52:35", "2024-01-08T13:52:35.000Z", " ", false],
    ["2026-06-10T16:35:26+0200", "2026-06-10T14:35:26.000Z", "T", true],
    ["2025-03-12T16:39:10+01:00", "2025-03-12T15:39:10.000Z", "T", true],
    ["2024-04-12-13:00:40+02:00", "2024-04-12T11:00:40.000Z", "-", true],
    ["2024-10-01T00:00:00Z", "2024-10-01T00:00:00.000Z", "T", true],
    ["2024-10-01T00:00:00.123456-05:30", "2024-10-01T05:30:00.000Z", "T", true],
  ])("reads %s", (text, at, separator, hasOffset) => {
    expect(parseStoredTimestamp(text)).toEqual({ at: new Date(at), separator, hasOffset });
  });

  it.each(["", "NA", "2024-04-12", "2024-13-12-13:00:40", "12/04/2024 13:00:40", "2024-04-12-13:00:40+2"])(
    "answers null for %j",
    (text) => expect(parseStoredTimestamp(text)).toBeNull(),
  );
});

describe("formatLocalTimestamp", () => {
  it("writes local time with its offset, in whole seconds", () => {
    expect(formatLocalTimestamp(new Date("2024-04-12T11:00:40.999Z"))).toBe("2024-04-12T13:00:40+02:00");
    expect(formatLocalTimestamp(new Date("2024-01-12T11:00:40Z"), "-")).toBe("2024-01-12-12:00:40+01:00");
  });

  it("writes negative and odd offsets", () => {
    process.env.TZ = "America/St_Johns";
    expect(formatLocalTimestamp(new Date("2024-01-12T11:00:40Z"))).toBe("2024-01-12T07:30:40-03:30");
    process.env.TZ = "UTC";
    expect(formatLocalTimestamp(new Date("2024-01-12T11:00:40Z"))).toBe("2024-01-12T11:00:40+00:00");
  });

  it("is read back as the same instant", () => {
    const at = new Date("2026-10-25T00:30:00Z");
    for (const separator of ["-", "T", " "] as const) {
      expect(parseStoredTimestamp(formatLocalTimestamp(at, separator))?.at).toEqual(at);
    }
  });
});
