import { appendFileSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  LogsV4,
  type LogsV4Body,
  LogV3,
  type LogV3Body,
  LogV4,
  type LogV4Body,
  RecoveryLogsV3,
} from "@autosubmit-api/shared-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectBody } from "../../support/expect-body.js";
import { startTestApi, type TestApi } from "../../support/test-api.js";

let api: TestApi;
let logs: string;
beforeAll(async () => {
  api = await startTestApi([{ expid: "a000", version: "4.1.17", failures: 2, logFiles: 40 }]);
  logs = join(api.root, "a000/tmp/LOG_a000");
});
afterAll(() => api.close());

const list = (query = "") => api.get<LogsV4Body>(`/v4/experiments/a000/logs${query}`);
const read = (name: string, query = "") => api.get<LogV4Body>(`/v4/experiments/a000/logs/${name}${query}`);

describe("GET /v4/experiments/{expid}/logs", () => {
  test("lists logs of jobs and commands with sizes, times and the attempts that wrote them", async () => {
    const body = await list("?page_size=1000");
    expectBody(LogsV4, body);
    expect(new Set(body.logs.map(({ kind }) => kind))).toContain("command");
    const outs = body.logs.filter(({ kind }) => kind === "out");
    expect(outs.length).toBeGreaterThan(10);
    expect(outs.every(({ job_name, attempt }) => job_name !== null && attempt?.run_id != null)).toBe(true);
    const times = body.logs.flatMap(({ time }) => (time === null ? [] : [time]));
    expect(times).toEqual([...times].sort().reverse());
  });

  test("pages, kinds and jobs narrow it", async () => {
    expect((await list("?kind=out&page_size=3")).logs).toHaveLength(3);
    const job = (await list("?kind=out")).logs[0]?.job_name ?? "";
    const ofJob = await list(`?job=${job}`);
    expect(ofJob.logs.every(({ job_name }) => job_name === job)).toBe(true);
    expect(ofJob.attempts?.length).toBeGreaterThan(0);
  });

  test("an attempt whose log is not there has none, instead of another attempt's", async () => {
    const { logs: found } = await list("?kind=out");
    const gone = found[0];
    unlinkSync(join(logs, gone?.name ?? ""));
    const { attempts } = await list(`?job=${gone?.job_name}`);
    expect(attempts?.find(({ counter }) => counter === gone?.attempt?.counter)?.out).toBeNull();
    const answer = await api.app.inject(`/v4/experiments/a000/logs/${gone?.name}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json<{ error_message: string }>().error_message).toContain("has not been transferred");
    const v3 = await api.get<LogV3Body>(`/v3/joblog/${gone?.name.replace(/\.(xz|gz)$/, "")}`);
    expect(v3).toMatchObject({ found: false, error: false, logcontent: [] });
  });

  test("is 404 for an unknown experiment", async () => {
    expect((await api.app.inject("/v4/experiments/zzzz/logs")).statusCode).toBe(404);
  });
});

describe("GET /v4/experiments/{expid}/logs/{name}", () => {
  const lines = Array.from({ length: 5_000 }, (_, line) => `line ${line}`);
  beforeAll(() => {
    writeFileSync(join(logs, "a000_X.20260101000000.out"), `${lines.join("\n")}\n`);
    writeFileSync(join(logs, "a000_X.20260101000000.err.gz"), gzipSync(lines.join("\n")));
  });

  test.each(["a000_X.20260101000000.out", "a000_X.20260101000000.err.gz"])(
    "%s: end, lines, search, bytes",
    async (name) => {
      const tail = await read(name);
      expectBody(LogV4, tail);
      expect(tail.lines?.map(({ text }) => text)).toEqual(lines.slice(-150));
      const some = await read(name, "?from=4990&lines=100");
      expectBody(LogV4, some);
      expect(some).toMatchObject({ next_from: null, total_lines: 5_000 });
      expect(some.lines?.[0]).toEqual({ line: 4_990, text: "line 4990" });
      const found = await read(name, "?search=LINE%20499&lines=5");
      expect(found.lines?.map(({ line }) => line)).toEqual([499, 4_990, 4_991, 4_992, 4_993]);
      expect((await read(name, `?search=LINE%20499&lines=50&from=${found.next_from}`)).lines).toHaveLength(6);
      const bytes = await read(name, "?bytes=7-20");
      expectBody(LogV4, bytes);
      expect(bytes).toMatchObject({ text: "line 1\nline 2\n", start: 7, end: 21 });
    },
  );

  test("shows what was appended since", async () => {
    appendFileSync(join(logs, "a000_X.20260101000000.out"), "appended\n");
    expect((await read("a000_X.20260101000000.out", "?tail=1")).lines?.map(({ text }) => text)).toEqual(["appended"]);
    expect((await read("a000_X.20260101000000.out", "?from=5000")).lines).toEqual([{ line: 5_000, text: "appended" }]);
  });

  test.each(["tail=0", "tail=1000000", "from=-1", "lines=0", "bytes=abc", "bytes=5", "search="])(
    "refuses %s",
    async (query) => {
      expect((await api.app.inject(`/v4/experiments/a000/logs/a000_X.20260101000000.out?${query}`)).statusCode).toBe(
        422,
      );
    },
  );
});

describe("GET /v4/experiments/{expid}/logs/{name}/raw", () => {
  const url = "/v4/experiments/a000/logs/a000_R.20260101000000.out/raw";
  beforeAll(() => writeFileSync(join(logs, "a000_R.20260101000000.out"), "0123456789"));

  test("sends the file as it is stored", async () => {
    const answer = await api.app.inject(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe("0123456789");
    expect(answer.headers).toMatchObject({
      "content-length": "10",
      "accept-ranges": "bytes",
      "content-type": "application/octet-stream",
      "content-disposition": "attachment; filename*=UTF-8''a000_R.20260101000000.out",
    });
  });

  test.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=5-500", 206, "56789", "bytes 5-9/10"],
    ["bytes=-500", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=0-0,2-3", 200, "0123456789", undefined],
    ["lines=1-2", 200, "0123456789", undefined],
    ["bytes=4-2", 200, "0123456789", undefined],
  ])("%s", async (range, status, body, contentRange) => {
    const answer = await api.app.inject({ url, headers: { range } });
    expect([answer.statusCode, answer.body, answer.headers["content-range"]]).toEqual([status, body, contentRange]);
  });

  test.each(["bytes=10-", "bytes=-0"])("%s is past the end", async (range) => {
    const answer = await api.app.inject({ url, headers: { range } });
    expect([answer.statusCode, answer.headers["content-range"]]).toEqual([416, "bytes */10"]);
  });

  test("HEAD tells the length and reads nothing", async () => {
    const answer = await api.app.inject({ url, method: "HEAD", headers: { range: "bytes=2-4" } });
    expect([answer.statusCode, answer.body, answer.headers["content-length"]]).toEqual([206, "", "3"]);
  });

  test("If-Range sends the whole file once it changed", async () => {
    const first = await api.app.inject(url);
    const headers = { range: "bytes=2-4", "if-range": String(first.headers.etag) };
    expect((await api.app.inject({ url, headers })).statusCode).toBe(206);
    appendFileSync(join(logs, "a000_R.20260101000000.out"), "x");
    expect((await api.app.inject({ url, headers })).statusCode).toBe(200);
  });

  test("an empty log is an empty answer, and a missing one is 404", async () => {
    writeFileSync(join(logs, "a000_E.20260101000000.out"), "");
    const empty = await api.app.inject("/v4/experiments/a000/logs/a000_E.20260101000000.out/raw");
    expect([empty.statusCode, empty.body]).toEqual([200, ""]);
    expect((await api.app.inject("/v4/experiments/a000/logs/nothing.out/raw")).statusCode).toBe(404);
  });
});

describe("names that lead elsewhere", () => {
  const SECRET = "top secret";
  beforeAll(() => {
    writeFileSync(join(api.root, "secret.out"), SECRET);
    symlinkSync(join(api.root, "secret.out"), join(logs, "a000_L.20260101000000.out"));
    symlinkSync("../../conf", join(logs, "conf"));
  });

  test.each([
    "..%2F..%2F..%2Fsecret.out",
    "%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.out",
    "..%5c..%5csecret.out",
    "%252e%252e%252fsecret.out",
    "....%2F%2Fsecret.out",
    "%2Fetc%2Fpasswd",
    "a000_x%00.out",
    "..",
    "%2e%2e",
    ".",
    "a000_..%2f..%2f..%2fsecret.out",
    "a000_L.20260101000000.out",
    "conf%2fexpdef.yml",
    "conf",
    "a000_%ff%fe.out",
    `a000_${"x".repeat(900)}`,
  ])("%s reads nothing", async (name) => {
    for (const url of [
      `/v3/joblog/${name}`,
      `/v4/experiments/a000/logs/${name}`,
      `/v4/experiments/a000/logs/${name}/raw`,
    ]) {
      const answer = await api.app.inject(url);
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.body).not.toContain(SECRET);
      expect(answer.body).not.toContain("root:");
      if (url.startsWith("/v3/") && answer.statusCode === 200)
        expect(answer.json<LogV3Body>()).toMatchObject({ found: false, logcontent: [] });
    }
  });
});

describe("the /v3 logs", () => {
  test("exprun and exp-recovery-logs answer as their schemas say, with 150 lines at most", async () => {
    const run = await api.get<LogV3Body>("/v3/exprun/a000");
    expectBody(LogV3, run);
    expect(run.found).toBe(true);
    expect(run.logcontent.length).toBeLessThanOrEqual(150);
    expectBody(RecoveryLogsV3, await api.get("/v3/exp-recovery-logs/a000"));
  });

  test("exprun of an experiment without logs finds none, which is no error", async () => {
    expect(await api.get("/v3/exprun/zzzz")).toMatchObject({ found: false, error: false, logcontent: [] });
  });

  test("a truncated log has a note and no error", async () => {
    const whole = gzipSync(Array.from({ length: 20_000 }, (_, line) => `line ${line}`).join("\n"));
    writeFileSync(join(logs, "a000_T.20260101000000.out.gz"), whole.subarray(0, whole.length / 2));
    const body = await api.get<LogV3Body>("/v3/joblog/a000_T.20260101000000.out.gz");
    expectBody(LogV3, body);
    expect(body).toMatchObject({ found: true, error: false });
    expect(body.logcontent).toHaveLength(150);
    expect(body.note).toContain("too early");
  });
});
