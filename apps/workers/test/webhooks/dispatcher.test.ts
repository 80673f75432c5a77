import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { NewJournalEvent } from "@autosubmit-api/db";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Webhook } from "../../src/config/webhook-settings.js";
import { keepDelivering } from "../../src/webhooks/dispatcher.js";
import { temporarySite } from "../support/temporary-site.js";
import { testWorker } from "../support/worker.js";

interface Received {
  body: string;
  signature: string;
  delivery: string;
}

/** A receiver of webhooks that answers with these statuses, then with 200. */
async function receiver(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const { "x-autosubmit-signature": signature, "x-autosubmit-delivery": delivery } = request.headers;
      received.push({ body, signature: String(signature), delivery: String(delivery) });
      response.writeHead(statuses.shift() ?? 200, { location: "http://127.0.0.1/elsewhere" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`) };
}

const webhook = (url: URL, more: Partial<Webhook> = {}): Webhook => ({
  ...{ name: "chat", url, template: "json", secret: "s3cret", allowPrivate: true },
  ...{ kinds: null, expids: null, statuses: null, sections: null, ...more },
});

/** A worker that delivers, with a clock that can be set ahead, and its journal. */
async function startDelivering(webhooks: readonly Webhook[]) {
  let ahead = 0;
  const worker = await testWorker(temporarySite(1).configurationFile, { clock: () => new Date(Date.now() + ahead) });
  const { databases } = worker.context;
  const work = keepDelivering(worker.context, webhooks);
  onTestFinished(async () => {
    worker.stop.abort();
    await work;
  });
  let revision: number | null = null;
  const write = async (count: number) => {
    const event: NewJournalEvent = {
      at: new Date(),
      expid: "a000",
      kind: "log-added",
      data: '{"name":"x","folder":"jobs"}',
    };
    const state = { expid: "a000", aspect: "test", revision, fingerprint: "", base: null, state: "" };
    await databases.eventJournal.advance(state, Array(count).fill(event));
    revision = (revision ?? 0) + 1;
  };
  const started = async (name = "chat") => {
    while ((await databases.webhooks.position(name)) === null) await sleep(20);
  };
  const wait = (ms: number) => {
    ahead += ms;
  };
  return { databases, write, started, log: worker.log, wait };
}

const until = async (condition: () => boolean | Promise<boolean>) => {
  while (!(await condition())) await sleep(20);
};

describe("webhooks", { timeout: 30_000 }, () => {
  it("are told every event that comes, once, with a signature", async () => {
    const { received, url } = await receiver();
    const { databases, write, started } = await startDelivering([webhook(url)]);
    await started();
    await write(30);
    await until(() => received.length >= 30);
    await sleep(1_200);
    const ids = received.map(({ body }) => JSON.parse(body).id as number).sort((a, b) => a - b);
    expect(ids).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    const [first] = received;
    const [, seconds, digest] = /^t=(\d+),v1=(.*)$/.exec(first?.signature ?? "") ?? [];
    expect(createHmac("sha256", "s3cret").update(`${seconds}.${first?.body}`).digest("hex")).toBe(digest);
    expect(await databases.webhooks.listDue(new Date(Date.now() + 1e9), 10)).toEqual([]);
  });

  it("are told again when they fail, redirects among it, with the same number of delivery", async () => {
    const { received, url } = await receiver(500, 302);
    const { write, started, wait } = await startDelivering([webhook(url)]);
    await started();
    await write(1);
    await until(() => received.length === 1);
    await sleep(700);
    expect(received).toHaveLength(1);
    const waitFor = (count: number) =>
      until(() => {
        wait(1_000);
        return received.length === count;
      });
    await waitFor(2);
    await waitFor(3);
    expect(new Set(received.map(({ delivery }) => delivery)).size).toBe(1);
  });

  it("that never answer are given up, which administrators can read", async () => {
    const { databases, write, started, wait, log } = await startDelivering([
      webhook(new URL("http://127.0.0.1:1/hook")),
    ]);
    await started();
    await write(1);
    await until(async () => {
      wait(6 * 3_600_000);
      return (await databases.webhooks.listGivenUp(1)).length > 0;
    });
    const [lost] = await databases.webhooks.listGivenUp(10);
    expect(lost).toMatchObject({
      webhook: "chat",
      attempts: 9,
      lastError: "the receiver cannot be reached (ECONNREFUSED)",
    });
    expect(log.filter(({ level }) => level === 50)).toHaveLength(1);
    expect(JSON.stringify(log)).not.toContain("/hook");
  });

  it("do not reach private addresses unless that is allowed", async () => {
    const { received, url } = await receiver();
    const named = new URL(url);
    named.hostname = "localhost";
    const { databases, write, started } = await startDelivering([
      webhook(url, { name: "address", allowPrivate: false }),
      webhook(named, { name: "name", allowPrivate: false }),
    ]);
    await Promise.all([started("address"), started("name")]);
    await write(1);
    const failures = async () =>
      (await databases.webhooks.listDue(new Date(Date.now() + 1e12), 10)).filter(({ lastError }) => lastError !== null);
    await until(async () => (await failures()).length === 2);
    expect((await failures()).map(({ lastError }) => lastError)).toEqual(
      Array(2).fill(expect.stringContaining("private network")),
    );
    expect(received).toEqual([]);
  });
});
