import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { findServiceManager } from "../src/service-manager.js";

/** What systemd does with its socket; Node has no datagram sockets of the local kind. */
const RECEIVER = `
import socket, sys
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(sys.argv[1])
print("bound", flush=True)
while True:
    message = server.recv(4096).decode()
    if not message.startswith("BARRIER"): print(message.strip(), flush=True)
`;

const isPresent = (program: string, argument: string) => spawnSync(program, [argument]).status === 0;
const canRun = isPresent("systemd-notify", "--version") && isPresent("python3", "--version");
const PATH = process.env.PATH ?? "";

describe.skipIf(!canRun)("systemd", () => {
  test("is told when requests are answered, that the process lives, and when it stops", async () => {
    const folder = mkdtempSync(join(tmpdir(), "api-notify-"));
    const socket = join(folder, "notify");
    const receiver = spawn("python3", ["-c", RECEIVER, socket], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => {
      receiver.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    });
    let received = "";
    receiver.stdout.on("data", (chunk) => {
      received += String(chunk);
    });
    await once(receiver.stdout, "data");

    const logger = pino({ level: "silent" });
    const manager = findServiceManager({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: "300000", PATH }, logger);
    manager.ready();
    await expect.poll(() => received, { timeout: 10_000 }).toMatch(/READY=1\s+WATCHDOG=1\s+WATCHDOG=1/);
    manager.stopping();
    await expect.poll(() => received, { timeout: 10_000 }).toContain("STOPPING=1");
  });
});

describe("a service manager", () => {
  test("is nobody where none started the process", () => {
    const manager = findServiceManager({ WATCHDOG_USEC: "1000", PATH }, pino({ level: "silent" }));
    expect(() => {
      manager.ready();
      manager.stopping();
    }).not.toThrow();
  });

  test("that cannot be reached is logged once and stops nothing", async () => {
    const lines: string[] = [];
    const logger = pino({ level: "info" }, { write: (line) => void lines.push(line) });
    const manager = findServiceManager({ NOTIFY_SOCKET: "/nowhere", WATCHDOG_USEC: "60000", PATH: "/nowhere" }, logger);
    manager.ready();
    await expect.poll(() => lines.length).toBe(1);
    manager.stopping();
    expect(lines[0]).toContain("systemd cannot be told of this process");
  });
});
