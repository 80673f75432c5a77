import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openLivingExperiment, writeWorkspace } from "@autosubmit-api/fixtures";
import { chromium, type Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { builtProgramOf } from "../../../../scripts/built-program.js";
import { SECRETS } from "../support/feed-site.js";
import { scriptedApp } from "../support/scripted-app.js";

const CHROMIUM = "/usr/bin/chromium";
const HAS_BROWSER = existsSync(CHROMIUM);
if (!HAS_BROWSER) console.log(`the live page is not tried in a browser: there is no ${CHROMIUM}`);

/** A built program, as a process. */
async function startProgram(root: string, app: "apps/api" | "apps/workers", environment: Record<string, string>) {
  const [file, args] = app === "apps/api" ? ["cli.js", ["start"]] : ["main.js", []];
  const program = JSON.stringify(join(builtProgramOf(app), file));
  const starter = join(root, `${app.replace("/", "-")}.mjs`);
  writeFileSync(starter, `import(${program}).then(({ main }) => main(${JSON.stringify(args)}));`);
  const child = spawn(process.execPath, [starter], {
    cwd: root,
    env: { HOME: root, PATH: "/usr/bin:/bin", TZ: "UTC", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function addressOf(child: ChildProcess): Promise<string> {
  let printed = "";
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const address = /Server listening at (http:\/\/[^"\s]+)/.exec(printed)?.[1];
    if (address === undefined) continue;
    child.stdout?.resume();
    return address;
  }
  throw new Error(`the API does not listen: ${printed}`);
}

async function openPage(url: string): Promise<{ page: Page; complaints: string[] }> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
    ],
  });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (line) => {
    if (/Content Security Policy/i.test(line.text())) complaints.push(line.text());
  });
  await page.goto(url);
  return { page, complaints };
}

const shownEvents = async (page: Page) =>
  (
    await page
      .locator("#changes li[data-event]")
      .all()
      .then((items) => Promise.all(items.map((item) => item.getAttribute("data-event"))))
  )
    .map(Number)
    .reverse();

describe.skipIf(!HAS_BROWSER)("the live page in a browser", { timeout: 120_000 }, () => {
  test("shows what changes within seconds, and goes on after the API was killed and started again", async () => {
    const root = mkdtempSync(join(tmpdir(), "live-page-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const { configurationFile } = writeWorkspace({
      root,
      experiments: [{ expid: "a000", pace: 1 / 240, progress: 0.1 }],
    });
    const site = { AUTOSUBMIT_CONFIGURATION: configurationFile };
    const protectedSite = { ...site, ...SECRETS, PROTECTION_LEVEL: "ALL", AS_API_RENDER_THREADS: "1" };
    await startProgram(root, "apps/workers", site);
    const first = await startProgram(root, "apps/api", { ...protectedSite, PORT: "0" });
    const base = await addressOf(first);
    const living = openLivingExperiment({ root, expid: "a000" });
    onTestFinished(() => living.close());

    const { page, complaints } = await openPage(`${base}/docs/live#a000`);
    const state = page.locator("#state");
    await page.locator("#token").waitFor({ state: "visible" });
    await page.fill("#token", "service");
    await page.click("button");
    await page.locator('#state[data-kind="open"]').waitFor({ timeout: 20_000 });
    await page.locator("#counts tr").first().waitFor();

    const changeJobs = async () => {
      while (living.step().changes.length === 0) await sleep(200);
    };
    const seen = page.locator("#changes li", { hasText: "→" });
    // The workers look for the first time, which only remembers.
    const begin = Date.now();
    while ((await seen.count()) === 0 && Date.now() - begin < 30_000) await changeJobs().then(() => sleep(300));
    expect(await seen.count()).toBeGreaterThan(0);

    first.kill("SIGKILL");
    await once(first, "exit");
    await page.locator('#state[data-kind="waiting"], #state[data-kind="connecting"]').waitFor();
    await changeJobs();
    await sleep(1_500);
    const { port } = new URL(base);
    await addressOf(await startProgram(root, "apps/api", { ...protectedSite, PORT: port }));
    const before = (await shownEvents(page)).length;
    await page.locator('#state[data-kind="open"]').waitFor({ timeout: 20_000 });
    await changeJobs();
    await expect.poll(async () => (await shownEvents(page)).length, { timeout: 15_000 }).toBeGreaterThan(before);

    const headers = { authorization: "Bearer service", accept: "application/json" };
    const { events } = (await (
      await fetch(`${base}/v4/experiments/a000/events?format=json&since=0`, { headers })
    ).json()) as {
      events: { id: number; kind: string }[];
    };
    const told = events.filter(({ kind }) => kind !== "status-counts").map(({ id }) => id);
    const shown = await shownEvents(page);
    // From the first one that is shown on: each once, in order.
    expect(shown).toEqual(told.filter((id) => id >= (shown[0] ?? 0) && id <= (shown.at(-1) ?? 0)));
    expect(await state.textContent()).toBe("Following a000.");
    expect(complaints).toEqual([]);
  });

  test("has beside it the pages of the description, which keep to their policy and can be tried out", async () => {
    const root = mkdtempSync(join(tmpdir(), "docs-page-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const { configurationFile } = writeWorkspace({ root, experiments: [{ expid: "a000", progress: 0 }] });
    const site = { AUTOSUBMIT_CONFIGURATION: configurationFile, ...SECRETS, AS_API_RENDER_THREADS: "1" };
    const base = await addressOf(await startProgram(root, "apps/api", { ...site, PORT: "0" }));
    const { page, complaints } = await openPage(`${base}/docs`);
    await page.locator(".opblock-summary").first().click();
    await page.getByText("Execute", { exact: true }).first().click();
    await page.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
    expect(complaints).toEqual([]);
  });
});

test("the page loads nothing from elsewhere, and may not", async () => {
  const { app, close } = await scriptedApp();
  onTestFinished(close);
  const answer = await app.inject("/docs/live");
  expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(answer.body).not.toMatch(/https?:|<script>|style=|\son[a-z]+=/);
  expect((await app.inject("/docs/live/")).headers.location).toBe("../live");
  expect((await app.inject("/docs/live/page.css")).headers["content-type"]).toContain("text/css");
});
