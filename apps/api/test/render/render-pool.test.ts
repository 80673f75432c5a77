import { AutosubmitReadError } from "autosubmit-reader";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { toErrorData } from "../../src/render/error-data.js";
import { RenderAbandonedError, RenderFailedError } from "../../src/render/errors.js";
import type { RenderPool, RenderPoolSettings } from "../../src/render/render-pool.js";
import { ask, bodyOf, scriptedPool } from "../support/scripted-pool.js";

const pools: RenderPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function newPool(overrides: Partial<RenderPoolSettings> = {}): RenderPool {
  const pool = scriptedPool(overrides);
  pools.push(pool);
  return pool;
}

describe("threads", () => {
  test("an experiment always meets the same thread, and experiments are spread over them", async () => {
    const pool = newPool({ threads: 3 });
    const scripts = Array.from({ length: 20 }, (_, index) => `a${index}`);
    const threadsOf = async () => Promise.all(scripts.map(async (script) => bodyOf(await ask(pool, script)).threadId));
    const first = await threadsOf();
    expect(await threadsOf()).toEqual(first);
    expect(new Set(first).size).toBe(3);
  });

  test("a light view does not wait for a big one, on whatever thread that is", async () => {
    const pool = newPool({ threads: 1 });
    const order: string[] = [];
    const big = ask(pool, "wait-60000").catch(() => order.push("big"));
    await pool.render({ view: "v4.experiment", expid: "light", parameters: {}, light: true });
    order.push("light");
    await pool.close();
    await big;
    expect(order).toEqual(["light", "big"]);
  });

  test("a small experiment does not wait for a large one", async () => {
    const pool = newPool({ threads: 1, measureExperiment: async (expid) => (expid === "wait-60000" ? 1e9 : 1e3) });
    const large = ask(pool, "wait-60000").catch((error: unknown) => error);
    expect(bodyOf(await ask(pool, "small")).expid).toBe("small");
    await pool.close();
    expect(await large).toBeInstanceOf(Error);
  });

  test("of large experiments step back behind the others", async () => {
    const pool = newPool({ threads: 1, measureExperiment: async (expid) => (expid === "large" ? 1e9 : 1e3) });
    const [large, small] = [bodyOf(await ask(pool, "large")), bodyOf(await ask(pool, "small"))];
    expect(large.threadId).not.toBe(small.threadId);
    expect([large.niceness, small.niceness]).toEqual([5, 0]);
  });
});

describe("identical requests at the same time", () => {
  test("are built once", async () => {
    const pool = newPool();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(pool, "wait-50")));
    expect(new Set(answers.map((answer) => bodyOf(answer).answered))).toEqual(new Set([1]));
  });

  test("go on for those who stay when one client leaves", async () => {
    const pool = newPool();
    const leaving = new AbortController();
    const left = ask(pool, "wait-100", leaving.signal);
    const stayed = ask(pool, "wait-100", new AbortController().signal);
    leaving.abort();
    await expect(left).rejects.toBeInstanceOf(RenderAbandonedError);
    expect(bodyOf(await stayed).expid).toBe("wait-100");
  });

  test("stop when all clients left, and a client that comes then gets an answer", async () => {
    const pool = newPool({ threads: 1 });
    const clients = [new AbortController(), new AbortController()];
    const left = clients.map(({ signal }) => ask(pool, "wait-300", signal).catch((error: unknown) => error));
    for (const client of clients) client.abort();
    expect(await Promise.all(left)).toEqual([new RenderAbandonedError(), new RenderAbandonedError()]);
    // The thread is free at once: it was told to stop and did not run to its end.
    expect(bodyOf(await ask(pool, "x")).answered).toBe(1);
    expect(bodyOf(await ask(pool, "wait-300")).expid).toBe("wait-300");
  });

  test("a client that was gone before it asked is not waited for", async () => {
    await expect(ask(newPool(), "wait-60000", AbortSignal.abort())).rejects.toBeInstanceOf(RenderAbandonedError);
  });
});

describe("answers", () => {
  test("that are unchanged are kept, not built or sent again", async () => {
    const pool = newPool();
    const first = await ask(pool, "x");
    const second = await ask(pool, "x");
    expect(second).toBe(first);
  });

  test("are built again when there is no room to keep them", async () => {
    const pool = newPool({ answerCacheBytes: 0 });
    const first = await ask(pool, "x");
    const second = await ask(pool, "x");
    expect(bodyOf(second).answered).toBe(bodyOf(first).answered + 1);
  });

  test("that a client has and nobody kept are not sent again while they hold", async () => {
    const pool = newPool({ answerCacheBytes: 0 });
    const request = { view: "v4.wrappers", expid: "x", parameters: {} } as const;
    const { etag } = await pool.render(request);
    expect(await pool.render({ ...request, clientEtag: etag })).toMatchObject({ status: 304, etag });
    expect((await pool.render({ ...request, clientEtag: '"another"' })).status).toBe(200);
  });

  test("that are unchanged go whole to a client without them, beside one that has them", async () => {
    const pool = newPool({ answerCacheBytes: 0 });
    const request = { view: "v4.wrappers", expid: "x", parameters: {} } as const;
    const { etag } = await pool.render(request);
    const [had, lacked] = await Promise.all([pool.render({ ...request, clientEtag: etag }), pool.render(request)]);
    expect([had.status, lacked.status]).toEqual([304, 200]);
  });

  test("that leave a source out say so in the log", async () => {
    const lines: string[] = [];
    const logger = pino({ level: "info" }, { write: (line) => void lines.push(line) });
    await ask(newPool({ logger }), "note");
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { component: "render", view: "v4.wrappers", expid: "note", source: "x", msg: "a source was left out" },
    ]);
  });
});

describe("errors", () => {
  const failing = (error: Error) =>
    newPool({
      thread: {
        environment: { FAILURE: JSON.stringify(toErrorData(error)) },
        workingDirectory: "/",
        timeZone: "UTC",
        sourceCacheBytes: 0,
      },
    });

  test("of reading arrive as they were thrown", async () => {
    const thrown = new AutosubmitReadError("SOURCE_CORRUPT", "The job list ends early", {
      expid: "a000",
      path: "/site/a000/pkl/job_list_a000.pkl",
      offset: 12,
      cause: new Error("below"),
    });
    const arrived = await ask(failing(thrown), "throw").catch((error: unknown) => error);
    expect(arrived).toBeInstanceOf(AutosubmitReadError);
    expect(arrived).toMatchObject({
      code: "SOURCE_CORRUPT",
      expid: "a000",
      offset: 12,
      line: null,
      message: thrown.message,
    });
    expect((arrived as Error).stack).toContain("caused by Error: below");
  });

  test("of programming arrive as failures that name what happened in the thread", async () => {
    const arrived = await ask(failing(new TypeError("x is not a function")), "throw").catch((error: unknown) => error);
    expect(arrived).toBeInstanceOf(RenderFailedError);
    expect((arrived as Error).message).toBe("TypeError: x is not a function");
  });
});
