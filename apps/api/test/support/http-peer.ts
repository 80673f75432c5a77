import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A real HTTP server on this machine, such as a login provider. */
export interface HttpPeer {
  /** Without a slash at its end. */
  url: string;
  /** `METHOD /path?query` of what it was asked, in order. */
  asked: string[];
  close(): Promise<void>;
}

export type PeerHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

export async function startPeer(handler: PeerHandler): Promise<HttpPeer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void handler(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** An address at which nothing listens. */
export async function deadUrl(): Promise<string> {
  const peer = await startPeer(() => undefined);
  await peer.close();
  return peer.url;
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

/** Headers, and then bytes without end, until the other side has had enough. */
export function sendEndlessly(response: ServerResponse, contentType: string): void {
  response.writeHead(200, { "Content-Type": contentType });
  const chunk = Buffer.alloc(65_536, " ");
  const more = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
}
