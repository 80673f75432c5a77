import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { IMPLEMENTATION_VERSION } from "../src/version.js";

test("the version is that of package.json", () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(IMPLEMENTATION_VERSION).toBe(version);
});
