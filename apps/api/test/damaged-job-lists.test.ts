import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePickle, pyGlobal, pyReduce } from "@autosubmit-api/fixtures";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestApi, type TestApi } from "./support/test-api.js";

interface ErrorBody {
  error: boolean;
  error_message: string;
}

const EXPIDS = ["a000", "a001", "a002", "a003", "a004", "a005", "a006"];
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([{ expid: "good" }, ...EXPIDS.map((expid) => ({ expid, version: "4.1.14" }))]);
});
afterAll(() => api.close());

const jobList = (expid: string) => join(api.root, expid, "pkl", `job_list_${expid}.pkl`);

/** Asks v4 and v3 for a broken experiment, then whether others are still answered. */
async function askBoth(expid: string): Promise<{ status: number; message: string }> {
  const v4 = await api.app.inject(`/v4/experiments/${expid}/jobs`);
  const v3 = await api.app.inject(`/v3/expcount/${expid}`);
  const next = await api.app.inject("/v4/experiments/good/jobs");
  expect(next.statusCode).toBe(200);
  const { error, error_message: message } = v4.json<ErrorBody>();
  expect(error).toBe(true);
  expect(v3.statusCode).toBe(200);
  expect(v3.json<ErrorBody>()).toMatchObject({ error: true, error_message: message });
  return { status: v4.statusCode, message };
}

describe("a job list that", () => {
  // Autosubmit may be writing it: asking again is worth it.
  test("ends early is an error that says so", async () => {
    truncateSync(jobList("a000"), 700);
    const { status, message } = await askBoth("a000");
    expect(status).toBe(503);
    expect(message).toContain(jobList("a000"));
  });

  test("is empty is an error that says so", async () => {
    truncateSync(jobList("a001"), 0);
    const { status, message } = await askBoth("a001");
    expect(status).toBe(503);
    expect(message).toContain(jobList("a001"));
  });

  test("is a directory is an error that says so", async () => {
    rmSync(jobList("a002"));
    mkdirSync(jobList("a002"));
    const { status, message } = await askBoth("a002");
    expect(status).toBe(500);
    expect(message).toContain(jobList("a002"));
  });

  test("is a pipe that nobody writes is an error at once", async () => {
    rmSync(jobList("a003"));
    execFileSync("mkfifo", [jobList("a003")]);
    const { status, message } = await askBoth("a003");
    expect(status).toBe(500);
    expect(message).toContain(jobList("a003"));
  });

  test.skipIf(process.getuid?.() === 0)("may not be read is an error that says so", async () => {
    chmodSync(jobList("a002"), 0o000);
    expect((await askBoth("a002")).status).toBe(500);
  });

  test("would run code when Python reads it runs none", async () => {
    const proof = join(api.root, "proof");
    const hostile = pyReduce(pyGlobal("posix", "system"), [`touch ${proof}`]);
    writeFileSync(jobList("a004"), encodePickle(hostile, 4));
    const { status, message } = await askBoth("a004");
    expect(status).toBeGreaterThanOrEqual(500);
    expect(message).not.toContain("touch");
    expect(existsSync(proof)).toBe(false);
  });

  test("claims to hold 500 MB is refused without the memory for it", async () => {
    // BINUNICODE8 with a length of 500 MB, and nothing behind it.
    const claim = Buffer.alloc(9);
    claim.writeUInt8(0x8d);
    claim.writeBigUInt64LE(500_000_000n, 1);
    writeFileSync(jobList("a005"), Buffer.concat([Buffer.from([0x80, 0x04]), claim, Buffer.from("short.")]));
    const before = process.memoryUsage().rss;
    const { status, message } = await askBoth("a005");
    expect(status).toBeGreaterThanOrEqual(500);
    expect(message).toContain(jobList("a005"));
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  test("is not there is 404 in v4, and says what writes it", async () => {
    rmSync(jobList("a006"));
    const { status, message } = await askBoth("a006");
    expect(status).toBe(404);
    expect(message).toContain("a006");
  });
});
