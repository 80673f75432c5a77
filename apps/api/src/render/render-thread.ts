import { parentPort, workerData } from "node:worker_threads";
import { openSite } from "autosubmit-reader";
import { AnswerBuilder } from "./build-answer.js";
import type { RenderTask, ThreadMessage, ThreadSettings } from "./protocol.js";

const settings = workerData as ThreadSettings;
const { environment, workingDirectory } = settings;
const builder = new AnswerBuilder(await openSite({ environment, workingDirectory }), settings);

/** Bytes are handed over, not copied. */
function say(message: ThreadMessage): void {
  parentPort?.postMessage(message, message.kind === "built" ? [message.bytes.buffer as ArrayBuffer] : []);
}

// The pool gives one task at a time, and an answer never rejects.
parentPort?.on("message", async (task: RenderTask) => say(await builder.answer(task)));
say({ kind: "ready" });
