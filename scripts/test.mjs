// npm test: lint, typecheck, unit and integration tests, package checks, and the conformance run where its data exists.
// Ends with one line "N passed, N failed".
import { existsSync, readFileSync, rmSync } from "node:fs";
import { build, prepareTools, quietEnvironment, runTool } from "./bootstrap.mjs";
import { runConformance } from "./conformance.mjs";
import { outcomeFile } from "./outcome-reporter.mjs";

const results = [];
/** Which tests failed or needed a second try, told at the end, where whoever reads only the last lines sees it. */
const remarks = [];

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

/** vitest's own count; a run that left no outcome counts as a failure, never as nothing. */
async function unitTests() {
  rmSync(outcomeFile, { force: true });
  const args = ["run", "--reporter=default", "--reporter=./scripts/outcome-reporter.mjs"];
  const status = await runTool("vitest", args, { env: { ...quietEnvironment, FORCE_COLOR: "0" } });
  if (!existsSync(outcomeFile)) return record("unit tests", 0, 1);
  const { passed, failures, flaky } = JSON.parse(readFileSync(outcomeFile, "utf8"));
  // A run can fail without a failed test, by a threshold or a file that was not found.
  if (status !== 0 && failures.length === 0) failures.push(`vitest ended with status ${status}`);
  for (const name of failures) remarks.push(`failed: ${name}`);
  for (const name of flaky) remarks.push(`passed only when tried again: ${name}`);
  record("unit tests", passed, failures.length);
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
for (const remark of remarks) console.log(remark);
for (const { name, passed, failed } of results)
  console.log(`${failed === 0 ? "ok  " : "FAIL"} ${name}: ${passed} passed, ${failed} failed`);
const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
console.log(`${total("passed")} passed, ${total("failed")} failed`);
process.exit(total("failed") === 0 && total("passed") > 0 ? 0 : 1);
