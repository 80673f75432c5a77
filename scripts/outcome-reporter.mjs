// A vitest reporter: what a run came to, as one JSON file for scripts/test.mjs.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./bootstrap.mjs";

export const outcomeFile = join(root, ".stamp/unit-tests.json");

function firstLine(error) {
  return (error?.message ?? String(error)).split("\n")[0];
}

/** "apps/api/test/x.test.ts > suite > test". */
function testName(module, test) {
  return `${relative(root, module.moduleId)} > ${test.fullName}`;
}

export default class OutcomeReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const outcome = { passed: 0, failures: [], flaky: [] };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === "passed") outcome.passed++;
        if (state === "failed") outcome.failures.push(`${testName(module, test)}: ${firstLine(errors[0])}`);
        if (test.diagnostic()?.flaky) outcome.flaky.push(testName(module, test));
      }
      for (const error of module.errors())
        outcome.failures.push(`${relative(root, module.moduleId)}: ${firstLine(error)}`);
    }
    for (const error of unhandledErrors) outcome.failures.push(`outside of any test: ${firstLine(error)}`);
    mkdirSync(dirname(outcomeFile), { recursive: true });
    writeFileSync(outcomeFile, JSON.stringify(outcome));
  }
}
