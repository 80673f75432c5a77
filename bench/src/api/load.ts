// Asks for one path in a loop, in a process of its own so that receiving does not delay who measures.
// Arguments: port, path, number of clients, Accept-Encoding or "plain". Ends when its parent disconnects or tells it to.
import { Client } from "./client.js";

const [port, path = "/", clients, coding = "plain"] = process.argv.slice(2);
const client = new Client(Number(port));
let answers = 0;

async function loop(): Promise<void> {
  while (true) {
    await client.expect(path, 200, coding === "plain" ? {} : { coding });
    answers += 1;
  }
}

process.once("message", () => process.send?.(answers, () => process.exit(0)));
process.once("disconnect", () => process.exit(0));
await Promise.all(Array.from({ length: Number(clients) }, loop));
