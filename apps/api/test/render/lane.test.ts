import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import {
  RenderAbandonedError,
  RenderOverloadedError,
  RenderThreadLostError,
  RenderTimeoutError,
} from "../../src/render/errors.js";
import { type LaneSettings, RenderLane } from "../../src/render/lane.js";
import type { RenderAnswer } from "../../src/render/protocol.js";
import { UnansweredFiles } from "../../src/render/unanswered-files.js";
import { scriptedLane } from "../support/scripted-pool.js";

const lanes: RenderLane[] = [];
afterEach(async () => {
  await Promise.all(lanes.splice(0).map((lane) => lane.close()));
});

function newLane(overrides: Partial<LaneSettings> = {}): RenderLane {
  const lane = new RenderLane(scriptedLane(overrides), { files: new UnansweredFiles(pino({ level: "silent" })) });
  lanes.push(lane);
  return lane;
}

const NEVER = new AbortController().signal;

function run(lane: RenderLane, script: string, signal = NEVER): Promise<RenderAnswer> {
  return lane.run(
    { view: "any", expid: script, parameters: {}, nowMs: 0, knownEtag: null, coding: "identity", unanswered: [] },
    signal,
  );
}

const answered = (answer: RenderAnswer): number =>
  answer.kind === "built" ? (JSON.parse(new TextDecoder().decode(answer.bytes)) as { answered: number }).answered : -1;

describe("a lane", () => {
  test("builds one task after the other, in the order they came", async () => {
    const lane = newLane();
    const order: string[] = [];
    await Promise.all(["wait-50", "wait-10", "x"].map((script) => run(lane, script).then(() => order.push(script))));
    expect(order).toEqual(["wait-50", "wait-10", "x"]);
  });

  test("refuses tasks beyond its queue's limit and says when to come back", async () => {
    const lane = newLane({ queueLimit: 1 });
    const running = run(lane, "wait-100");
    const waiting = run(lane, "x");
    const refused = await run(lane, "y").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RenderOverloadedError);
    expect((refused as RenderOverloadedError).retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(await Promise.all([running, waiting])).toHaveLength(2);
  });

  test("drops a waiting task when nobody waits for it, and the thread goes on", async () => {
    const lane = newLane();
    const leaving = new AbortController();
    const running = run(lane, "wait-100");
    const waiting = run(lane, "x", leaving.signal);
    leaving.abort();
    await expect(waiting).rejects.toBeInstanceOf(RenderAbandonedError);
    expect(answered(await running)).toBe(1);
    expect(answered(await run(lane, "y"))).toBe(2);
  });

  test("tells a running task to stop, and keeps its thread", async () => {
    const lane = newLane();
    await run(lane, "x");
    const leaving = new AbortController();
    const running = run(lane, "wait-60000", leaving.signal);
    leaving.abort();
    expect(await running).toEqual({ kind: "cancelled" });
    expect(answered(await run(lane, "y"))).toBe(2);
  });

  test("gives up a task that takes too long and replaces the thread, even one that never yields", async () => {
    const lane = newLane({ timeoutMs: 300 });
    await run(lane, "x");
    await expect(run(lane, "spin-60000")).rejects.toBeInstanceOf(RenderTimeoutError);
    expect(answered(await run(lane, "y"))).toBe(1);
  });

  test("tells a task that waited too long that the server is busy", async () => {
    const lane = newLane({ timeoutMs: 3_000 });
    await lane.start();
    const running = run(lane, "wait-2000");
    const next = run(lane, "wait-2000");
    const last = run(lane, "x");
    await expect(last).rejects.toBeInstanceOf(RenderOverloadedError);
    expect((await running).kind).toBe("built");
    expect((await next).kind).toBe("built");
  });

  test.each(["die", "exhaust-memory"])("replaces a thread that ends (%s); only its task fails", async (script) => {
    const lane = newLane();
    const lost = run(lane, script);
    const next = run(lane, "x");
    await expect(lost).rejects.toBeInstanceOf(RenderThreadLostError);
    expect(answered(await next)).toBe(1);
  });

  test("fails the tasks that wait when it is closed", async () => {
    const lane = newLane();
    const failures = [run(lane, "wait-60000"), run(lane, "x")].map((task) => task.catch((error: unknown) => error));
    await lane.close();
    for (const failure of failures) expect(await failure).toBeInstanceOf(RenderThreadLostError);
  });

  test("does not start when its program cannot be loaded", async () => {
    const lane = newLane({ threadFile: new URL("./absent.mjs", import.meta.url).href });
    await expect(lane.start()).rejects.toBeInstanceOf(RenderThreadLostError);
  });
});
