import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { jobStatusCode } from "@autosubmit-api/shared-types";
import { describe, expect, it } from "vitest";
import { readHistoryAttempt } from "../src/history/history-attempt.js";
import { summariseAttempts } from "../src/metrics/consumption.js";
import { FORMULAS } from "../src/metrics/formulas.js";
import { roundHalfEven } from "../src/metrics/numbers.js";
import { wrapperQueueByStructure } from "../src/metrics/wrapper-queue.js";
import { explainPerformance } from "../src/performance/explain-performance.js";
import { measurePerformance } from "../src/performance/measure-performance.js";
import { simulationFigures } from "../src/performance/simulation.js";
import { measureRuns } from "../src/runs/measure-runs.js";
import { configuration } from "./support/configuration.js";
import { experimentRun, jobDataRow } from "./support/history-rows.js";
import { performanceJob } from "./support/performance-jobs.js";

const document = readFileSync(fileURLToPath(new URL("../../../docs/metrics.md", import.meta.url)), "utf8");

type Row = Record<string, string>;

/** The rows of the table under a heading. */
function table(heading: string): Row[] {
  const section = document.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const cells = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [header = "", , ...body] = section.split("\n").filter((line) => line.startsWith("|"));
  return body.map((line) => Object.fromEntries(cells(header).map((name, index) => [name, cells(line)[index] ?? ""])));
}

/** Works out an arithmetic of numbers, + - * / and parentheses. */
function workOut(arithmetic: string): number {
  const tokens = arithmetic.match(/\d+(?:\.\d+)?|[-+*/()]/g) ?? [];
  expect(tokens.join("")).toBe(arithmetic.replaceAll(" ", ""));
  let position = 0;
  const atom = (): number => {
    const token = tokens[position++];
    if (token !== "(") return Number(token);
    const value = sum();
    position += 1;
    return value;
  };
  const product = (): number => {
    let value = atom();
    while (tokens[position] === "*" || tokens[position] === "/") {
      value = tokens[position++] === "*" ? value * atom() : value / atom();
    }
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[position] === "+" || tokens[position] === "-") {
      value = tokens[position++] === "+" ? value + product() : value - product();
    }
    return value;
  };
  return sum();
}

const START = 1_767_225_600;
const rows = table("The experiment");
const jobs = rows.map((row) => {
  const at = (column: string) => (Number(row[column]) === 0 && row.job !== "sim_1" ? 0 : START + Number(row[column]));
  return performanceJob(row.job ?? "", row.section ?? "", {
    status: jobStatusCode(row.status ?? "") ?? 0,
    queueSeconds: Number(row.queue),
    runSeconds: Number(row.run),
    startAt: at("start"),
    finishAt: at("finish"),
    energyJoules: Number(row.energy),
  });
});
const facts = configuration({
  chunk: { unit: "month", size: 6 },
  sections: { SIM: { processors: "12", processorsPerNode: 8, platform: "MN5" } },
  platforms: { MN5: { carbonFactor: "300000", powerUsageEffectiveness: "1.25" } },
});
const view = measurePerformance({ jobs, configuration: facts });
const explanation = explainPerformance(view);

describe("docs/metrics.md", () => {
  const headings = [...document.matchAll(/^## (.*)$/gm)].map((match) => match[1] ?? "");
  const worked = headings.flatMap((heading) => table(heading)).filter((row) => row.value !== undefined);

  it.each(worked.map((row) => [row.arithmetic ?? row.score ?? "", row.value ?? ""]))(
    "%s is %s",
    (arithmetic, value) => {
      const decimals = value.split(".")[1]?.length ?? 2;
      expect(roundHalfEven(workOut(arithmetic), decimals)).toBe(Number(value));
    },
  );

  it("works out every formula, with its unit", () => {
    const documented = table("The figures").map((row) => [row.figure, row.unit]);
    expect(documented).toEqual(Object.values(FORMULAS).map((formula) => [formula.name, formula.unit]));
    for (const name of Object.keys(FORMULAS)) expect(document).toContain(`\n### ${name}\n`);
  });

  it("considers the jobs that the text says", () => {
    expect(explanation.jobSets.simulations.considered).toEqual(["sim_1", "sim_2", "sim_3", "sim_4"]);
    expect(explanation.jobSets.simulations.excluded.map(({ name, reason }) => [name, reason])).toEqual([
      ["sim_5", "outlier"],
      ["sim_6", "no-run-time"],
      ["sim_7", "not-completed"],
    ]);
    const [outlier] = view.simulations.excluded;
    expect(outlier?.score?.toFixed(4)).toBe(table("Which jobs count")[0]?.value);
  });

  it.each(table("The figures").map((row) => [row.figure ?? "", Number(row.value)]))(
    "measures %s as %d",
    (name, value) => {
      const metric = explanation.metrics.find(({ formula }) => formula.name === name);
      expect(metric?.value).toBeCloseTo(value, 9);
      expect(metric?.version1Value).toBeCloseTo(value, 9);
    },
  );

  it.each(table("The jobs' own figures").map((row) => [row.job ?? "", row.figure ?? "", Number(row.value)]))(
    "measures %s's %s as %d",
    (name, figure, value) => {
      const all = [...view.simulations.considered, ...view.simulations.excluded.map(({ job }) => job)];
      const simulation = all.find((job) => job.name === name);
      if (simulation === undefined) throw new Error(`no simulation ${name}`);
      expect(simulationFigures(simulation, 1)).toHaveProperty(figure.toLowerCase(), value);
    },
  );

  it("measures the same attempts as a run", () => {
    const attempts = jobs.map((job, id) => {
      const [submit, start, finish] = [START, START + job.queueSeconds, START + job.queueSeconds + job.runSeconds];
      const status = rows[id]?.status ?? "";
      return readHistoryAttempt(
        jobDataRow({ id, job_name: job.name, section: job.section, status, submit, start, finish }),
      );
    });
    const [run] = measureRuns([experimentRun()], attempts);
    for (const { figure = "", value } of table("Figures of a run")) {
      expect(run).toHaveProperty(figure.toLowerCase(), Number(value));
    }
  });

  it("corrects the queue time of the wrapped job", () => {
    const wrapped = [
      { name: "a", queueSeconds: 10, runSeconds: 100 },
      { name: "b", queueSeconds: 115, runSeconds: 0 },
    ];
    const queues = wrapperQueueByStructure(wrapped, (name) => (name === "a" ? ["b"] : []));
    expect(queues.get("b")).toBe(Number(table("Queue time inside wrappers")[0]?.value));
  });

  it("consumes what the statistics say", () => {
    const consumption = summariseAttempts(
      [
        { submitAt: 0, startAt: 0, finishAt: 3600, outcome: "failed" },
        { submitAt: 7200, startAt: 7200, finishAt: 12_600, outcome: "completed" },
      ],
      { processingElements: 16, wallclockHours: 2 },
    );
    const documented = Object.fromEntries(table("Statistics").map((row) => [row.figure, Number(row.value)]));
    expect(consumption.realHours).toBe(documented.realConsumption);
    expect(consumption.cpuHours).toBe(documented.cpuConsumption);
    expect(consumption.failedCpuHours).toBe(documented.failedCpuConsumption);
    expect(consumption.wallclockHours).toBe(documented.expectedConsumption);
    expect(consumption.expectedCpuHours).toBe(documented.expectedCpuConsumption);
  });

  it("shares the chunk among its splits in version 2", () => {
    const splits = [1, 2, 3, 4].map((split) => performanceJob(`s${split}`, "SIM", { split, splits: 4 }));
    const { figures } = measurePerformance({ jobs: splits, configuration: facts });
    for (const row of table("Versions")) {
      const { years, sypd } = row.version === "1" ? figures[1] : figures[2];
      expect(row.figure === "SY" ? years : sypd).toBe(Number(row.value));
    }
  });
});
