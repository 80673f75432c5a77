import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "./client.js";
import type { BenchSite } from "./site.js";

const PROGRAM = fileURLToPath(new URL("../../../apps/api/bin/autosubmit-api.js", import.meta.url));
const LOOP_PROBE = new URL("loop-probe.mjs", import.meta.url).href;
const READY_WITHIN_MS = 60_000;

/** Delays of the event loop of the API's main thread. Milliseconds. */
export interface LoopDelays {
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** What a server serves. */
export type Served = Pick<BenchSite, "root" | "configurationFile">;

/** The built API as a process of its own. */
export interface ApiServer {
  port: number;
  client: Client;
  /** From the process's start to the first answer. */
  startedInMs: number;
  /** The most memory that was resident so far, threads included. */
  peakRssMb(): number;
  rssMb(): number;
  /** Since they were asked for the last time. */
  loopDelays(): Promise<LoopDelays>;
  /** Processor time that all of its threads took so far, in steps of 10 ms. */
  processorMs(): number;
  stop(): Promise<void>;
}

/** Starts the API on a site and waits for its first answer. `settings` are environment variables. */
export async function startApi(site: Served, settings: Readonly<Record<string, string>> = {}): Promise<ApiServer> {
  const port = await freePort();
  const startedAt = performance.now();
  const options = process.env.BENCH_NODE_OPTIONS?.split(" ") ?? [];
  const child = spawn(process.execPath, [...options, "--import", LOOP_PROBE, PROGRAM, "start"], {
    // Nothing of the caller's environment, and no .env file of the caller's folder.
    cwd: site.root,
    env: {
      ...{
        PATH: process.env.PATH,
        HOME: site.root,
        TZ: "UTC",
        LOG_LEVEL: "error",
        PROTECTION_LEVEL: "NONE",
        AS_API_RATE_LIMIT_READS: "0",
      },
      // All clients have one address.
      ...{ AS_API_RATE_LIMIT_READS: "0" },
      ...{ PORT: String(port), AUTOSUBMIT_CONFIGURATION: site.configurationFile, ...settings },
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const killWithUs = () => child.kill("SIGKILL");
  process.once("exit", killWithUs);
  const client = new Client(port);
  await waitForAnswer(child, client, startedAt + READY_WITHIN_MS);
  return {
    port,
    client,
    startedInMs: performance.now() - startedAt,
    peakRssMb: () => residentMb(child.pid ?? 0, "VmHWM"),
    rssMb: () => residentMb(child.pid ?? 0, "VmRSS"),
    loopDelays: async () => {
      const told = once(child, "message");
      child.send("loop");
      const [delays] = await told;
      return delays;
    },
    processorMs: () => processorMs(child.pid ?? 0),
    stop: async () => {
      client.close();
      process.off("exit", killWithUs);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function waitForAnswer(child: ChildProcess, client: Client, deadline: number): Promise<void> {
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the API ended with status ${child.exitCode}`);
    const answer = await client.get("/").catch(() => null);
    if (answer?.status === 200) return;
    await sleep(10);
  }
  child.kill("SIGKILL");
  throw new Error(`the API did not answer within ${READY_WITHIN_MS / 1000} s`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  // Listening on TCP, so that the address is no path.
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

function residentMb(pid: number, field: "VmHWM" | "VmRSS"): number {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(match?.[1]) / 1024;
}

const MS_PER_TICK = 10;

/** Processor time of a process, or of those that it started and that ended. The second field of proc(5)'s stat may hold anything. */
export function processorMs(pid: number, of: "itself" | "ended children" = "itself"): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const afterName = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const first = of === "itself" ? 11 : 13;
  return (Number(afterName[first]) + Number(afterName[first + 1])) * MS_PER_TICK;
}
