import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { databaseFiles, migrate, siteDatabases } from "@autosubmit-api/db";
import { SECRET_VARIABLES } from "@autosubmit-api/settings";
import { load } from "js-yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SETTINGS } from "../src/config/settings.js";
import { parseMetrics } from "./support/read-metrics.js";
import { NOW, startTestApi, type TestApi } from "./support/test-api.js";

const deployed = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../deploy/${path}`, import.meta.url)), "utf8");

const promtool = (...args: string[]) => {
  const cwd = fileURLToPath(new URL("../../../deploy/prometheus/", import.meta.url));
  const { status, stdout, stderr } = spawnSync("promtool", args, { cwd, encoding: "utf8" });
  return { status, output: stdout + stderr };
};

/** Debian's package `prometheus` has it. */
describe.skipIf(spawnSync("promtool", ["--version"]).status !== 0)("Prometheus itself", () => {
  test("takes the rules and the example of its configuration", () => {
    expect(promtool("check", "rules", "autosubmit-api.rules.yml")).toMatchObject({ status: 0 });
    expect(promtool("check", "config", "--syntax-only", "autosubmit-api.yml")).toMatchObject({ status: 0 });
  });

  test("raises each alert when it should, and not otherwise", () => {
    expect(promtool("test", "rules", "autosubmit-api.rules.test.yml")).toMatchObject({ status: 0 });
    const tested = deployed("prometheus/autosubmit-api.rules.test.yml");
    expect(alerts.filter(({ alert }) => !tested.includes(`alertname: ${alert}\n`))).toEqual([]);
  });

  test("understands every query of the dashboard", () => {
    const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const recorded = queries.map((expr, index) => ({ record: `panel:query:${index}`, expr }));
    const folder = mkdtempSync(join(tmpdir(), "dashboard-"));
    try {
      const file = join(folder, "rules.yml");
      writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules: recorded }] }));
      expect(promtool("check", "rules", file)).toMatchObject({ status: 0 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the example of the environment file", () => {
  const names = [...deployed("systemd/autosubmit-api.env.example").matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
  const known = [...Object.values(SETTINGS).map(({ variable }) => variable), ...SECRET_VARIABLES];

  test("names only variables that are read", () => {
    const others = ["AUTOSUBMIT_CONFIGURATION", "CAS_SERVER_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"];
    expect(names.filter((name) => name !== undefined && ![...known, ...others].includes(name))).toEqual([]);
  });
});

interface Dashboard {
  panels: { title: string; targets: { expr: string }[]; gridPos: { x: number; y: number; w: number; h: number } }[];
}
interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}

const dashboard = JSON.parse(deployed("grafana/autosubmit-api.json")) as Dashboard;
const rules = load(deployed("prometheus/autosubmit-api.rules.yml")) as Rules;
const alerts = rules.groups.flatMap((group) => group.rules);

/** Names of ours and of Node in an expression, and the labels that it asks them by. */
const metricsIn = (expr: string) => [...expr.matchAll(/\b(?:autosubmit|nodejs|process)_\w+/g)].map(([name]) => name);
const labelsIn = (expr: string) =>
  [...expr.matchAll(/(\w+)(?:!=|=~|=)"|by \(([\w, ]+)\)/g)].flatMap(
    ([, one, several]) => one ?? several?.split(", ") ?? [],
  );

describe("dashboard and alerts", { timeout: 60_000 }, () => {
  let api: TestApi;
  let known: Map<string, Set<string>>;
  beforeAll(async () => {
    api = await startTestApi([{ expid: "a000", jobs: 10 }], { environment: { AS_API_METRICS: "public" } });
    const files = databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root });
    await migrate(files);
    await runCycle(siteDatabases(files));
    for (const url of ["/v4/experiments/a000/jobs", "/v4/experiments/a000/jobs?view=quick"]) await api.get(url);
    known = new Map();
    for (const { name, labels } of parseMetrics((await api.app.inject("/metrics")).body)) {
      const labelsOf = known.get(name) ?? new Set<string>();
      for (const label of Object.keys(labels)) labelsOf.add(label);
      known.set(name, labelsOf);
    }
  });
  afterAll(() => api.close());

  /** A task that was planned, worked through once, and is at it again, so that every metric of it has a value. */
  async function runCycle({ workerTasks, workerCycles }: ReturnType<typeof siteDatabases>): Promise<void> {
    const task = "TASK_POPDET";
    await workerTasks.announce({ task, enabled: true, schedule: "every 4 hours", nextRunAt: NOW }, "host:1", NOW);
    const start = async () =>
      workerCycles.start({
        task,
        worker: "host:1",
        at: NOW,
        after: await workerCycles.findLast(task),
        experimentIds: [1],
        partSize: 100,
      });
    const cycle = await start();
    const part = cycle && (await workerCycles.claim(cycle.id, { worker: "host:1", at: NOW, leaseMs: 60_000 }));
    if (part === null) throw new Error("nothing to do");
    await workerCycles.finish(part, "host:1", NOW, { examined: 1, read: 1, changed: 1, failed: 0 });
    await start();
  }

  const expressions = [
    ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
    ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ];

  test("there are some", () => {
    expect(dashboard.panels.length).toBeGreaterThan(10);
    expect(alerts.length).toBeGreaterThan(5);
  });

  test.each(expressions)("%s asks only for metrics and labels that there are: %s", (_title, expr) => {
    const names = metricsIn(expr);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    const labels = new Set([...names.flatMap((name) => [...(known.get(name) ?? [])]), "instance", "job"]);
    expect(labelsIn(expr).filter((label) => !labels.has(label))).toEqual([]);
  });

  test("every metric of ours is shown or watched", () => {
    const used = new Set(expressions.flatMap(([, expr]) => metricsIn(expr)));
    const ours = [...known.keys()].filter((name) => name.startsWith("autosubmit_") && !/_(sum|count)$/.test(name));
    expect(ours.filter((name) => !used.has(name))).toEqual([]);
  });

  test("panels do not cover each other", () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  test("alerts say what to do", () => {
    for (const { annotations } of alerts)
      expect(annotations).toMatchObject({ summary: expect.any(String), description: expect.any(String) });
  });
});
