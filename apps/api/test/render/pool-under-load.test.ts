import { afterEach, describe, expect, test } from "vitest";
import type { ContentCoding } from "../../src/render/compress.js";
import { RenderAbandonedError, RenderOverloadedError } from "../../src/render/errors.js";
import type { RenderPool, RenderPoolSettings } from "../../src/render/render-pool.js";
import { ask, bodyOf, scriptedPool } from "../support/scripted-pool.js";

const pools: RenderPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

function newPool(overrides: Partial<RenderPoolSettings>): RenderPool {
  const pool = scriptedPool({ threads: 1, ...overrides });
  pools.push(pool);
  return pool;
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : "no error");

describe("a pool that is asked for more than it can build", () => {
  test("refuses what its queue does not hold, builds the rest, and is free again", async () => {
    const pool = newPool({ queueLimit: 10 });
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => ask(pool, `wait-5.${index}`).then(() => "built", nameOf)),
    );
    const refused = outcomes.filter((outcome) => outcome === new RenderOverloadedError(1).name);
    // One is being built while ten wait.
    expect([refused.length, outcomes.length - refused.length]).toEqual([189, 11]);
    expect(pool.state.lanes.every(({ waiting, isBusy }) => waiting === 0 && !isBusy)).toBe(true);
    expect(bodyOf(await ask(pool, "x")).expid).toBe("x");
  });

  test("does no work for clients that went away", async () => {
    const pool = newPool({ queueLimit: 100 });
    const clients = Array.from({ length: 100 }, () => new AbortController());
    const left = clients.map(({ signal }, index) =>
      ask(pool, `wait-50.${index}`, signal).catch((error: unknown) => error),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const client of clients) client.abort();
    expect((await Promise.all(left)).every((error) => error instanceof RenderAbandonedError)).toBe(true);
    // At most the one that was being built had been finished.
    expect(bodyOf(await ask(pool, "x")).answered).toBeLessThanOrEqual(2);
  });

  test("builds what many ask for at the same time once for each coding that they take", async () => {
    const pool = newPool({ queueLimit: 10 });
    const codings: ContentCoding[] = ["br", "gzip", "identity"];
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const coding = codings[index % codings.length] ?? "identity";
        return pool.render({ view: "v4.wrappers", expid: "wait-20", parameters: {}, coding });
      }),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(Math.max(...answers.map((answer) => bodyOf(answer).answered))).toBeLessThanOrEqual(codings.length);
  });
});
