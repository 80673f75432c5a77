// npm run fuzz -- --minutes N: the reader's parsers on inputs made by chance, for longer and from another seed than in the
// tests. An input that finds something is kept in packages/autosubmit-reader/test/corpus and tried by every later run.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { giveUp, prepareTools, quietEnvironment, runTool } from "./bootstrap.mjs";

/** Among which the time is shared; see packages/autosubmit-reader/test/fuzz/targets.ts. */
const TARGETS = 13;

const { values } = parseArgs({ options: { minutes: { type: "string", default: "5" }, seed: { type: "string" } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) giveUp(`--minutes must be a number above 0, not ${values.minutes}.`);
const seed = values.seed ?? String(randomInt(2 ** 31));
await prepareTools();
console.log(`Seed ${seed}: --seed ${seed} repeats this run.`);
const FUZZ_SECONDS = String((minutes * 60) / TARGETS);
const environment = { ...quietEnvironment, FUZZ_SECONDS, FUZZ_SEED: seed };
process.exit(await runTool("vitest", ["run", "packages/autosubmit-reader/test/fuzz"], { env: environment }));
