import type { ServerResponse } from "node:http";
import { noticeFrame } from "./event-frames.js";

/** A client that does not even read why it is dropped is cut off after that. */
const FAREWELL_MS = 2_000;

export type ByeReason = "too slow" | "the server stops" | "the stream is old: open it again";

/** The open response of one client of the feed. */
export class EventStream {
  readonly #response: ServerResponse;
  #ended = false;

  /** @param headers beside those that make it a stream of events */
  constructor(response: ServerResponse, headers: Record<string, unknown>) {
    this.#response = response;
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) response.setHeader(name, value as string | number | string[]);
    }
    response.writeHead(200, {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      // nginx would hold events back until its buffer is full.
      "X-Accel-Buffering": "no",
      // When the stream ends so does the connection: kept alive, it would hold up a server that stops.
      Connection: "close",
    });
    // Goes on by itself when the client reads; nobody else may end it with an error.
    response.on("error", () => this.cut());
  }

  get isOpen(): boolean {
    return !this.#ended && !this.#response.destroyed;
  }

  /** Whether the client has yet to read what it was sent. Sending more would only fill memory. */
  get isFull(): boolean {
    return this.#response.writableNeedDrain;
  }

  /** Calls back once when the client is gone or was sent away. */
  onClose(listener: () => void): void {
    this.#response.once("close", listener);
  }

  send(frame: Buffer): void {
    if (this.isOpen) this.#response.write(frame);
  }

  /** Resolves to whether the client has read what it was sent, or is gone, within that time. */
  drained(withinMs: number): Promise<boolean> {
    if (!this.isOpen || !this.isFull) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (inTime: boolean) => {
        clearTimeout(timer);
        this.#response.off("drain", go).off("close", go);
        resolve(inTime);
      };
      const go = () => settle(true);
      const timer = setTimeout(() => settle(false), withinMs);
      this.#response.on("drain", go).on("close", go);
    });
  }

  /** Says why and ends. @param retryMs after which the client should come back */
  end(reason: ByeReason, retryMs: number): void {
    if (!this.isOpen) return;
    this.#ended = true;
    this.#response.end(noticeFrame({ notice: "bye", reason, retryMs }));
    const timer = setTimeout(() => this.cut(), FAREWELL_MS);
    this.#response.once("close", () => clearTimeout(timer));
  }

  /** Ends at once. */
  cut(): void {
    this.#ended = true;
    this.#response.destroy();
  }
}
