// Clients that ask for one path in a loop, in a process of their own so that receiving does not delay who measures.
// Arguments: port, path, number of clients. Ends when its parent disconnects or tells it to.
import { Client } from "./client.js";

const [port, path = "/", clients] = process.argv.slice(2);
const client = new Client(Number(port));
let answers = 0;

async function loop(): Promise<void> {
  while (true) {
    await client.expect(path, 200);
    answers += 1;
  }
}

process.once("message", () => process.send?.(answers, () => process.exit(0)));
process.once("disconnect", () => process.exit(0));
await Promise.all(Array.from({ length: Number(clients) }, loop));
