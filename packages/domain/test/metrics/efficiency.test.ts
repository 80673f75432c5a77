import { describe, expect, it } from "vitest";
import { queueSeconds, runSeconds } from "../../src/metrics/durations.js";
import { coreHoursPerYear, footprintGrams, joulesPerYear } from "../../src/metrics/efficiency.js";

describe("coreHoursPerYear", () => {
  it("is cores × seconds / years / 3600", () => {
    expect(coreHoursPerYear(16, 3600, 0.5)).toBe(32);
  });
  it("is null for a job that simulates nothing", () => {
    expect(coreHoursPerYear(16, 3600, 0)).toBeNull();
  });
});

describe("joulesPerYear", () => {
  it("is energy / years, null for a job that simulates nothing", () => {
    expect(joulesPerYear(3.6e6, 0.5)).toBe(7.2e6);
    expect(joulesPerYear(3.6e6, 0)).toBeNull();
  });
});

describe("footprintGrams", () => {
  it("is megawatt hours × CF × PUE", () => {
    expect(footprintGrams(14.4e6, { carbonFactor: 300_000, powerUsageEffectiveness: 1.25 })).toBeCloseTo(1500, 9);
  });
});

describe("durations", () => {
  it("are 0 unless both ends are known and in order", () => {
    expect(queueSeconds(100, 160)).toBe(60);
    expect(runSeconds(160, 160.9)).toBe(0);
    for (const measure of [queueSeconds, runSeconds]) {
      expect(measure(0, 160)).toBe(0);
      expect(measure(100, 0)).toBe(0);
      expect(measure(160, 100)).toBe(0);
    }
  });
});
