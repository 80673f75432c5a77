import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { renameSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { faultFolder } from "../support/faults.js";
import { type ServerProcess, type ServerProcessOptions, startServerProcess } from "../support/server-process.js";

const MANY = 1_000;
const root = faultFolder("clients");
const site = writeWorkspace({
  root,
  experiments: [{ expid: "a000" }, { expid: "piped" }, { expid: "big0", jobs: 5_000 }],
});
let server: ServerProcess;
const sockets: Socket[] = [];

async function start(options: ServerProcessOptions = {}): Promise<void> {
  server = await startServerProcess(site, options);
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.kill();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Connections that are open, each of which has sent `text`; how many have been ended by the server. */
async function openMany(count: number, text: string): Promise<{ ended: () => number; answers: () => string[] }> {
  let ended = 0;
  const answers = new Array<string>(count).fill("");
  const opened = Array.from({ length: count }, async (_, index) => {
    const socket = connect(server.port, "127.0.0.1");
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      answers[index] += chunk;
    });
    socket.on("close", () => {
      ended += 1;
    });
    await once(socket, "connect");
    socket.write(text);
  });
  await Promise.all(opened);
  return { ended: () => ended, answers: () => answers };
}

const ask = async (path: string, patienceMs = 20_000) => {
  const answer = await fetch(server.base + path, { signal: AbortSignal.timeout(patienceMs) });
  return { status: answer.status, body: await answer.text() };
};

describe("clients that do nothing", () => {
  test(`${MANY} idle connections and ${MANY} that send byte by byte: others are served, the slow ones are ended`, async () => {
    await start({ environment: { AS_API_REQUEST_TIMEOUT_SECONDS: "3" } });
    const idle = await openMany(MANY, "");
    const slow = await openMany(MANY, "GET /v4/experiments HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    const drip = setInterval(() => {
      for (const socket of sockets.slice(MANY)) if (socket.writable) socket.write("a");
    }, 500);
    const body = await openMany(1, "POST /v4/auth/cas/v2/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
    const { status, body: jobs } = await ask("/v4/experiments/a000/jobs");
    expect(status).toBe(200);
    expect(JSON.parse(jobs)).toMatchObject({ jobs: expect.any(Array) });
    await expect.poll(slow.ended, { timeout: 20_000, interval: 200 }).toBe(MANY);
    clearInterval(drip);
    expect(slow.answers().filter((answer) => answer.startsWith("HTTP/1.1 408 "))).toHaveLength(MANY);
    await expect.poll(body.ended, { timeout: 20_000 }).toBe(1);
    expect((await ask("/v4/experiments/a000/jobs")).status).toBe(200);
    expect(server.stderr()).toBe("");
    expect(idle.answers().filter((answer) => answer !== "" && !answer.startsWith("HTTP/1.1 408 "))).toEqual([]);
  });

  test("reading pipes that nobody writes keeps no thread of the file system", async () => {
    const list = join(root, "piped/pkl/job_list_piped.pkl");
    const conf = join(root, "piped/conf/minimal.yml");
    for (const path of [list, conf]) {
      renameSync(path, `${path}.kept-aside`);
      execFileSync("mkfifo", [path]);
    }
    await start();
    const views = ["jobs", "filesystem-config", "performance", "wrappers", "logs", "runs", "eta", "status"];
    const asked = Array.from({ length: 200 }, (_, index) =>
      ask(`/v4/experiments/piped/${views[index % views.length]}?n=${index}`),
    );
    const started = performance.now();
    expect((await ask("/v4/experiments/a000/filesystem-config")).status).toBe(200);
    expect((await ask("/")).status).toBe(200);
    const waitedMs = performance.now() - started;
    expect((await Promise.all(asked)).every(({ status }) => status > 0)).toBe(true);
    expect(waitedMs).toBeLessThan(10_000);
    for (const path of [list, conf]) {
      rmSync(path);
      renameSync(`${path}.kept-aside`, path);
    }
    expect((await ask("/v4/experiments/piped/jobs")).status).toBe(200);
    const reasons = server.lines.filter(({ err }) => JSON.stringify(err)?.includes(list));
    expect(reasons.length).toBeGreaterThan(0);
  });
});

describe("SIGTERM", () => {
  test("during 50 requests answers all of them, then ends with status 0", async () => {
    await start({ environment: { AS_API_SHUTDOWN_TIMEOUT_SECONDS: "60" } });
    const views = ["jobs", "jobs?view=quick", "wrappers", "performance", "runs"];
    const sent = Array.from({ length: 50 }, (_, index) => {
      const experiment = index % 2 === 0 ? "big0" : "a000";
      return openMany(1, `GET /v4/experiments/${experiment}/${views[index % 5]} HTTP/1.1\r\nHost: x\r\n\r\n`);
    });
    const requests = await Promise.all(sent);
    // The last connection is served after the others: they have arrived when this is answered.
    await ask("/");
    server.child.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    const heads = requests.map(({ answers }) => answers()[0]?.split("\r\n")[0]);
    expect(heads).toEqual(new Array(50).fill("HTTP/1.1 200 OK"));
    const short = requests.filter(({ answers }) => !isWhole(answers()[0] ?? ""));
    expect(short).toEqual([]);
    expect(server.lines.at(-1)).toMatchObject({ msg: "stopped" });
  });
});

/** Whether a body is as long as its header says. */
function isWhole(answer: string): boolean {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return length !== undefined && Buffer.byteLength(body) === Number(length);
}

describe("descriptors that are used up", () => {
  test("cost those who come too late, and nobody afterwards", async () => {
    // What the process needs for itself is about 60.
    await start({ startedBy: ["prlimit", "--nofile=120:120"] });
    expect((await ask("/v4/experiments/a000/jobs")).status).toBe(200);
    await openMany(200, "").catch(() => undefined);
    const said = () => server.lines.filter(({ msg }) => msg === "connections are refused: too many are open");
    await expect.poll(said).toHaveLength(1);
    for (const socket of sockets.splice(0)) socket.destroy();
    await expect
      .poll(async () => (await ask("/v4/experiments/a000/jobs?view=quick").catch(() => null))?.status, {
        timeout: 20_000,
      })
      .toBe(200);
    expect((await ask("/v4/experiments/a000/runs")).status).toBe(200);
    expect((await ask("/v4/experiments/a000/filesystem-config")).status).toBe(200);
    expect(server.child.exitCode).toBeNull();
    const failed = server.lines.filter(({ level }) => Number(level) >= 50);
    expect(failed).toEqual([]);
  });
});
