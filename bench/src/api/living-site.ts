// Lets experiments of a site live, in a process of its own. Arguments: the site's folder, seconds between two steps, expids.
// Ends when its parent disconnects.
import { aliveLoop } from "@autosubmit-api/fixtures";

const [root = "", seconds, ...expids] = process.argv.slice(2);
const ending = new AbortController();
process.once("disconnect", () => ending.abort());
await Promise.all(
  expids.map((expid) => aliveLoop({ root, expid, intervalMs: Number(seconds) * 1_000, signal: ending.signal })),
);
