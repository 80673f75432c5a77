import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseFiles, migrate } from "@autosubmit-api/db";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeApi } from "../../src/openapi/describe-api.js";
import { checkAnswers } from "../support/described-answers.js";
import { type RequestWorld, requestsOf } from "../support/request-arbitraries.js";
import { startTestApi, type TestApi } from "../support/test-api.js";

/** `OPENAPI_SEED=… OPENAPI_RUNS=…` repeats a run, or looks longer. */
const SEED = Number(process.env.OPENAPI_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.OPENAPI_RUNS ?? 25);
/** What is not asked in this time is left out, on a slow machine; every operation is asked at least a few times. */
const LIMIT_MS = RUNS * 1_000;
const LEAST_RUNS = 3;

const ENVIRONMENT = {
  SECRET_KEY: "a key of the site that is long enough",
  AS_API_SECRET_TOKEN: "service",
  AS_API_RATE_LIMIT_READS: "0",
  AS_API_RATE_LIMIT_LOGINS: "0",
  AS_API_RATE_LIMIT_COMMANDS: "0",
};
const SETTINGS = `
ACCESS: {SERVICE_ROLE: admin}
RUNNER_CONFIGURATION: {PROFILES: {HERE: {RUNNER_TYPE: LOCAL, MODULE_LOADER_TYPE: NO_MODULE}}}
RUNNERS: {LOCAL: {ENABLED: true, MODULE_LOADERS: {NO_MODULE: {ENABLED: true}}}}
`;
const EXPERIMENTS = [
  { expid: "a000", userMetrics: 1, failures: 1 },
  { expid: "told", version: "3.13.0" },
  { expid: "ttab", version: "4.1.17", splits: 2 },
  { expid: "tbare", progress: 0, runs: 0, model: "" },
  { expid: "tarch", version: "4.0.95", damage: "archived" },
  { expid: "tcut", version: "3.13.0", damage: "truncated-job-list" },
  { expid: "tnil", version: "4.1.17", damage: "empty-job-list" },
  { expid: "tconf" },
  { expid: "thist" },
] as const;

const document = await describeApi();
const check = checkAnswers(document);
const JOBS = ["a000_20000101_fc0_1_SIM", "a000_LOCAL_SETUP", "ttab_20000101_fc0_1_SIM", "tcut_x"];
const EXPIDS = [...EXPERIMENTS.map(({ expid }) => expid), "zzzz", "A000", "metadata"];
const WORLD: RequestWorld = {
  known: {
    expid: EXPIDS,
    job: JOBS,
    job_name: JOBS,
    name: JOBS.map((job) => `${job}.20260504083833.out`),
    owner: ["*", "!x"],
    run_id: ["1", "2", "99999999999999999999"],
    runid: ["1", "2"],
    hours: ["0", "24", "-1"],
    section: ["SIM", "Any"],
  },
  logins: [{}, { authorization: "Bearer service" }],
};

let api: TestApi;
let deadline = Number.POSITIVE_INFINITY;
beforeAll(async () => {
  console.log(`random requests: OPENAPI_SEED=${SEED} OPENAPI_RUNS=${RUNS}`);
  api = await startTestApi(EXPERIMENTS, { environment: ENVIRONMENT, settings: SETTINGS });
  await migrate(databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root }));
  writeFileSync(join(api.root, "tconf/conf/broken.yml"), "a: [\n  b: *nothing");
  writeFileSync(join(api.root, "metadata/data/job_data_thist.db"), "SQLite format 3\0 and then nothing of the kind");
});
beforeAll(() => {
  deadline = Date.now() + LIMIT_MS;
});
afterAll(() => api.close());

describe("whatever is asked for, the answer is one that is declared, and as its schema says:", () => {
  test.each(check.operations)("$name", async (operation) => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(requestsOf(operation, WORLD), async (request) => {
        asked += 1;
        if (asked > LEAST_RUNS && Date.now() > deadline) return;
        const answer = await api.app.inject(request);
        expect(check.problem(operation, answer)).toBeNull();
      }),
      { seed: SEED, numRuns: RUNS, endOnFailure: true },
    );
  });
});
