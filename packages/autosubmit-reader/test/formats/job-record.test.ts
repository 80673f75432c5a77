import { describe, expect, test } from "vitest";
import { createJobListLog, type RawJob, toJobRecord } from "../../src/formats/job-record.js";

/** The record of a job of which little else is known, and the messages. */
function read(raw: RawJob) {
  const log = createJobListLog();
  const job = toJobRecord({ name: "a000_SIM", status: 0, ...raw }, 4, log);
  return { job, messages: log.problems.map(({ message }) => message) };
}

describe("toJobRecord", () => {
  test.each<[keyof RawJob, unknown, unknown]>([
    ["id", "21128294", "21128294"],
    ["id", 0, 0],
    ["id", null, null],
    ["id", 1.5, "1.5"],
    ["id", 2n ** 60n, "1152921504606846976"],
    ["status", 42, 42],
    ["status", "5", 5],
    ["status", "COMPLETED", 5],
    ["status", "failed", -1],
    ["priority", null, 0],
    ["priority", "7", 7],
    ["section", null, ""],
    ["section", 12, "12"],
    ["member", 0, "0"],
    ["member", "fc0", "fc0"],
    ["chunk", "3", 3],
    ["chunk", 3.0, 3],
    ["chunk", null, null],
    ["split", true, 1],
    ["split", false, null],
    ["split", -1, null],
    ["split", 0, null],
    ["split", "2", 2],
    ["splits", "auto", null],
    ["splits", [2], null],
    ["date", "2000-01-01 00:00:00", "2000-01-01T00:00:00"],
    ["date", 0, "1970-01-01T00:00:00"],
    ["localOut", null, null],
    ["localOut", "", ""],
    ["wrapperType", "vertical", "vertical"],
  ])("%s %s is %s", (field, value, expected) => {
    const { job, messages } = read({ [field]: value });
    expect(job?.[field]).toEqual(expected);
    expect(messages).toEqual([]);
  });

  test.each<[keyof RawJob, unknown, unknown]>([
    ["id", [], null],
    ["status", null, -2],
    ["status", "NO_SUCH_STATUS", -2],
    ["priority", "high", 0],
    ["section", true, ""],
    ["date", "yesterday", null],
    ["member", {}, null],
    ["chunk", "first", null],
    ["chunk", 1.5, null],
    ["localErr", new Map(), null],
    ["wrapperType", new Uint8Array(), null],
  ])("%s %s is replaced by %s, and reported", (field, value, expected) => {
    const { job, messages } = read({ [field]: value });
    expect(job?.[field]).toEqual(expected);
    expect(messages).toEqual([expect.stringContaining(`${field} cannot be read`)]);
  });

  test.each([null, undefined, "", [], true])("a job named %j is left out and reported", (name) => {
    const log = createJobListLog();
    expect(toJobRecord({ name }, 4, log)).toBeNull();
    expect(log.problems).toEqual([{ index: 4, name: null, message: "the job has no readable name and was left out" }]);
  });

  test("a long name is shortened in problems, not in the record", () => {
    const log = createJobListLog();
    const name = "x".repeat(5000);
    expect(toJobRecord({ name, status: [] }, 0, log)?.name).toBe(name);
    expect(log.problems[0]?.name?.length).toBeLessThan(200);
  });
});
