import { rmSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { writeWorkspace } from "@autosubmit-api/fixtures";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyView, faultFolder } from "../support/faults.js";
import { type ServerProcess, startServerProcess } from "../support/server-process.js";

const MB = 2 ** 20;
const root = faultFolder("requests");
const site = writeWorkspace({ root, experiments: [{ expid: "a000" }] });
const token = "a fixed token of the tests";
let server: ServerProcess;

beforeAll(async () => {
  server = await startServerProcess(site, {
    environment: { AS_API_SECRET_TOKEN: token, AS_API_RATE_LIMIT_READS: "0", AS_API_RATE_LIMIT_COMMANDS: "0" },
  });
}, 120_000);
afterAll(async () => {
  await server.kill();
  rmSync(root, { recursive: true, force: true });
});

/** The status line of what is sent as it is; "" when the server only hung up. */
async function send(request: string | Buffer): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  let answer = "";
  socket.on("error", () => undefined);
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    answer += chunk;
  });
  // Who sends too much may be cut off in the middle of it.
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.write(request);
  await Promise.race([closed, answered(() => answer), sleep(20_000)]);
  socket.destroy();
  return answer.split("\r\n")[0] ?? "";
}

async function answered(answer: () => string): Promise<void> {
  while (!answer().includes("\r\n\r\n")) await sleep(5);
}

const get = (path: string, headers = "") => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
const post = (path: string, body: string | Buffer, type = "application/json") =>
  Buffer.concat([
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
    ),
    Buffer.from(body),
  ]);

const REFUSED = /^(HTTP\/1\.1 4\d\d .*|)$/;

describe("requests that are too large", () => {
  test.each<[string, () => string | Buffer]>([
    ["a path of 10 MB", () => get(`/v4/experiments/${"a".repeat(10 * MB)}`)],
    ["a query of 10 MB", () => get(`/v4/experiments?query=${"a".repeat(10 * MB)}`)],
    ["a header of 10 MB", () => get("/", `X-Long: ${"a".repeat(10 * MB)}\r\n`)],
    ["100,000 headers", () => get("/", "X: y\r\n".repeat(100_000))],
    ["a body of 10 MB", () => post("/v4/user-settings/preferred-username", `"${"a".repeat(10 * MB)}"`)],
    [
      "a body that is announced as endless",
      () =>
        `POST /v4/user-settings/preferred-username HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999999999\r\n\r\n{`,
    ],
    [
      "a body in pieces, 10 MB",
      () =>
        `POST /v4/user-settings/preferred-username HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${(10 * MB).toString(16)}\r\n${"a".repeat(10 * MB)}\r\n0\r\n\r\n`,
    ],
  ])("%s", async (_what, request) => {
    expect(await send(request())).toMatch(REFUSED);
    expect((await fetch(`${server.base}/v4/experiments/a000`)).status).toBe(200);
  });
});

describe("requests that are no good HTTP", () => {
  test.each<[string, string | Buffer]>([
    ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
    [
      "length and pieces",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a null byte in the path", "GET /v4/\0 HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["a null byte in a header", "GET / HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n"],
    [
      "bytes that are no UTF-8",
      Buffer.concat([
        Buffer.from("GET /v4/experiments/"),
        Buffer.from([0xff, 0xfe]),
        Buffer.from(" HTTP/1.1\r\nHost: x\r\n\r\n"),
      ]),
    ],
    ["TLS", Buffer.from("16030100a5010000a10303", "hex")],
    ["nothing but line ends", "\r\n".repeat(1000)],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
    ["another protocol", "GET / GOPHER/9\r\n\r\n"],
  ])("%s", async (_what, request) => {
    const head = await Promise.race([send(request), sleep(1_000).then(() => "")]);
    expect(head).not.toMatch(/^HTTP\/1\.1 5/);
  });
});

const ODD_TEXTS = [
  ...[
    "%00",
    "%ff%fe",
    "%",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%2f",
    "__proto__",
    "constructor",
    "toString",
    "%0d%0aX:1",
  ],
  ...[
    "a000%00.pkl",
    "%F0%9F%92%A9",
    "%E2%80%AE",
    "NaN",
    "-1",
    "1e309",
    "99999999999999999999",
    "[object Object]",
    "null",
  ],
  ...["' OR 1=1 --", "%25", "(a%2B)%2B$", "{{7*7}}", "<script>"],
].map((text) => text.replaceAll(" ", "%20").replaceAll("<", "%3C").replaceAll(">", "%3E"));
const PARAMETERS = [
  "view",
  "page",
  "page_size",
  "status",
  "section",
  "query",
  "order_by",
  "format",
  "filter_section",
  "lines",
  "from",
  "search",
];

describe("odd texts", () => {
  test("in every place of a path and of a query: no answer is an error of ours", async () => {
    const paths = ODD_TEXTS.flatMap((odd) => [
      ...everyView("a000")
        .filter((view) => view.includes("a000"))
        .map((view) => view.replace("a000", odd)),
      ...["experiments", "experiments/a000/jobs", "experiments/a000/logs", "experiments/a000/jobs-history"].flatMap(
        (view) => PARAMETERS.flatMap((name) => [`/v4/${view}?${name}=${odd}`]),
      ),
      ...[
        `/v4/experiments/a000/jobs/${odd}`,
        `/v4/experiments/a000/logs/${odd}`,
        `/v3/joblog/${odd}`,
        `/v3/history/a000/${odd}`,
      ],
      ...[
        `/v3/rundetail/a000/${odd}`,
        `/v3/graph/a000/${odd}/${odd}`,
        `/v3/stats/a000/${odd}/${odd}`,
        `/v3/search/${odd}`,
      ],
    ]);
    const wrong: string[] = [];
    for (let at = 0; at < paths.length; at += 20) {
      await Promise.all(
        paths.slice(at, at + 20).map(async (path) => {
          const answer = await fetch(server.base + path, { signal: AbortSignal.timeout(30_000) });
          const body = await answer.text();
          if (answer.status >= 500 || body.includes("An unexpected error")) wrong.push(`${answer.status} ${path}`);
        }),
      );
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test("lists where one value is expected, and the same one twice", async () => {
    const paths = PARAMETERS.flatMap((name) => [
      ...[
        `?${name}=1&${name}=2`,
        `?${name}[]=1`,
        `?${name}[a]=1`,
        `?${name}[__proto__][polluted]=1`,
        `?__proto__[${name}]=1`,
      ],
    ]).flatMap((query) =>
      ["/v4/experiments", "/v4/experiments/a000/jobs", "/v4/experiments/a000/logs"].map((path) => path + query),
    );
    const answers = await Promise.all(
      paths.map(async (path) => [(await fetch(server.base + path)).status, path] as const),
    );
    expect(answers.filter(([status]) => status >= 500)).toEqual([]);
  });

  test.each([
    '{"__proto__": {"polluted": 1}, "preferred_username": "u"}',
    '{"constructor": {"prototype": {"polluted": 1}}, "preferred_username": "u"}',
    '{"preferred_username": {"toString": 1}}',
    '{"preferred_username": ["a"]}',
    '{"preferred_username": "a\\u0000b"}',
    "[".repeat(100_000),
    '{"a":'.repeat(50_000),
    "\ufeff{}",
    "null",
    "1e999",
    "",
    "{",
  ])("a body (%#)", async (body) => {
    for (const path of [
      "/v4/user-settings/preferred-username",
      "/v4/runners/command/run-experiment",
      "/v4/auth/cas/v2/login",
    ]) {
      const head = await send(post(path, body));
      expect(head).not.toMatch(/^HTTP\/1\.1 (500|502|504)/);
      expect(head).not.toBe("");
    }
  });

  test("headers that contradict themselves", async () => {
    const headers = [
      "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n",
      "Authorization: \xff\xfe\r\n",
      `Authorization: ${"Bearer ".repeat(1000)}\r\n`,
      "Accept: */*;q=NaN, ,,;\r\nAccept-Encoding: br;q=2, gzip;q=-1, *;q=x\r\n",
      'If-None-Match: "\r\nIf-None-Match: W/\r\nRange: bytes=5-1,-,9999999999999999999-\r\n',
      "Connection: close, upgrade\r\nUpgrade: h2c\r\n",
      "Expect: 200-maybe\r\n",
      "Origin: null\r\nAccess-Control-Request-Method: \r\n",
      "X-Forwarded-For: ','\r\nX-Forwarded-Host: a,b\r\nForwarded: for=\"\r\n",
      "traceparent: 00-zz-zz-zz\r\nX-HTTP-Method-Override: DELETE\r\n",
      "Last-Event-ID: -1\r\n",
    ];
    for (const header of headers)
      for (const path of ["/v4/experiments/a000/jobs", "/v3/logrun/a000", "/docs"])
        expect(await send(get(path, header))).toMatch(/^HTTP\/1\.1 [234]/);
  });
});

test("the process lives, and none of it was more than a warning", async () => {
  expect((await fetch(`${server.base}/health/ready`)).status).toBe(200);
  expect(server.lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  expect(server.stderr()).toBe("");
});
