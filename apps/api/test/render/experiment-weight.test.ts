import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ExperimentWeights } from "../../src/render/experiment-weight.js";

const MB = 1024 * 1024;

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Weights of one experiment that has these sizes, one after the other. */
async function weigh(sizes: readonly number[], pauseMs = 10_000): Promise<string[]> {
  const left = [...sizes];
  const weights = new ExperimentWeights(async () => left.shift() ?? 0);
  const found: string[] = [];
  for (let turn = 0; turn < sizes.length; turn += 1) {
    found.push(await weights.of("a000"));
    vi.advanceTimersByTime(pauseMs);
  }
  return found;
}

describe("an experiment", () => {
  test("is small up to 2 MiB", async () => {
    expect([await weigh([2 * MB]), await weigh([2 * MB + 1])]).toEqual([["small"], ["large"]]);
  });

  test("may be large when its size is not known", async () => {
    expect(await weigh([0])).toEqual(["large"]);
  });

  test("may be large when it cannot be looked at", async () => {
    const weights = new ExperimentWeights(() => Promise.reject(new Error("no such name")));
    expect(await weights.of("../x")).toBe("large");
  });

  test("that was large is small again when it is well below", async () => {
    expect(await weigh([3 * MB, 1.5 * MB, 0.9 * MB, 1.5 * MB])).toEqual(["large", "large", "small", "small"]);
  });

  test("is not looked at again at once", async () => {
    expect(await weigh([MB, 5 * MB], 1_000)).toEqual(["small", "small"]);
  });
});
