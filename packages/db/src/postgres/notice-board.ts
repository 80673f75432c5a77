import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { LOOK_AGAIN_MS } from "../database.js";

/** A connection that nobody waits at any more is ended after that. */
const IDLE_MS = 10_000;
const CONNECT_WITHIN_MS = 5_000;

/**
 * Waits for the notices of one channel (PostgreSQL's LISTEN), on a connection of its own while somebody waits. Where there
 * is none (the server is away, or does not let listen), it waits a moment instead: whoever waits looks for himself then.
 */
export class NoticeBoard {
  readonly #config: pg.ClientConfig;
  readonly #channel: string;
  #client: pg.Client | null = null;
  #isListening = false;
  /** Whether there was a notice while nobody waited. */
  #isUnread = false;
  #wake: (() => void) | null = null;
  #idle: NodeJS.Timeout | null = null;

  constructor(config: pg.ClientConfig, channel: string) {
    this.#config = config;
    this.#channel = channel;
  }

  /** For one caller at a time. */
  async news(withinMs: number): Promise<void> {
    this.#stayConnected();
    if (!this.#isListening) {
      await sleep(Math.min(withinMs, LOOK_AGAIN_MS), undefined, { ref: false });
      return;
    }
    if (!this.#isUnread) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs).unref();
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = null;
    this.#isUnread = false;
  }

  #stayConnected(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#disconnect(), IDLE_MS).unref();
    if (this.#client === null) void this.#connect();
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      ...this.#config,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      keepAlive: true,
      application_name: "autosubmit-api listener",
    });
    this.#client = client;
    const lose = () => {
      if (this.#client === client) this.#disconnect();
    };
    client.on("error", lose).on("end", lose);
    client.on("notification", () => {
      this.#isUnread = true;
      this.#wake?.();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(this.#channel)}`);
      // What was announced before is seen at the first look.
      if (this.#client === client) this.#isListening = true;
    } catch {
      // The next call tries again.
      lose();
    }
  }

  #disconnect(): void {
    const client = this.#client;
    this.#client = null;
    this.#isListening = false;
    this.#wake?.();
    client?.end().catch(() => undefined);
  }
}
