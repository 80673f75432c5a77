import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseError, type WebhookDelivery } from "@autosubmit-api/db";
import type { Webhook } from "../config/webhook-settings.js";
import { type Duty, dutyOf } from "../duty.js";
import type { WorkerContext } from "../worker-context.js";
import { postWebhook } from "./post-webhook.js";
import { webhookBody } from "./webhook-body.js";
import { wantsEvent } from "./webhook-events.js";

const TICK_MS = 500;
const TIDY_MS = 60_000;
/** Events that are looked at, and deliveries that are tried, in one round. */
const EVENTS_AT_ONCE = 1_000;
const DELIVERIES_AT_ONCE = 20;
/** Pauses after failed attempts, in seconds; after the last one the delivery is given up, some nine hours later. */
const BACK_OFF_SECONDS = [5, 30, 120, 600, 1_800, 3_600, 7_200, 18_000];
/** How long deliveries that were given up can be read. */
const GIVEN_UP_FOR_MS = 30 * 24 * 3_600_000;

/** When a delivery is tried again after so many failed attempts, in milliseconds; null to give up. */
export function backOffMs(attempts: number): number | null {
  const seconds = BACK_OFF_SECONDS[attempts - 1];
  return seconds === undefined ? null : seconds * 1_000;
}

/** Follows the journal and tells receivers, until the worker is to stop. Of all workers one does so. */
export async function keepDelivering(context: WorkerContext, webhooks: readonly Webhook[]): Promise<void> {
  const { stop, logger } = context;
  const dispatcher = new Dispatcher(context, webhooks);
  while (!stop.aborted) {
    await dispatcher.round().catch((error: unknown) => {
      if (!(error instanceof DatabaseError)) throw error;
      if (!stop.aborted) logger.warn({ code: error.code, reason: error.message }, "webhooks wait for their database");
    });
    await sleep(TICK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  await dispatcher.end();
}

class Dispatcher {
  readonly #context: WorkerContext;
  readonly #webhooks: readonly Webhook[];
  readonly #duty: Duty;
  #tidyAt = 0;

  constructor(context: WorkerContext, webhooks: readonly Webhook[]) {
    this.#context = context;
    this.#webhooks = webhooks;
    const names = webhooks.map(({ name }) => name);
    this.#duty = dutyOf("webhooks", context, (isHeld) => {
      if (isHeld) context.logger.info({ webhooks: names }, "telling webhooks");
    });
  }

  /** @throws DatabaseError */
  async round(): Promise<void> {
    if (!(await this.#duty.hold())) return;
    if (performance.now() >= this.#tidyAt) await this.#tidy();
    for (const webhook of this.#webhooks) await this.#follow(webhook);
    const due = await this.#context.databases.webhooks.listDue(this.#context.clock(), DELIVERIES_AT_ONCE);
    await Promise.all(due.map((delivery) => this.#deliver(delivery)));
  }

  async end(): Promise<void> {
    await this.#duty.release();
  }

  async #tidy(): Promise<void> {
    const { databases, clock } = this.#context;
    const before = new Date(clock().getTime() - GIVEN_UP_FOR_MS);
    const names = this.#webhooks.map(({ name }) => name);
    await databases.webhooks.tidy(names, before);
    this.#tidyAt = performance.now() + TIDY_MS;
  }

  /** Notes what the webhook has to deliver. A new one begins with what comes next. */
  async #follow(webhook: Webhook): Promise<void> {
    const { databases, clock, logger } = this.#context;
    const { newest, removedThrough } = await databases.eventJournal.bounds();
    const position = await databases.webhooks.position(webhook.name);
    if (position === null) return databases.webhooks.advance(webhook.name, newest, [], clock());
    if (position === newest) return;
    if (position < removedThrough)
      logger.warn(
        { webhook: webhook.name, events: removedThrough - position },
        "events were removed before a webhook saw them",
      );
    const from = position > newest ? 0 : Math.max(position, removedThrough);
    const events = await databases.eventJournal.listAfter(from, EVENTS_AT_ONCE);
    const through = events.at(-1)?.id ?? newest;
    const wanted = events.filter((event) => wantsEvent(webhook, event));
    await databases.webhooks.advance(webhook.name, through, wanted, clock());
  }

  async #deliver({ id, webhook: name, event, attempts }: WebhookDelivery): Promise<void> {
    const { databases, clock, timeZone, logger, stop } = this.#context;
    const webhook = this.#webhooks.find((candidate) => candidate.name === name);
    if (webhook === undefined) return;
    try {
      const body = webhookBody(webhook.template, event, timeZone);
      await postWebhook(webhook, body, { deliveryId: id, now: clock(), signal: stop });
    } catch (error) {
      // Told to stop: the next worker sends it again.
      if (stop.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      const pauseMs = backOffMs(attempts + 1);
      const at = clock();
      const nextAttemptAt = pauseMs === null ? null : new Date(at.getTime() + pauseMs);
      await databases.webhooks.failed(id, { error: reason, at, nextAttemptAt });
      const text =
        pauseMs === null ? "a webhook's delivery is given up" : "a webhook could not be told; it will be again";
      logger[pauseMs === null ? "error" : "warn"](
        { webhook: name, event: event.id, attempts: attempts + 1, reason },
        text,
      );
      return;
    }
    await databases.webhooks.delivered(id);
  }
}
