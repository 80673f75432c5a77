import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEnvironment } from "../src/environment.js";

const folderWith = (dotEnv: string | null) => {
  const folder = mkdtempSync(join(tmpdir(), "api-env-"));
  if (dotEnv !== null) writeFileSync(join(folder, ".env"), dotEnv);
  return folder;
};

test("without a .env file the variables are the process's", () => {
  expect(readEnvironment({ PORT: "1" }, folderWith(null))).toEqual({ PORT: "1" });
});

test("the process's variables win over the .env file", () => {
  const folder = folderWith('# a comment\nPORT=9000\nSECRET_KEY="with space"\nexport HOST=0.0.0.0\n');
  expect(readEnvironment({ PORT: "1" }, folder)).toEqual({ PORT: "1", SECRET_KEY: "with space", HOST: "0.0.0.0" });
});

test("a variable that is set to nothing counts as unset", () => {
  expect(readEnvironment({ PORT: "", HOST: undefined }, folderWith("PORT=9000\n"))).toEqual({ PORT: "9000" });
});
