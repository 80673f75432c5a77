import { TASKS } from "./tasks.js";
import { ASPECTS } from "./watch/aspects.js";
import type { ExperimentReading } from "./worker-task.js";

/** Everything that a reader process can be asked for. */
const READINGS: ReadonlyMap<string, ExperimentReading> = new Map(
  [...TASKS, ...ASPECTS].map((reading) => [reading.id, reading]),
);

/** @throws Error for an id without a reading */
export function readingById(id: string): ExperimentReading {
  const reading = READINGS.get(id);
  if (!reading) throw new Error(`There is no reading ${id}`);
  return reading;
}
