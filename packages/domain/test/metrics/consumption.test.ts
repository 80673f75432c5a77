import { describe, expect, it } from "vitest";
import { summariseAttempts, wallclockHours } from "../../src/metrics/consumption.js";

const request = { processingElements: 16, wallclockHours: 2 };

describe("summariseAttempts", () => {
  it("adds up completed and failed attempts apart", () => {
    const consumption = summariseAttempts(
      [
        { submitAt: 0, startAt: 3600, finishAt: 7200, outcome: "failed" },
        { submitAt: 7200, startAt: 9000, finishAt: 16_200, outcome: "completed" },
      ],
      request,
    );
    expect(consumption).toEqual({
      ...request,
      attemptCount: 2,
      completedCount: 1,
      failedCount: 1,
      inFlightCount: 0,
      completedQueueHours: 0.5,
      completedRunHours: 2,
      failedQueueHours: 1,
      failedRunHours: 1,
      realHours: 3,
      expectedCpuHours: 32,
      cpuHours: 48,
      failedCpuHours: 16,
    });
  });

  it("counts an attempt in flight among the failed ones and says so", () => {
    const consumption = summariseAttempts(
      [{ submitAt: 0, startAt: 3600, finishAt: null, outcome: "in-flight" }],
      request,
    );
    expect(consumption).toMatchObject({ failedCount: 1, inFlightCount: 1, failedQueueHours: 1, failedRunHours: 0 });
  });

  it("takes times in the wrong order for none", () => {
    const consumption = summariseAttempts(
      [{ submitAt: 100, startAt: 50, finishAt: 20, outcome: "completed" }],
      request,
    );
    expect(consumption).toMatchObject({ completedQueueHours: 0, completedRunHours: 0, cpuHours: 0 });
  });
});

describe("wallclockHours", () => {
  it.each([
    ["02:30", 2.5],
    ["1:00", 1],
    ["24:00", 24],
    ["48:15", 48.25],
    ["01:00:36", 1.01],
    ["", 0],
    ["soon", 0],
    ["2", 0],
  ])("of %j are %d", (text, hours) => {
    expect(wallclockHours(text)).toBe(hours);
  });
});
