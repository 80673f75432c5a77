import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import type { SshConnection } from "../../src/runners/ssh-connection.js";
import { type PoolLimits, SshPool } from "../../src/runners/ssh-pool.js";

/** Connections to nowhere, which can be lost. */
function openPool(limits: Partial<PoolLimits> = {}) {
  const made: (SshConnection & { lose: () => void })[] = [];
  const pool = new SshPool(
    async () => {
      let lose: () => void = () => undefined;
      let isAlive = true;
      const closed = new Promise<void>((resolve) => {
        lose = () => {
          isAlive = false;
          resolve();
        };
      });
      const connection = {
        get isAlive() {
          return isAlive;
        },
        closed,
        openChannel: () => Promise.reject(new Error("to nowhere")),
        end: () => lose(),
        lose: () => lose(),
      };
      made.push(connection);
      return connection;
    },
    { connections: 2, channels: 2, waiting: 3, idleMs: 30, ...limits },
  );
  return { pool, made, alive: () => made.filter(({ isAlive }) => isAlive).length };
}

/** Work that goes on until it is told to stop. */
function work() {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  return { stop, run: () => stopped };
}

test("a connection is shared up to its channels, then another one is made", async () => {
  const { pool, made } = openPool();
  const works = [work(), work(), work(), work()];
  const running = works.map(({ run }) => pool.use(run));
  await wait(5);
  expect(made).toHaveLength(2);
  for (const { stop } of works) stop();
  await Promise.all(running);
});

test("more wait for their turn, in order, and too many are refused", async () => {
  const { pool, made } = openPool({ connections: 1, channels: 1, waiting: 2 });
  const first = work();
  const order: number[] = [];
  const running = [pool.use(first.run), ...[1, 2].map((number) => pool.use(async () => void order.push(number)))];
  await expect(pool.use(async () => undefined)).rejects.toMatchObject({ reason: "BUSY" });
  expect(order).toEqual([]);
  first.stop();
  await Promise.all(running);
  expect([order, made.length]).toEqual([[1, 2], 1]);
});

test("an unused connection is ended after a while, one that is used again is not", async () => {
  const { pool, made, alive } = openPool({ idleMs: 60 });
  for (let turn = 0; turn < 4; turn++) {
    await pool.use(async () => undefined);
    await wait(20);
  }
  expect([made.length, alive()]).toEqual([1, 1]);
  await wait(120);
  expect(alive()).toBe(0);
  await pool.use(async () => undefined);
  expect(made).toHaveLength(2);
});

test("a lost connection is not given out again", async () => {
  const { pool, made } = openPool();
  await pool.use(async () => undefined);
  made[0]?.lose();
  await wait(1);
  await pool.use(async (connection) => expect(connection).toBe(made[1]));
});

test("a retired connection goes on until its work is done", async () => {
  const { pool, made, alive } = openPool();
  const first = work();
  const running = pool.use(first.run);
  await wait(1);
  const [connection] = made;
  if (connection !== undefined) pool.retire(connection);
  await pool.use(async (other) => expect(other).not.toBe(connection));
  expect(connection?.isAlive).toBe(true);
  first.stop();
  await running;
  await wait(1);
  expect(connection?.isAlive).toBe(false);
  await pool.close();
  expect(alive()).toBe(0);
});

test("a connection that cannot be made is an error of those who wanted it, and not remembered", async () => {
  let attempts = 0;
  const pool = new SshPool(
    async () => {
      attempts += 1;
      throw new Error("unreachable");
    },
    { connections: 2, channels: 2, waiting: 3, idleMs: 30 },
  );
  const both = await Promise.allSettled([pool.use(async () => 1), pool.use(async () => 2)]);
  expect([both.map(({ status }) => status), attempts]).toEqual([["rejected", "rejected"], 1]);
  await expect(pool.use(async () => 3)).rejects.toThrow("unreachable");
  expect(attempts).toBe(2);
});

test("closing gives up connections that are being made", async () => {
  const pool = new SshPool(
    (signal) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    { connections: 1, channels: 1, waiting: 1, idleMs: 30 },
  );
  const running = pool.use(async () => 1);
  await wait(1);
  await pool.close();
  await expect(running).rejects.toThrow(/abort/i);
});
