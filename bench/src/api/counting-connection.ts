import { connect, type Socket } from "node:net";

/** An answer whose body was counted and thrown away. */
export interface Counted {
  status: number;
  /** Lower-case names. */
  headers: ReadonlyMap<string, string>;
  bytes: number;
}

interface Waiting {
  head: string;
  headers: Map<string, string>;
  status: number;
  bytes: number;
  /** Of the body; null until the head is complete. */
  length: number | null;
  resolve: (counted: Counted) => void;
  reject: (error: Error) => void;
}

const READ_BYTES = 256 * 1024;
const END_OF_HEAD = "\r\n\r\n";
const BODILESS = new Set([204, 304]);

/**
 * One connection that is kept open and only counts what arrives, into the same memory again and again. Node's own client takes
 * as long for 10 MB as the server does, which would be measured with it.
 */
export class CountingConnection {
  readonly #socket: Socket;
  #waiting: Waiting | null = null;
  isOpen = true;

  constructor(port: number) {
    const onread = {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback: (count: number, buffer: Uint8Array) => this.#take(count, buffer),
    };
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
    this.#socket.on("error", (error) => this.#end(error));
    this.#socket.on("close", () => this.#end(new Error("the server closed the connection")));
  }

  get(path: string, headers: Readonly<Record<string, string>>): Promise<Counted> {
    const lines = Object.entries({ host: "127.0.0.1", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      this.#waiting = { head: "", headers: new Map(), status: 0, bytes: 0, length: null, resolve, reject };
      this.#socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(count: number, buffer: Uint8Array): boolean {
    const waiting = this.#waiting;
    if (waiting === null) return true;
    if (waiting.length === null)
      readHead(waiting, Buffer.from(buffer.buffer, buffer.byteOffset, count).toString("latin1"));
    else waiting.bytes += count;
    if (waiting.length === null || waiting.bytes < waiting.length) return true;
    this.#waiting = null;
    waiting.resolve(waiting);
    return true;
  }

  #end(error: Error): void {
    this.isOpen = false;
    this.#waiting?.reject(error);
    this.#waiting = null;
  }
}

function readHead(waiting: Waiting, text: string): void {
  waiting.head += text;
  const end = waiting.head.indexOf(END_OF_HEAD);
  if (end < 0) return;
  const [first = "", ...lines] = waiting.head.slice(0, end).split("\r\n");
  waiting.status = Number(first.split(" ")[1]);
  for (const line of lines) {
    const colon = line.indexOf(":");
    waiting.headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const length = waiting.headers.get("content-length");
  if (length === undefined && !BODILESS.has(waiting.status)) throw new Error("an answer does not tell its length");
  waiting.length = BODILESS.has(waiting.status) ? 0 : Number(length);
  waiting.bytes = waiting.head.length - end - END_OF_HEAD.length;
}
