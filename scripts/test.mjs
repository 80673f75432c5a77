// npm test: lint, typecheck, unit and integration tests, package checks, and the conformance run where its data exists.
// Ends with one line "N passed, N failed".
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, prepareTools, quietEnvironment, root, runTool } from "./bootstrap.mjs";
import { runConformance } from "./conformance.mjs";

const results = [];

function record(name, passed, failed) {
  results.push({ name, passed, failed });
}

async function step(title, work) {
  console.log(`\n=== ${title}`);
  const started = Date.now();
  await work();
  console.log(`--- ${title}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

async function check(name, program, args) {
  const status = await runTool(program, args);
  record(name, status === 0 ? 1 : 0, status === 0 ? 0 : 1);
}

/** vitest's own count; a run that left no report counts as a failure, never as nothing. */
async function unitTests() {
  const report = join(root, ".stamp/vitest.json");
  mkdirSync(join(root, ".stamp"), { recursive: true });
  rmSync(report, { force: true });
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const status = await runTool("vitest", args, { env: { ...quietEnvironment, FORCE_COLOR: "0" } });
  if (!existsSync(report)) return record("unit tests", 0, 1);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
  // A file that does not load fails the run without a failed test.
  const hidden = status !== 0 && numFailedTests === 0 ? 1 : 0;
  record("unit tests", numPassedTests, numFailedTests + hidden);
}

await prepareTools();
await step("lint", () => check("lint", "biome", ["ci", "--error-on-warnings", "."]));
await step("typecheck", () => check("typecheck", "turbo", ["run", "typecheck", "--output-logs=errors-only"]));
await step("build", build);
await step("the reader as a package", () =>
  check("package", "node", ["packages/autosubmit-reader/scripts/check-package.mjs"]),
);
await step("unit and integration tests", unitTests);
await step("conformance", async () => {
  for (const { name, passed, failed } of await runConformance()) record(name, passed, failed);
});

console.log("");
for (const { name, passed, failed } of results)
  console.log(`${failed === 0 ? "ok  " : "FAIL"} ${name}: ${passed} passed, ${failed} failed`);
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total("passed")} passed, ${total("failed")} failed`);
process.exit(total("failed") === 0 && total("passed") > 0 ? 0 : 1);
