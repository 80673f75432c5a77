// Opens streams of the live feed and notes when their events arrive, in a process of its own so that receiving does not delay
// who serves. Arguments: port, number of streams. Events carry the time at which they were written as the log's name. Tells its
// parent "open" when all streams are, and at any message what arrived.
import { connect, type Socket } from "node:net";

const [port, streams] = process.argv.slice(2).map(Number);
const WRITTEN_AT = /"name":"(\d+)"/g;
const delays: number[] = [];

function openStream(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port ?? 0, "127.0.0.1");
    socket.once("error", reject);
    socket.once("data", () => {
      socket.setEncoding("latin1");
      let rest = "";
      socket.on("data", (chunk: string) => {
        const now = Date.now();
        const text = rest + chunk;
        const end = text.lastIndexOf("\n\n");
        if (end >= 0) for (const [, at] of text.slice(0, end).matchAll(WRITTEN_AT)) delays.push(now - Number(at));
        rest = text.slice(end + 1);
      });
      resolve(socket);
    });
    socket.write("GET /v4/events HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n");
  });
}

const sockets: Socket[] = [];
while (sockets.length < (streams ?? 0)) {
  sockets.push(
    ...(await Promise.all(Array.from({ length: Math.min(50, (streams ?? 0) - sockets.length) }, openStream))),
  );
}
process.on("message", () => process.send?.({ delays: delays.splice(0) }));
process.once("disconnect", () => process.exit(0));
process.send?.("open");
