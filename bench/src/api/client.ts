import { Agent, request } from "node:http";

/** How one request went. */
export interface Asked {
  status: number;
  etag: string | null;
  bytes: number;
  /** From sending to the last byte. */
  ms: number;
}

/** Asks a local server over connections that are kept open; bodies are counted and thrown away. */
export class Client {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(port: number) {
    this.#port = port;
  }

  /** @param knownEtag sent as If-None-Match */
  get(path: string, knownEtag?: string): Promise<Asked> {
    const headers = knownEtag === undefined ? {} : { "if-none-match": knownEtag };
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port: this.#port, path, agent: this.#agent, headers }, (response) => {
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.on("end", () => {
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, etag: received.etag ?? null, bytes, ms: performance.now() - startedAt });
        });
        response.on("error", reject);
      })
        .on("error", reject)
        .end();
    });
  }

  /** The same; anything but that status ends the benchmark, since its time would mean nothing. */
  async expect(path: string, status: 200 | 304, knownEtag?: string): Promise<Asked> {
    const asked = await this.get(path, knownEtag);
    if (asked.status !== status) throw new Error(`${path} answered ${asked.status} instead of ${status}`);
    return asked;
  }

  /** Asks once and looks at the body: `/v3` answers failures with status 200. */
  async check(path: string): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}${path}`);
    const body: unknown = await answer.json();
    const failed = typeof body === "object" && body !== null && "error" in body && body.error === true;
    if (!answer.ok || failed) throw new Error(`${path} failed: ${JSON.stringify(body).slice(0, 300)}`);
  }

  close(): void {
    this.#agent.destroy();
  }
}
