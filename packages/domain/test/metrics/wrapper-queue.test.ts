import { describe, expect, it } from "vitest";
import {
  sortStarts,
  type WrappedAttempt,
  wrapperQueueByStart,
  wrapperQueueByStructure,
  wrapperQueueByTotalTime,
} from "../../src/metrics/wrapper-queue.js";

const job = (name: string, queueSeconds: number, runSeconds: number) => ({ name, queueSeconds, runSeconds });
const children = (edges: Record<string, string[]>) => (name: string) => edges[name] ?? [];

describe("wrapperQueueByStructure", () => {
  it("takes off the time until the parent ended", () => {
    const queues = wrapperQueueByStructure(
      [job("a", 10, 100), job("b", 115, 50), job("c", 170, 50)],
      children({ a: ["b"], b: ["c"] }),
    );
    // b: 115 − (10 + 100); c: 170 − (115 + 50)
    expect(Object.fromEntries(queues)).toEqual({ b: 5, c: 5 });
  });

  it("waits for the last of several parents, in whatever order they are listed", () => {
    const jobs = [job("a", 10, 100), job("b", 10, 300), job("c", 320, 5)];
    const edges = children({ a: ["c"], b: ["c"] });
    expect(wrapperQueueByStructure(jobs, edges).get("c")).toBe(10);
    expect(wrapperQueueByStructure(jobs.toReversed(), edges).get("c")).toBe(10);
  });

  it("never goes below 0, and skips children outside of the wrapper and self edges", () => {
    const queues = wrapperQueueByStructure(
      [job("a", 10, 100), job("b", 20, 5)],
      children({ a: ["a", "b", "elsewhere"] }),
    );
    expect(Object.fromEntries(queues)).toEqual({ b: 0 });
  });
});

describe("wrapperQueueByTotalTime", () => {
  it("takes off the total of the next shorter job", () => {
    const queues = wrapperQueueByTotalTime([job("c", 170, 50), job("a", 10, 100), job("b", 115, 50)]);
    // totals 110, 165, 220: b 115 − 110, c 170 − 165
    expect(Object.fromEntries(queues)).toEqual({ b: 5, c: 5 });
  });

  it("takes equal totals by name", () => {
    const jobs = [job("b", 60, 40), job("a", 60, 40)];
    expect(Object.fromEntries(wrapperQueueByTotalTime(jobs))).toEqual({ b: 0 });
    expect(wrapperQueueByTotalTime(jobs.toReversed())).toEqual(wrapperQueueByTotalTime(jobs));
  });
});

describe("wrapperQueueByStart", () => {
  const attempt = (name: string, submitAt: number, startAt: number, runSeconds: number): WrappedAttempt => ({
    name,
    submitAt,
    startAt,
    queueSeconds: startAt - submitAt,
    runSeconds,
  });
  const late = attempt("late", 1000, 1500, 10);

  it("takes off the longest of the attempts that started more than 20 seconds earlier", () => {
    const wrapper = [attempt("a", 1000, 1010, 100), attempt("b", 1000, 1010, 400), late];
    // 500 − (10 + 400)
    expect(wrapperQueueByStart(late, sortStarts(wrapper))).toBe(90);
  });

  it("takes jobs that started within 20 seconds for neighbours", () => {
    expect(wrapperQueueByStart(late, sortStarts([attempt("a", 1000, 1480, 100)]))).toBe(500);
    expect(wrapperQueueByStart(late, sortStarts([attempt("a", 1000, 1479, 10)]))).toBe(11);
  });

  it("does not wait for itself, and never goes below 0", () => {
    expect(wrapperQueueByStart(late, sortStarts([attempt("late", 1000, 1010, 10)]))).toBe(500);
    expect(wrapperQueueByStart(late, sortStarts([attempt("a", 1000, 1010, 5000)]))).toBe(0);
  });

  it("is what looking at every attempt of the wrapper gives", () => {
    let state = 7;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state % below;
    };
    for (let round = 0; round < 300; round += 1) {
      const wrapper = Array.from({ length: random(12) }, () =>
        attempt("abcd"[random(4)] ?? "a", random(50), 50 + random(100), random(60) - 80),
      );
      for (const one of wrapper) {
        const earlier = wrapper.filter((other) => other.name !== one.name && other.startAt < one.startAt - 20);
        const longest = Math.max(0, ...earlier.map((other) => other.queueSeconds + other.runSeconds));
        const expected = earlier.length === 0 ? one.queueSeconds : Math.max(0, one.startAt - one.submitAt - longest);
        expect(wrapperQueueByStart(one, sortStarts(wrapper))).toBe(expected);
      }
    }
  });
});
