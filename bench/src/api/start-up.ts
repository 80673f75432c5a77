import { median } from "../statistics.js";
import { below, defineScenario, ms, table } from "./scenario.js";
import { startApi } from "./server.js";

interface StartUpResult {
  /** From the process's start to its first answer, median. */
  wallMs: number;
  /** Processor time of all threads until then, median: an idle machine with two cores takes between a half of it and all. */
  processorMs: number;
  idleRssMb: number;
}

const LIMIT_MS = 2_000;

export const startUp = defineScenario<StartUpResult>({
  name: "start-up",
  title: "Start-up",
  isUsual: true,
  measure: async (site, { rounds }) => {
    const [wall, processor, resident] = [[] as number[], [] as number[], [] as number[]];
    for (let round = 0; round < rounds; round += 1) {
      const server = await startApi(site);
      wall.push(server.startedInMs);
      processor.push(server.processorMs());
      resident.push(server.rssMb());
      await server.stop();
    }
    const result = { wallMs: median(wall), processorMs: median(processor), idleRssMb: median(resident) };
    console.log(`start-up ${ms(result.wallMs)} ms, ${ms(result.processorMs)} ms of processor time`);
    return result;
  },
  targets: ({ wallMs }) => [below("Start-up: first answer under 2 s", wallMs, LIMIT_MS)],
  details: ({ wallMs, processorMs, idleRssMb }) => [
    table(
      ["first answer, ms", "processor time, ms", "resident then, MB"],
      [[ms(wallMs), ms(processorMs), idleRssMb.toFixed(0)]],
    ),
  ],
});
