import { Agent, request } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { CountingConnection } from "./counting-connection.js";

/** How one request went. */
export interface Asked {
  status: number;
  etag: string | null;
  /** As they were sent. */
  bytes: number;
  /** From sending to the last byte. */
  ms: number;
}

export interface Asking {
  /** Sent as If-None-Match. */
  knownEtag?: string | null;
  /** Sent as Accept-Encoding; nothing is unpacked. Without it, answers come as they are. */
  coding?: string;
}

/** Asks a local server over connections that are kept open; bodies are counted and thrown away. */
export class Client {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #idle: CountingConnection[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  async get(path: string, asking: Asking = {}): Promise<Asked> {
    const startedAt = performance.now();
    let connection = this.#idle.pop();
    while (connection?.isOpen === false) connection = this.#idle.pop();
    connection ??= new CountingConnection(this.#port);
    const { status, headers, bytes } = await connection.get(path, headersOf(asking));
    this.#idle.push(connection);
    return { status, etag: headers.get("etag") ?? null, bytes, ms: performance.now() - startedAt };
  }

  /** The same; anything but that status ends the benchmark, since its time would mean nothing. */
  async expect(path: string, status: 200 | 304, asking: Asking = {}): Promise<Asked> {
    const asked = await this.get(path, asking);
    if (asked.status !== status) throw new Error(`${path} answered ${asked.status} instead of ${status}`);
    return asked;
  }

  /** Asks and looks at the body too: `/v3` answers failures with status 200. Null when all is well. */
  async findFailure(path: string, asking: Asking = {}): Promise<{ asked: Asked; failure: string | null }> {
    const chunks: Buffer[] = [];
    const asked = await this.#receive(path, { coding: "br", ...asking }, (chunk) => chunks.push(chunk));
    const bytes = Buffer.concat(chunks);
    const failure =
      asked.status === 304 ? null : failureOf(asked, asked.coding === "br" ? brotliDecompressSync(bytes) : bytes);
    return { asked: { ...asked, bytes: bytes.length }, failure };
  }

  /** @throws when the answer is a failure */
  async check(path: string): Promise<void> {
    const { failure } = await this.findFailure(path);
    if (failure !== null) throw new Error(`${path} failed: ${failure}`);
  }

  #receive(path: string, asking: Asking, onChunk: (chunk: Buffer) => void) {
    const headers = headersOf(asking);
    const startedAt = performance.now();
    return new Promise<Omit<Asked, "bytes"> & { coding: string | undefined }>((resolve, reject) => {
      request({ host: "127.0.0.1", port: this.#port, path, agent: this.#agent, headers }, (response) => {
        response.on("data", onChunk);
        response.on("end", () => {
          const { statusCode: status = 0, headers: received } = response;
          const { etag = null, "content-encoding": sentAs } = received;
          resolve({ status, etag, coding: sentAs, ms: performance.now() - startedAt });
        });
        response.on("error", reject);
      })
        .on("error", reject)
        .end();
    });
  }

  close(): void {
    this.#agent.destroy();
    for (const connection of this.#idle.splice(0)) connection.close();
  }
}

function headersOf({ knownEtag, coding }: Asking): Record<string, string> {
  return {
    ...(typeof knownEtag === "string" && { "if-none-match": knownEtag }),
    ...(coding !== undefined && { "accept-encoding": coding }),
  };
}

function failureOf({ status }: { status: number }, body: Buffer): string | null {
  if (status !== 200) return `status ${status}: ${body.toString("utf8", 0, 300)}`;
  const start = body.toString("utf8", 0, 300);
  // Only short bodies are errors; the others need not be parsed.
  if (body.length > 100_000 || !start.includes('"error":true')) return null;
  return start;
}
