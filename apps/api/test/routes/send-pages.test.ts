import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type ScriptedApp, scriptedApp } from "../support/scripted-app.js";

const threadFile = new URL("../support/paged-thread.mjs", import.meta.url).href;

let scripted: ScriptedApp | null = null;
afterEach(async () => {
  await scripted?.close();
  scripted = null;
});

async function start(): Promise<ScriptedApp> {
  scripted = await scriptedApp({}, { threadFile, threads: 1 });
  return scripted;
}

async function listening(): Promise<{ api: ScriptedApp; base: string }> {
  const api = await start();
  await api.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = api.app.server.address() as AddressInfo;
  return { api, base: `http://127.0.0.1:${port}` };
}

const textOf = (script: string) => `/v4/experiments/${script}/jobs-history?format=csv`;
const pagesAsked = ({ log }: ScriptedApp) =>
  log.filter((line) => line.msg === "page").map(({ page, hasEarlier }) => [page, hasEarlier]);
const receive = (url: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(url, resolve).on("error", reject);
  });

describe("a text that is sent page by page", () => {
  test("is its pages, one after the other, each asked for once and told whether records came before", async () => {
    const api = await start();
    const { body, headers } = await api.app.inject(textOf("p3s4"));
    expect(body).toBe("000011112222");
    expect(headers["cache-control"]).toBe("no-cache");
    expect(pagesAsked(api)).toEqual([
      [0, false],
      [1, false],
      [2, true],
    ]);
  });

  test("may have pages without text", async () => {
    const api = await start();
    expect((await api.app.inject(textOf("p4s0"))).body).toBe("");
    expect(pagesAsked(api)).toHaveLength(4);
  });

  test("has an error's status when its first page cannot be read", async () => {
    const { app } = await start();
    const answer = await app.inject(textOf("p3f0"));
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ error: true });
  });

  test("is cut off, not ended, when a later page cannot be read", async () => {
    const { api, base } = await listening();
    const response = await receive(base + textOf("p3f1"));
    expect(response.statusCode).toBe(200);
    const received = (async () => {
      for await (const _ of response);
    })();
    await expect(received).rejects.toThrow();
    expect(api.log.map((line) => line.msg)).toContain("a text was cut off while it was sent");
  });

  test("is asked for no faster than the client takes it, and no further when it goes away", async () => {
    const { api, base } = await listening();
    const response = await receive(base + textOf("p1000s500000"));
    response.pause();
    await sleep(500);
    const asked = pagesAsked(api).length;
    // What fits into the sockets' buffers, of 500 MB.
    expect(asked).toBeLessThan(50);
    response.destroy();
    await sleep(300);
    expect(pagesAsked(api).length).toBeLessThanOrEqual(asked + 2);
    expect(api.log.map((line) => line.msg)).not.toContain("a text was cut off while it was sent");
  });
});
