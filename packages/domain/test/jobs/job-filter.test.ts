import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGlobMatch, type JobFilter, jobPredicate } from "../../src/jobs/job-filter.js";
import { job } from "../support/job-records.js";

const date = "1990-01-01T00:00:00";
const jobs = [
  job("a_SETUP", { status: "COMPLETED" }),
  job("a_19900101_fc0_1_SIM", { date, member: "fc0", chunk: 1, status: "RUNNING" }),
  job("a_19900101_fc0_2_SIM", { date, member: "fc0", chunk: 2, split: 1, splits: 2 }),
  job("a_19900101_PREP", { date }),
];
const names = (filter: JobFilter) =>
  jobs.filter(jobPredicate(filter, (section) => (section === "SIM" ? "MN5" : ""))).map((entry) => entry.name);
const [setup, sim1, sim2, prep] = jobs.map((entry) => entry.name);

describe("jobPredicate", () => {
  it.each<[JobFilter, (string | undefined)[]]>([
    [{}, [setup, sim1, sim2, prep]],
    [{ status: "", section: "" }, [setup, sim1, sim2, prep]],
    [{ status: "running" }, [sim1]],
    [{ status: "!RUNNING" }, [setup, sim2, prep]],
    [{ section: "SIM" }, [sim1, sim2]],
    [{ section: "S*" }, [setup, sim1, sim2]],
    [{ section: "!*P" }, [sim1, sim2]],
    [{ date: "1990-01-01" }, [sim1, sim2, prep]],
    [{ date: "19900101" }, [sim1, sim2, prep]],
    [{ date: "1990*" }, [sim1, sim2, prep]],
    [{ date: "NA" }, [setup]],
    [{ member: "NA" }, [setup, prep]],
    [{ member: "!NA" }, [sim1, sim2]],
    [{ member: "*" }, [sim1, sim2]],
    [{ chunk: "2" }, [sim2]],
    [{ chunk: "NA" }, [setup, prep]],
    [{ split: "1" }, [sim2]],
    [{ split: "NA" }, [setup, sim1, prep]],
    [{ platform: "mn5" }, [sim1, sim2]],
    [{ platform: "NA" }, [setup, prep]],
    [{ query: "fc0" }, [sim1, sim2]],
    [{ query: "fc0*2" }, [sim2]],
    [{ query: "!SIM" }, [setup, prep]],
    [{ section: "SIM", status: "WAITING" }, [sim2]],
    [{ section: "sim" }, []],
  ])("%j", (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });
});

describe("isGlobMatch", () => {
  // The table of upstream's jobs-pagination branch, whose expressions may match any part of the text.
  it.each<[string, string, boolean]>([
    ["foo", "foo", true],
    ["foo", "foobar", true],
    ["foo*", "foobar", true],
    ["foo*", "fo", false],
    ["*bar", "foobar", true],
    ["*bar", "barfoo", true],
    ["*foo*", "barfoo", true],
    ["*foo*", "bar", false],
    ["*", "foobar", true],
    ["foo*bar", "foobazbar", true],
    ["foo*bar", "foobaz", false],
  ])("query %s in %s: %s", (query, name, expected) => {
    expect(jobPredicate({ query }, () => "")(job(name))).toBe(expected);
    expect(jobPredicate({ query: `!${query}` }, () => "")(job(name))).toBe(!expected);
  });

  it("is what a regular expression says", () => {
    const text = fc.stringMatching(/^[ab*.]{0,8}$/);
    fc.assert(
      fc.property(text, fc.stringMatching(/^[ab.]{0,8}$/), (glob, value) => {
        const pattern = new RegExp(`^${glob.replaceAll(".", "\\.").replaceAll("*", ".*")}$`, "s");
        expect(isGlobMatch(glob, value)).toBe(pattern.test(value));
      }),
      { numRuns: 2000 },
    );
  });

  it("stays fast for patterns made to be slow", () => {
    const started = performance.now();
    expect(isGlobMatch("*a".repeat(500), `${"a".repeat(20_000)}b`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
