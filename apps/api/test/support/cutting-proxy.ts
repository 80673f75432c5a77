import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Something between client and server that cuts connections. */
export interface CuttingProxy {
  url: string;
  /** Connections that were opened. */
  opened(): number;
  /** From now on connections are left alone. */
  relent(): void;
  /** Ends those that are open. */
  cutAll(): void;
}

/**
 * @param cutAfter how many bytes of answers each connection brings before it is cut, one after the other, and again from the
 * beginning
 */
export async function startCuttingProxy(target: string, cutAfter: readonly number[]): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let count = 0;
  let isCutting = true;
  const server = createServer((client) => {
    let left = cutAfter[count % cutAfter.length] ?? Number.POSITIVE_INFINITY;
    count += 1;
    const upstream = connect(Number(port), hostname);
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    sockets.add(client).add(upstream);
    client.on("data", (bytes) => upstream.write(bytes));
    upstream.on("data", (bytes) => {
      if (!isCutting || bytes.length < left) {
        left -= bytes.length;
        client.write(bytes);
        return;
      }
      client.write(bytes.subarray(0, left), cut);
      left = 0;
    });
    for (const socket of [client, upstream]) socket.on("error", cut).on("close", cut);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    server.close();
    cutAll();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    opened: () => count,
    relent: () => {
      isCutting = false;
    },
    cutAll,
  };
}
