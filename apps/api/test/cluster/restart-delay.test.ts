import { expect, test } from "vitest";
import { RestartDelays } from "../../src/cluster/restart-delay.js";

test("a process that ends again and again is replaced later and later, up to half a minute", () => {
  const delays = new RestartDelays();
  expect(Array.from({ length: 8 }, () => delays.next(10))).toEqual([500, 1e3, 2e3, 4e3, 8e3, 16e3, 30e3, 30e3]);
});

test("one that had lived for a minute is replaced at once", () => {
  const delays = new RestartDelays();
  for (let turn = 0; turn < 5; turn += 1) delays.next(10);
  expect([delays.next(60_000), delays.next(10)]).toEqual([500, 1_000]);
});
