import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, beforeAll, expect, test } from "vitest";
import { faultFolder } from "../support/faults.js";
import { startTestApi, type TestApi } from "../support/test-api.js";

const EXPID = "a000";
const JOBS = 500;
const ROUNDS = 30;
let api: TestApi;
let versions: [Buffer, Buffer];
let path: string;

beforeAll(async () => {
  api = await startTestApi([{ expid: EXPID, jobs: JOBS, progress: 0.2 }]);
  path = join(api.root, EXPID, "pkl", `job_list_${EXPID}.pkl`);
  const root = faultFolder("later");
  writeWorkspace({ root, experiments: [{ expid: EXPID, jobs: JOBS, progress: 0.8 }] });
  versions = [readFileSync(path), readFileSync(join(root, EXPID, "pkl", `job_list_${EXPID}.pkl`))];
  rmSync(root, { recursive: true });
}, 60_000);
afterAll(() => api.close());

/** What a list says, or null when the API says that it cannot tell now. */
async function statuses(): Promise<string | null> {
  const { statusCode, body, headers } = await api.app.inject(`/v4/experiments/${EXPID}/jobs?view=quick`);
  if (statusCode === 503) {
    expect(headers["retry-after"]).toBeDefined();
    return null;
  }
  expect([statusCode, body.slice(0, 200)]).toEqual([200, expect.any(String)]);
  const { jobs } = JSON.parse(body) as { jobs: { name: string; status: string }[] };
  expect(jobs).toHaveLength(JOBS);
  return jobs
    .map(({ name, status }) => `${name} ${status}`)
    .sort()
    .join("\n");
}

/** As Autosubmit of various versions, and worse, writes a file. */
const WRITERS: ((bytes: Buffer) => Promise<void>)[] = [
  async (bytes) => {
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  },
  async (bytes) => {
    truncateSync(path, 0);
    for (let at = 0; at < bytes.length; at += 40_000) {
      appendFileSync(path, bytes.subarray(at, at + 40_000));
      await sleep(1);
    }
  },
  async (bytes) => {
    truncateSync(path, Math.floor(bytes.length / 3));
    await sleep(3);
    writeFileSync(path, bytes);
  },
];

test(`a list that is replaced, cut off and grows while it is read is one of its versions, or not told (${ROUNDS} times)`, async () => {
  const known: string[] = [];
  for (const version of versions) {
    writeFileSync(path, version);
    known.push((await statuses()) ?? "");
  }
  expect(known[0]).not.toBe(known[1]);
  let writing = true;
  const writer = (async () => {
    for (let round = 0; writing; round += 1) {
      await WRITERS[round % WRITERS.length]?.(versions[round % 2] ?? Buffer.alloc(0));
      await sleep(5);
    }
  })();
  let told = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await statuses();
    if (found === null) continue;
    told += 1;
    expect(known.includes(found)).toBe(true);
  }
  writing = false;
  await writer;
  expect(told).toBeGreaterThan(0);
  expect(known).toContain(await statuses());
});

test("a log that grows and is replaced while it is read never gives bytes of two files in one line", async () => {
  const log = join(api.root, EXPID, "tmp/ASLOGS", "20990101_000000_run.log");
  const line = (letter: string) => `${letter.repeat(200)}\n`;
  writeFileSync(log, line("a").repeat(100));
  let writing = true;
  const writer = (async () => {
    for (let round = 0; writing; round += 1) {
      const letter = round % 2 === 0 ? "a" : "b";
      writeFileSync(`${log}.new`, line(letter).repeat(100));
      renameSync(`${log}.new`, log);
      appendFileSync(log, line(letter).repeat(50));
      await sleep(2);
    }
  })();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { statusCode, body } = await api.app.inject(`/v3/exprun/${EXPID}`);
    expect(statusCode).toBe(200);
    const { logcontent } = JSON.parse(body) as { logcontent: { content: string }[] };
    const lines = logcontent.map(({ content }) => content);
    // The last one may be in the middle of being written.
    const last = lines.pop() ?? "";
    expect(lines.filter((line) => !/^(a{200}|b{200})$/.test(line))).toEqual([]);
    expect(last).toMatch(/^(a*|b*)$/);
  }
  writing = false;
  await writer;
});
