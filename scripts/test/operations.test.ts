import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../..");
const systemd = join(repository, "deploy/systemd");
const units = ["autosubmit-api.service", "autosubmit-workers.service"];

const canAnalyse = spawnSync("systemd-analyze", ["--version"]).status === 0 && existsSync("/usr/bin/node");

describe.skipIf(!canAnalyse).each(units)("%s", (unit) => {
  test("is a unit that systemd has no complaints about", () => {
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", unit], {
      cwd: systemd,
      encoding: "utf8",
    });
    // Of other units on this machine it may have some.
    expect(stderr.split("\n").filter((line) => line.includes(unit))).toEqual([]);
    expect(status).toBe(0);
  });

  test("is exposed by less than 3 of 10", () => {
    const args = ["security", "--offline=true", "--no-pager", "--threshold=30", unit];
    const { status, stdout } = spawnSync("systemd-analyze", args, { cwd: systemd, encoding: "utf8" });
    expect(/exposure level for \S+: (\S+)/.exec(stdout)?.[1]).toMatch(/^[0-2]\.\d$/);
    expect(status).toBe(0);
  });
});

describe.skipIf(!canAnalyse)("the drop-in for runners", () => {
  test("fits the unit of the API, and leaves it exposed by less than 3 of 10", () => {
    const folder = mkdtempSync(join(tmpdir(), "drop-in-"));
    try {
      const unit = join(folder, "autosubmit-api.service");
      mkdirSync(`${unit}.d`);
      cpSync(join(systemd, "autosubmit-api.service"), unit);
      cpSync(join(systemd, "runners.conf"), `${unit}.d/runners.conf`);
      const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", unit], { encoding: "utf8" });
      expect(stderr.split("\n").filter((line) => line.includes(folder))).toEqual([]);
      const args = ["security", "--offline=true", "--no-pager", "--threshold=30", unit];
      expect(spawnSync("systemd-analyze", args).status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** The shell commands of docs/operations.md that are marked as executed, block by block. */
function executedBlocks(): string[] {
  const text = readFileSync(join(repository, "docs/operations.md"), "utf8");
  return [...text.matchAll(/^( *)\*executed\*\n\n *```sh\n([\s\S]*?)^ *```$/gm)].map(([, indent = "", block = ""]) =>
    block.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );
}

describe("an installation by the book", { timeout: 180_000 }, () => {
  let root: string;
  let port: number;
  let api: ChildProcess | null = null;
  const [install = "", prepare = "", look = ""] = executedBlocks();

  /** The commands with folders of the test in place of those of the system. */
  function execute(block: string): string {
    const commands = block
      .replaceAll("/tmp/bundles", join(root, "bundles"))
      .replaceAll(/(?<=[\s"])\/(opt|etc)\//g, `${root}/$1/`)
      .replaceAll("--directory /opt", `--directory ${root}/opt`)
      // Users and groups are the machine's.
      .replaceAll("--owner root --group autosubmit ", "")
      .replaceAll("127.0.0.1:8081", `127.0.0.1:${port}`);
    const env = { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: root };
    return execFileSync("bash", ["--norc", "-euo", "pipefail", "-c", commands], { cwd: root, env, encoding: "utf8" });
  }

  /** What systemd gives the processes. */
  function unitEnvironment(): Record<string, string> {
    const output = execute("set -a; . /etc/autosubmit-api.env; set +a; env -0");
    const lines = output.split("\0").filter(Boolean);
    return Object.fromEntries(lines.map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]));
  }

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "operations-"));
    for (const folder of ["bundles", "opt", "etc/systemd/system"]) mkdirSync(join(root, folder), { recursive: true });
    execFileSync(process.execPath, [join(repository, "scripts/bundle.mjs"), join(root, "bundles")], {
      stdio: "ignore",
    });
    const fixtures = join(repository, "fixtures/bin/autosubmit-fixtures.js");
    execFileSync(process.execPath, [fixtures, "write", "--root", join(root, "site"), "--preset", "demo"], {
      stdio: "ignore",
    });
    port = await freePort();
  }, 180_000);
  afterAll(async () => {
    if (api !== null && api.exitCode === null) {
      api.kill("SIGKILL");
      await once(api, "exit");
    }
    rmSync(root, { recursive: true, force: true });
  });

  test("installs bundles, which need nothing of this repository", () => {
    execute(install);
    expect(readdirSync(join(root, "etc/systemd/system")).sort()).toEqual(units);
    expect(existsSync(join(root, "opt/autosubmit-workers/node_modules"))).toBe(true);
    const file = join(root, "etc/autosubmit-api.env");
    const settings: Record<string, string> = {
      AUTOSUBMIT_CONFIGURATION: join(root, "site/.autosubmitrc"),
      PORT: String(port),
      PROTECTION_LEVEL: "NONE",
      SECRET_KEY: "a key that is long enough for everybody",
      TZ: "UTC",
    };
    const lines = readFileSync(file, "utf8").split("\n");
    const set = lines.map((line) => {
      const name = line.split("=")[0] ?? "";
      return name in settings ? `${name}='${settings[name]}'` : line;
    });
    writeFileSync(file, set.join("\n"));
  });

  test("prepares the site and finds nothing wrong", () => {
    const output = execute(prepare);
    expect(output).toContain("These settings can be started with.");
    expect(output).toContain(" 0 problems");
    expect(output).toContain("TASK_STTSUPDTR");
  });

  test("starts as the unit has it, and answers", async () => {
    const unit = readFileSync(join(root, "etc/systemd/system/autosubmit-api.service"), "utf8");
    const command = /^ExecStart=\/usr\/bin\/node \/opt\/(\S+) (.*)$/m.exec(unit);
    const [, program = "", args = ""] = command ?? [];
    const env = unitEnvironment();
    api = spawn(process.execPath, [join(root, "opt", program), ...args.split(" ")], { cwd: "/", env, stdio: "ignore" });
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/health/live`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(answers, { timeout: 60_000, interval: 100 }).toBe(true);
    expect(execute(look)).toContain('"status":"ready"');
    const list = await fetch(`http://127.0.0.1:${port}/v4/experiments`);
    expect(list.status).toBe(200);
  });

  test("runs the workers of their bundle", () => {
    const workers = join(root, "opt/autosubmit-workers/bin/autosubmit-workers.js");
    const env = unitEnvironment();
    const { status, stderr } = spawnSync(process.execPath, [workers, "--once", "update-experiment-status"], {
      cwd: "/",
      env,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
