// A process that reads experiments for a worker, so that one that hangs or dies with an experiment takes nothing with it.
import { setTimeout as sleep } from "node:timers/promises";
import { AutosubmitReadError, openSite } from "autosubmit-reader";
import { readingById } from "../readings.js";
import type { NumberedAnswer, NumberedQuestion } from "./protocol.js";

const site = openSite();
// Reported with every answer; unhandled it would end the process before the first question.
site.catch(() => undefined);

const PAUSE_MS = 500;

async function answer({ number, question, patienceMs }: NumberedQuestion): Promise<NumberedAnswer> {
  const givingUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      const experiment = (await site).experiment(question.expid);
      return { number, reading: await readingById(question.reading).read(experiment, question) };
    } catch (error) {
      // A server that restarts is no failure of the experiment.
      const isAway = error instanceof AutosubmitReadError && error.code === "SOURCE_UNAVAILABLE";
      if (!isAway || performance.now() > givingUpAt)
        return { number, problem: error instanceof Error ? error.message : String(error) };
    }
    await sleep(PAUSE_MS);
  }
}

process.on("message", (message: NumberedQuestion) => {
  // A worker that cannot be answered is gone.
  void answer(message).then((found) => process.send?.(found, undefined, {}, (error) => error && process.exit(0)));
});
process.on("disconnect", () => process.exit(0));
// Ctrl-C and service managers address all processes at once: the worker decides what becomes of this one.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
