// Loaded into the API's process before its program: measures the delay of its event loop and tells it over the channel to the
// benchmark when asked ("loop"), since the last time it was asked. Threads of the process do not load it.
import { monitorEventLoopDelay } from "node:perf_hooks";

const RESOLUTION_MS = 2;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

process.on("message", (message) => {
  if (message !== "loop") return;
  // What is recorded is the time between two turns of a timer, its period included.
  const delayMs = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  process.send?.({
    p50Ms: delayMs(delays.percentile(50)),
    p99Ms: delayMs(delays.percentile(99)),
    maxMs: delayMs(delays.max),
  });
  delays.reset();
});
