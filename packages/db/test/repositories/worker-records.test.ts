import { describe, expect, it } from "vitest";
import { siteWithExperiments } from "../site.js";

const FIRST = new Date("2026-07-01T09:00:00Z");
const SECOND = new Date("2026-07-01T09:05:00Z");
const nothing = { fingerprints: [], failures: [], recovered: [] };
const ALL = { first: 0, last: 100 };

describe("worker records", () => {
  it("keep the newest fingerprint of each experiment, task by task", async () => {
    const { workerRecords } = (await siteWithExperiments(0)).databases;
    await workerRecords.store(
      "T",
      {
        ...nothing,
        fingerprints: [
          { expId: 1, fingerprint: "a" },
          { expId: 2, fingerprint: "b" },
        ],
      },
      FIRST,
    );
    await workerRecords.store("T", { ...nothing, fingerprints: [{ expId: 2, fingerprint: "c" }] }, SECOND);
    expect(await workerRecords.listFingerprints("T", ALL)).toEqual(
      new Map([
        [1, "a"],
        [2, "c"],
      ]),
    );
    expect(await workerRecords.listFingerprints("U", ALL)).toEqual(new Map());
  });

  it("count failures in a row and forget them when they are over", async () => {
    const { workerRecords } = (await siteWithExperiments(0)).databases;
    const failures = [{ expId: 1, expid: "a000", message: "broken" }];
    await workerRecords.store("T", { ...nothing, failures }, FIRST);
    await workerRecords.store("T", { ...nothing, failures: [{ expId: 1, expid: "a000", message: "still" }] }, SECOND);
    expect(await workerRecords.listFailures("T")).toEqual([
      { expId: 1, expid: "a000", message: "still", firstFailedAt: FIRST, failedAt: SECOND, times: 2 },
    ]);
    expect(await workerRecords.listFailures("T", { first: 2, last: 9 })).toEqual([]);
    await workerRecords.store("T", { ...nothing, recovered: [1] }, SECOND);
    expect(await workerRecords.listFailures("T")).toEqual([]);
  });

  it("of deleted experiments are forgotten", async () => {
    const { workerRecords } = (await siteWithExperiments(0)).databases;
    await workerRecords.store(
      "T",
      {
        ...nothing,
        fingerprints: [{ expId: 1, fingerprint: "a" }],
        failures: [{ expId: 2, expid: "a001", message: "x" }],
      },
      FIRST,
    );
    await workerRecords.forgetOthers("T", [1]);
    expect(await workerRecords.listFingerprints("T", ALL)).toEqual(new Map([[1, "a"]]));
    expect(await workerRecords.listFailures("T")).toEqual([]);
  });
});
