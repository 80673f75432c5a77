import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Command, CommandHost, ProcessHandle } from "../../src/runners/command-host.js";
import { SshError, type SshFailure } from "../../src/runners/ssh-error.js";
import { openSshHost } from "../../src/runners/ssh-host.js";
import {
  freePort,
  makeKeyPair,
  makeKeyPairWithPassphrase,
  SSH_SERVERS,
  type SshTestServer,
} from "../support/ssh-server.js";

const LIMITS = { timeoutMs: 20_000, outputBytes: 1_000_000 };
const command = (...argv: [string, ...string[]]): Command => ({ argv, stdin: null });
const sh = (script: string) => command("sh", "-c", script);
let runs = 0;
const runId = () => `test-run-${process.pid}-${++runs}`;

describe.each(SSH_SERVERS)("over $name", ({ start }) => {
  const userKey = makeKeyPair();
  const strangerKey = makeKeyPair();
  const ed25519 = makeKeyPair();
  const rsa = makeKeyPair("rsa");
  let folder: string;
  let state: string;
  let server: SshTestServer;
  const hosts: CommandHost[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ssh-host-"));
    state = join(folder, "state with blanks");
    mkdirSync(join(folder, ".ssh"));
    // What start files of login shells print is never part of an answer.
    writeFileSync(join(folder, ".bashrc"), "echo welcome; echo to >&2; printf machine\n");
    writeKey("key", userKey.private);
    writeKey("stranger", strangerKey.private);
    writeKey("encrypted", makeKeyPairWithPassphrase("secret").private);
    server = await start({
      folder,
      authorized: [userKey],
      hostKeys: [rsa, ed25519],
      // A home of its own: what a user's start files do costs more than the commands here.
      environment: { XDG_STATE_HOME: state, HOME: folder },
    });
  });
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.close()));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function writeKey(name: string, text: string, mode = 0o600): string {
    writeFileSync(join(folder, name), `${text}\n`);
    chmodSync(join(folder, name), mode);
    return join(folder, name);
  }

  const known = (keys: readonly string[], names = `[127.0.0.1]:${server.port}`) =>
    keys.map((key) => `${names} ${key}\n`).join("");

  interface Access {
    knownHosts?: string | null;
    trustNewHosts?: boolean;
    keys?: string[];
    agentSocket?: string | null;
    port?: number;
    connectTimeoutMs?: number;
    username?: string;
    channels?: number;
  }

  function openHost(access: Access = {}): CommandHost {
    const knownHosts = join(folder, "known_hosts");
    if (access.knownHosts === null) rmSync(knownHosts, { force: true });
    else writeFileSync(knownHosts, access.knownHosts ?? known(server.hostKeys));
    const host = openSshHost(
      { host: "127.0.0.1", port: access.port ?? server.port, username: access.username ?? server.username },
      {
        settings: {
          knownHostsFiles: [knownHosts, join(folder, "absent")],
          trustNewHosts: access.trustNewHosts ?? false,
          keyFiles: (access.keys ?? ["key"]).map((name) => join(folder, name)),
          agentSocket: access.agentSocket ?? null,
          connectTimeoutMs: access.connectTimeoutMs ?? 10_000,
        },
        home: folder,
        pool: { connections: 2, channels: access.channels ?? 8, waiting: 100, idleMs: 60_000 },
      },
    );
    hosts.push(host);
    return host;
  }

  const run = (host: CommandHost, what: Command, limits = LIMITS) => host.run(what, limits);

  async function failure(host: CommandHost): Promise<SshError> {
    const error = await run(host, command("true")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SshError);
    return error as SshError;
  }

  const expectFailure = async (host: CommandHost, reason: SshFailure) =>
    expect((await failure(host)).reason).toBe(reason);

  describe("host keys", () => {
    test("a machine that is known is signed in to, whichever of its keys is known", async () => {
      for (const key of server.hostKeys)
        expect(await run(openHost({ knownHosts: known([key]) }), command("true"))).toMatchObject({ exitCode: 0 });
    });

    test("a machine that is not known is refused, and its key is not written down", async () => {
      await expectFailure(openHost({ knownHosts: "" }), "HOST_KEY_UNKNOWN");
      expect(readFileSync(join(folder, "known_hosts"), "utf8")).toBe("");
    });

    test("another key than the known one is refused, even where new machines are trusted", async () => {
      const knownHosts = known([strangerKey.public]);
      await expectFailure(openHost({ knownHosts, trustNewHosts: true }), "HOST_KEY_CHANGED");
      expect(readFileSync(join(folder, "known_hosts"), "utf8")).toBe(knownHosts);
    });

    test("a revoked key is refused", async () => {
      const revoked = server.hostKeys.map((key) => `@revoked * ${key}\n`).join("");
      await expectFailure(
        openHost({ knownHosts: known(server.hostKeys) + revoked, trustNewHosts: true }),
        "HOST_KEY_REVOKED",
      );
    });

    test("a certificate authority does not make a machine known", async () => {
      const authority = server.hostKeys.map((key) => `@cert-authority * ${key}\n`).join("");
      const error = await failure(openHost({ knownHosts: authority, trustNewHosts: true }));
      expect([error.reason, error.message]).toEqual(["HOST_KEY_UNKNOWN", expect.stringContaining("@cert-authority")]);
    });

    test("a new machine is trusted once where that is configured, and its key is written down", async () => {
      const host = openHost({ knownHosts: `other ${strangerKey.public}`, trustNewHosts: true });
      await Promise.all([run(host, command("true")), run(host, command("true"))]);
      const written = readFileSync(join(folder, "known_hosts"), "utf8");
      expect(written).toMatch(new RegExp(`^other [^\\n]+\\n\\[127\\.0\\.0\\.1\\]:${server.port} \\S+ \\S+\\n$`));
      expect(await run(openHost({ knownHosts: written }), command("true"))).toMatchObject({ exitCode: 0 });
    });

    test("files that are there and cannot be read are not passed over", async () => {
      const host = openHost();
      rmSync(join(folder, "known_hosts"));
      mkdirSync(join(folder, "known_hosts"));
      await expectFailure(host, "HOST_KEY_FILES");
      rmSync(join(folder, "known_hosts"), { recursive: true });
    });
  });

  describe("signing in", () => {
    test("a wrong key is refused; the message names the account, the notes the keys", async () => {
      const error = await failure(openHost({ keys: ["stranger"] }));
      expect([error.reason, error.message]).toEqual([
        "AUTHENTICATION",
        `127.0.0.1 does not let this API sign in as ${server.username}`,
      ]);
      expect(error.notes).toEqual([join(folder, "stranger")]);
    });

    test("keys are tried one after the other", async () => {
      expect(await run(openHost({ keys: ["stranger", "key"] }), command("true"))).toMatchObject({ exitCode: 0 });
    });

    test("without an own list, OpenSSH's names are tried", async () => {
      writeFileSync(join(folder, ".ssh/id_ed25519"), userKey.private, { mode: 0o600 });
      expect(await run(openHost({ keys: [] }), command("true"))).toMatchObject({ exitCode: 0 });
      rmSync(join(folder, ".ssh/id_ed25519"));
      await expectFailure(openHost({ keys: [] }), "AUTHENTICATION");
    });

    test("keys that cannot be used are left out, and the notes say why", async () => {
      writeKey("open", userKey.private, 0o644);
      writeKey("public", userKey.public);
      const error = await failure(openHost({ keys: ["encrypted", "open", "public", "none"] }));
      expect([error.reason, error.message]).toEqual(["AUTHENTICATION", "There is no key to sign in with"]);
      expect(error.notes.map((note) => note.replace(`${folder}/`, ""))).toEqual([
        "encrypted has a passphrase, and was left out",
        "open can be read by others (chmod 600), and was left out",
        "public is a public key",
        "none is missing",
      ]);
    });

    test("an agent that is not there does not keep the keys from being tried", async () => {
      const agentSocket = join(folder, "no-agent");
      expect(await run(openHost({ agentSocket }), command("true"))).toMatchObject({ exitCode: 0 });
      const error = await failure(openHost({ agentSocket, keys: ["stranger"] }));
      expect(error.notes).toContain("the agent does not answer");
    });

    test.skipIf(!existsSync("/usr/bin/ssh-agent"))("an agent's key is used", async () => {
      const agentSocket = join(folder, "agent");
      const agent = spawn("ssh-agent", ["-D", "-a", agentSocket], { stdio: "ignore" });
      try {
        while (!existsSync(agentSocket)) await wait(20);
        const adding = spawn("ssh-add", ["-q", join(folder, "key")], {
          env: { PATH: process.env.PATH, SSH_AUTH_SOCK: agentSocket },
          stdio: "ignore",
        });
        await new Promise((resolve) => adding.once("exit", resolve));
        expect(await run(openHost({ agentSocket, keys: ["stranger"] }), command("true"))).toMatchObject({
          exitCode: 0,
        });
      } finally {
        agent.kill();
      }
    });
  });

  describe("machines that do not answer", () => {
    test("a port where nobody listens", async () => {
      await expectFailure(openHost({ port: await freePort() }), "UNREACHABLE");
    });

    test("a port where somebody accepts and says nothing", async () => {
      const silent = createServer();
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      const { port } = silent.address() as { port: number };
      const before = performance.now();
      await expectFailure(openHost({ port, connectTimeoutMs: 300 }), "CONNECT_TIMEOUT");
      expect(performance.now() - before).toBeLessThan(2_000);
      const slow = await run(openHost({ port }), command("true"), { ...LIMITS, timeoutMs: 200 }).catch(
        (error) => error,
      );
      expect(slow).toMatchObject({ code: "UNREACHABLE", reason: "CONNECT_TIMEOUT" });
      silent.close();
    });

    test("a port where something else answers", async () => {
      const other = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
      await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
      const { port } = other.address() as { port: number };
      await expectFailure(openHost({ port }), "HANDSHAKE");
      other.close();
    });

    test("a name that no machine has", async () => {
      const host = openSshHost(
        { host: "no-such-machine.invalid", port: 22, username: "x" },
        {
          settings: {
            knownHostsFiles: [],
            trustNewHosts: false,
            keyFiles: [join(folder, "key")],
            agentSocket: null,
            connectTimeoutMs: 10_000,
          },
        },
      );
      expect(["HOST_NOT_FOUND", "UNREACHABLE"]).toContain((await failure(host)).reason);
    });
  });

  describe("commands", () => {
    test("give back status, output and error", async () => {
      expect(await run(openHost(), sh("echo out; echo err >&2; exit 3"))).toEqual({
        exitCode: 3,
        signal: null,
        stdout: "out\n",
        stderr: "err\n",
        truncated: false,
        timedOut: false,
      });
    });

    test("read nothing, or what they are given, whatever it holds", async () => {
      const host = openHost();
      expect((await run(host, command("cat"))).stdout).toBe("");
      const stdin = "y\n$(touch x) 'a' \\ %s\nno end";
      expect(await run(host, { argv: ["cat"], stdin })).toMatchObject({ stdout: stdin, exitCode: 0 });
      expect(await run(host, { argv: ["sh", "-c", "exit 4"], stdin: "y\n" })).toMatchObject({ exitCode: 4 });
    });

    test("that a signal ends say so", async () => {
      expect(await run(openHost(), sh("kill -TERM $$"))).toMatchObject({ exitCode: null, signal: "SIGTERM" });
    });

    test("that are not there are told apart from those that fail", async () => {
      const missing = { code: "PROGRAM_MISSING" };
      await expect(run(openHost(), command("no-such-program"))).rejects.toMatchObject(missing);
      await expect(run(openHost(), command("/tmp"))).rejects.toMatchObject(missing);
      await expect(run(openHost(), command(join(folder, "key")))).rejects.toMatchObject(missing);
      expect(await run(openHost(), sh("exit 127"))).toMatchObject({ exitCode: 127 });
    });

    test("that print megabytes are read to their end, and the beginning is kept", async () => {
      const result = await run(openHost(), sh("head -c 20000000 /dev/zero | tr '\\0' a; echo; echo end >&2"), {
        ...LIMITS,
        outputBytes: 1_000,
      });
      expect(result).toMatchObject({ exitCode: 0, stdout: "a".repeat(1_000), stderr: "end\n", truncated: true });
    });

    test("that take too long are ended with everything they started, and what they printed is kept", async () => {
      const marker = join(folder, "went-on");
      const script = `echo before; (sleep 3; touch '${marker}') & sleep 30`;
      const before = performance.now();
      const result = await run(openHost(), sh(script), { ...LIMITS, timeoutMs: 1_000 });
      expect(result).toMatchObject({ exitCode: null, timedOut: true, stdout: "before\n" });
      expect(performance.now() - before).toBeLessThan(3_000);
      await wait(3_000);
      expect(existsSync(marker)).toBe(false);
    });

    test("are ended when nobody wants them any more", async () => {
      const pidFile = join(folder, "pid");
      const stop = new AbortController();
      const running = openHost().run(sh(`echo $$ >'${pidFile}'; sleep 30`), LIMITS, stop.signal);
      while (!existsSync(pidFile) || readFileSync(pidFile, "utf8") === "") await wait(20);
      stop.abort(new Error("gone"));
      await expect(running).rejects.toThrow("gone");
      await untilGone(Number(readFileSync(pidFile, "utf8")));
      await expect(openHost().run(command("true"), LIMITS, AbortSignal.abort())).rejects.toThrow(/abort/i);
    });

    test("that lose their connection fail; the next one gets a new connection", async () => {
      const host = openHost();
      const running = run(host, command("sleep", "5")).catch((error: unknown) => error);
      await wait(500);
      await server.cutConnections();
      expect(await running).toMatchObject({ reason: "CONNECTION_LOST", code: "UNREACHABLE" });
      expect(await run(host, command("true"))).toMatchObject({ exitCode: 0 });
    });

    test("share connections, and wait for their turn", async () => {
      const host = openHost({ channels: 2 });
      const results = await Promise.all(
        Array.from({ length: 12 }, (_, index) => run(host, command("echo", String(index)))),
      );
      expect(results.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 12 }, (_, index) => `${index}\n`));
    });

    test("too long ones, and words that are none, are refused", async () => {
      const host = openHost();
      await expect(run(host, command("echo", "x".repeat(131_072)))).rejects.toThrow(/longer than/);
      await expect(run(host, command("echo", ...Array.from({ length: 40 }, () => "x".repeat(60_000))))).rejects.toThrow(
        /longer than/,
      );
      await expect(run(host, command("-x"))).rejects.toThrow(/name of a program/);
      await expect(run(host, command(""))).rejects.toThrow(/name of a program/);
      await expect(run(host, command("echo", "a\0b"))).rejects.toThrow(/NUL/);
      expect((await run(host, command("echo", "x".repeat(120_000)))).stdout).toHaveLength(120_001);
    });
  });

  describe("runs", () => {
    const started: ProcessHandle[] = [];
    const begin = async (host: CommandHost, what: Command, id = runId()) => {
      const handle = await host.start(what, id);
      started.push(handle);
      return handle;
    };
    afterEach(async () => {
      const host = openHost();
      await Promise.all(started.splice(0).map((handle) => host.signal(handle, "SIGKILL")));
    });

    async function untilEnded(host: CommandHost, handle: ProcessHandle) {
      for (let attempt = 0; attempt < 200; attempt++) {
        const found = await host.inspect(handle);
        if (!found.running) return found.exitCode;
        await wait(50);
      }
      throw new Error("still running");
    }

    test("tell how they ended and what they printed", async () => {
      const host = openHost();
      const handle = await begin(host, sh("echo out; echo err >&2; exit 7"));
      expect(handle).toMatchObject({
        pid: expect.any(Number),
        outputPath: join(state, "autosubmit-api/runs", handle.runId, "output"),
      });
      expect(await untilEnded(host, handle)).toBe(7);
      expect(await host.readOutput(handle, 1_000)).toEqual({ text: "out\nerr\n", truncated: false });
    });

    test("outlive their connection and the API that started them", async () => {
      const first = openHost();
      const handle = await begin(first, sh("sleep 2; echo after; exit 5"));
      await first.close();
      await server.cutConnections();
      const second = openHost();
      expect(await second.inspect(handle)).toEqual({ running: true });
      expect(await untilEnded(second, handle)).toBe(5);
      expect((await second.readOutput(handle, 1_000)).text).toBe("after\n");
    });

    test("show what they print while they run", async () => {
      const host = openHost();
      const handle = await begin(host, sh("echo first; sleep 20"));
      for (let attempt = 0; attempt < 50 && (await host.readOutput(handle, 100)).text === ""; attempt++) await wait(20);
      expect((await host.readOutput(handle, 100)).text).toBe("first\n");
    });

    test.each([
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGKILL", 137],
    ] as const)("%s ends them with everything they started", async (name, status) => {
      const host = openHost();
      const pidFile = join(folder, `child-${name}`);
      // A shell's jobs in the background start with SIGINT ignored: that is the shell's, not ours.
      const seconds = name === "SIGINT" ? 1 : 60;
      const handle = await begin(host, sh(`sleep ${seconds} & echo $! >'${pidFile}'; exec sleep 60`));
      while (!existsSync(pidFile) || readFileSync(pidFile, "utf8") === "") await wait(20);
      await host.signal(handle, name);
      expect(await untilEnded(host, handle)).toBe(status);
      if (name !== "SIGINT") await untilGone(Number(readFileSync(pidFile, "utf8")));
    });

    test("may handle a signal, and then tell their own status", async () => {
      const host = openHost();
      const handle = await begin(host, sh("trap 'echo stopping; exit 9' INT; echo ready; while :; do sleep 0.1; done"));
      while ((await host.readOutput(handle, 100)).text === "") await wait(20);
      await host.signal(handle, "SIGINT");
      expect(await untilEnded(host, handle)).toBe(9);
      expect((await host.readOutput(handle, 100)).text).toBe("ready\nstopping\n");
    });

    test("another process of the same number is not theirs: not running, and not signalled", async () => {
      const host = openHost();
      const handle = await begin(host, sh("sleep 60"));
      const [, machine, boot] = handle.startedAt.split(" ");
      const earlier = { ...handle, runId: runId(), startedAt: `linux ${machine} ${boot} 1` };
      expect(await host.inspect(earlier)).toEqual({ running: false, exitCode: null });
      await host.signal(earlier, "SIGKILL");
      expect(await host.inspect(handle)).toEqual({ running: true });
    });

    test("of another boot have ended, unseen; of another machine nothing can be said", async () => {
      const host = openHost();
      const handle = await begin(host, sh("sleep 60"));
      const [, machine, , ticks] = handle.startedAt.split(" ");
      const beforeBoot = {
        ...handle,
        runId: runId(),
        startedAt: `linux ${machine} 00000000-0000-0000-0000-000000000000 ${ticks}`,
      };
      expect(await host.inspect(beforeBoot)).toEqual({ running: false, exitCode: null });
      const elsewhere = { ...handle, startedAt: handle.startedAt.replace(machine ?? "", "login2") };
      await expect(host.inspect(elsewhere)).rejects.toMatchObject({ reason: "OTHER_MACHINE" });
      await expect(host.signal(elsewhere, "SIGKILL")).rejects.toMatchObject({ reason: "OTHER_MACHINE" });
      expect(await host.inspect(handle)).toEqual({ running: true });
    });

    test("of one name start once", async () => {
      const host = openHost();
      const handle = await begin(host, sh("sleep 60"));
      await expect(host.start(sh("sleep 60"), handle.runId)).rejects.toThrow(/started before/);
    });

    test("are found by their name; one that is not found never starts", async () => {
      const host = openHost();
      const handle = await begin(host, sh("sleep 60"));
      expect(await host.find(handle.runId)).toEqual(handle);
      const id = runId();
      expect(await host.find(id)).toBeNull();
      expect(await host.find(id)).toBeNull();
      await expect(host.start(sh("sleep 60"), id)).rejects.toThrow(/revoked/);
    });

    test("read what they are given", async () => {
      const host = openHost();
      const handle = await begin(host, { argv: ["cat"], stdin: "y\n'$(x)'" });
      expect(await untilEnded(host, handle)).toBe(0);
      expect((await host.readOutput(handle, 100)).text).toBe("y\n'$(x)'");
    });

    test("of a program that is not there do not start", async () => {
      await expect(openHost().start(command("no-such-program"), runId())).rejects.toMatchObject({
        code: "PROGRAM_MISSING",
      });
    });

    test("keep the end of what they print, within bounds, and go on", async () => {
      const host = openHost();
      const handle = await begin(host, sh("head -c 40000000 /dev/zero | tr '\\0' a; printf 'é%.0s' 1 2 3"));
      expect(await untilEnded(host, handle)).toBe(0);
      await wait(200);
      expect(await host.readOutput(handle, 5)).toEqual({ text: "éé", truncated: true });
      expect((await host.readOutput(handle, 3_000_000)).text).toHaveLength(2_999_997);
      const folderOfRun = join(state, "autosubmit-api/runs", handle.runId);
      const kept = ["output", "output.1", "output.2"].filter((name) => existsSync(join(folderOfRun, name)));
      const bytes = kept.reduce((sum, name) => sum + readFileSync(join(folderOfRun, name)).length, 0);
      expect(bytes).toBeLessThanOrEqual(3 * 4 * 1024 * 1024);
    });

    test("only their owner can read what is kept of them", async () => {
      const handle = await begin(openHost(), sh("umask; sleep 60"));
      const result = await run(
        openHost(),
        command("stat", "-c", "%a", join(state, "autosubmit-api/runs", handle.runId)),
      );
      expect(result.stdout).toBe("700\n");
    });

    test("what nothing is left of is empty", async () => {
      const handle = { runId: runId(), pid: 99_999_999, startedAt: "linux x y 1", outputPath: null };
      expect(await openHost().readOutput(handle, 100)).toEqual({ text: "", truncated: false });
    });

    test.each(["", "../../x", "a b", "short", "$(touch x)"])("no name of a run: %j", async (id) => {
      const host = openHost();
      const handle = { runId: id, pid: 123, startedAt: "linux x y 1", outputPath: null };
      await expect(host.start(command("true"), id)).rejects.toThrow(/name of a run/);
      await expect(host.find(id)).rejects.toThrow(/name of a run/);
      await expect(host.inspect(handle)).rejects.toThrow(/name of a run/);
      await expect(host.readOutput(handle, 10)).rejects.toThrow(/name of a run/);
    });
  });
});

/** A signal is on its way for a moment. */
async function untilGone(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 40 && isThere(pid); attempt++) await wait(25);
  expect(isThere(pid)).toBe(false);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
