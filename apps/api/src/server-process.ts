// One of several processes that serve, see cluster/run-cluster.ts: everything that it is told are variables.
import { runServer } from "./server.js";

await runServer({});
