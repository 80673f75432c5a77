import { expect, test } from "vitest";
import { connectionLimit } from "../../src/plugins/connection-limit.js";

test.each([
  [20_000, 15_000],
  [1_024, 768],
  [120, 56],
  [64, 1],
])("of %i descriptors, connections may use %i", (descriptors, connections) => {
  expect(connectionLimit(descriptors)).toBe(connections);
});
