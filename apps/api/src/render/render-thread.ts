import { readlinkSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { makeFileCallsHere, openSite } from "autosubmit-reader";
import { AnswerBuilder } from "./build-answer.js";
import { fileWaitWatch } from "./file-wait.js";
import { freeMemory } from "./free-memory.js";
import type { ThreadMessage, ThreadOrder, ThreadSettings } from "./protocol.js";

const settings = workerData as ThreadSettings;
const { environment, workingDirectory, niceness = 0, fileWait } = settings;
if (niceness > 0 && process.platform === "linux") stepBack(niceness);
// A hung file system then takes this thread, and not the few that Node keeps for the files of the whole process.
if (fileWait !== undefined) makeFileCallsHere(fileWaitWatch(fileWait));
const builder = new AnswerBuilder(await openSite({ environment, workingDirectory }), settings);

/** Linux takes the number of a thread where others only take that of a process; Node does not tell it, but the system does. */
function stepBack(by: number): void {
  const thread = Number(readlinkSync("/proc/thread-self").split("/").pop());
  // From where it is: who was started with a low priority may not raise it.
  setPriority(thread, Math.min(constants.priority.PRIORITY_LOW, getPriority(thread) + by));
}

/** Bytes are handed over, not copied. */
function say(message: ThreadMessage): void {
  parentPort?.postMessage(message, message.kind === "built" ? [message.bytes.buffer as ArrayBuffer] : []);
}

// The pool gives one task at a time, and an answer never rejects.
parentPort?.on("message", async (order: ThreadOrder) => {
  if ("free" in order) {
    freeMemory(order.free);
    return;
  }
  say(await builder.answer(order));
  builder.tidyUp();
});
say({ kind: "ready" });
