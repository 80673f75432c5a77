import { expect, it } from "vitest";
import { pauseBetweenLooks } from "../../src/watch/pace.js";

it("looks every second at what runs, and ever less often at what rests", () => {
  const quiet = (minutes: number) => pauseBetweenLooks({ running: false, quietMs: minutes * 60_000 });
  expect(pauseBetweenLooks({ running: true, quietMs: 1e9 })).toBe(1_000);
  expect([0, 0.5, 2, 10, 1_000].map(quiet)).toEqual([1_000, 1_000, 4_000, 20_000, 60_000]);
});
