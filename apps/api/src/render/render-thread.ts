import { workerData } from "node:worker_threads";
import { openSite } from "autosubmit-reader";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { AnswerBuilder } from "./build-answer.js";
import type { RenderAnswer, RenderTask, ThreadSettings } from "./protocol.js";

// Piscina hands its own wrapper round what the pool was given.
const settings = workerData as ThreadSettings;
const { environment, workingDirectory } = settings;
const builder = new AnswerBuilder(await openSite({ environment, workingDirectory }), settings);

/** Lets the pool find out whether this program loads. */
export function ping(): void {}

/** The thread's only task. The answer's bytes are handed over, not copied. */
export default async function render(task: RenderTask): Promise<RenderAnswer> {
  const answer = await builder.answer(task);
  if (answer.kind !== "built") return answer;
  const { buffer } = answer.bytes;
  // `move` is typed to return what crosses the border as it is given; the value inside is what arrives.
  return move({ [transferableSymbol]: buffer, [valueSymbol]: answer }) as unknown as RenderAnswer;
}
