import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Server, utils } from "ssh2";

/** A machine to sign in to on loopback: Debian's `sshd`, or ssh2's own server where that is not installed. */
export interface SshTestServer {
  port: number;
  username: string;
  /** `type base64` of each of its host keys. */
  hostKeys: string[];
  /** Cuts every connection, as a network does; what was started goes on. */
  cutConnections(): Promise<void>;
  close(): Promise<void>;
}

export interface KeyPair {
  private: string;
  public: string;
}

/** What a server is started with. */
export interface SshServerOptions {
  /** For its files; removed by whoever made it. */
  folder: string;
  /** Public keys that may sign in. */
  authorized: readonly KeyPair[];
  hostKeys: readonly KeyPair[];
  /** Environment of sessions. */
  environment: Readonly<Record<string, string>>;
}

const SSHD = "/usr/sbin/sshd";

/** What tests sign in to: the real thing where it can be started, and both with `AS_API_TEST_SSH=all`. */
export const SSH_SERVERS: { name: string; start: (options: SshServerOptions) => Promise<SshTestServer> }[] = [
  ...(canRunSshd() ? [{ name: "a real sshd", start: startSshd }] : []),
  { name: "the server of ssh2, in process", start: startInProcessServer },
].slice(0, process.env.AS_API_TEST_SSH === "all" ? 2 : 1);

/** As root, sshd wants a folder that its service would make. */
function canRunSshd(): boolean {
  if (!existsSync(SSHD)) return false;
  if (process.getuid?.() !== 0 || existsSync("/run/sshd")) return true;
  try {
    mkdirSync("/run/sshd", { mode: 0o755 });
    return true;
  } catch {
    return false;
  }
}

/** One in 250 Ed25519 keys that ssh2 makes lacks its first byte and can be read by nobody: another is made then. */
function usable(make: () => KeyPair, passphrase?: string): KeyPair {
  const pair = make();
  const isUsable = ![utils.parseKey(pair.private, passphrase), utils.parseKey(pair.public)].some(
    (key) => key instanceof Error,
  );
  return isUsable ? pair : usable(make, passphrase);
}

export function makeKeyPair(type: "ed25519" | "ecdsa" | "rsa" = "ed25519", comment = ""): KeyPair {
  if (type === "ecdsa") return usable(() => utils.generateKeyPairSync("ecdsa", { bits: 256, comment }));
  if (type === "rsa") return usable(() => utils.generateKeyPairSync("rsa", { bits: 2048, comment }));
  return usable(() => utils.generateKeyPairSync("ed25519", { comment }));
}

export function makeKeyPairWithPassphrase(passphrase: string): KeyPair {
  return usable(
    () => utils.generateKeyPairSync("ed25519", { passphrase, cipher: "aes256-ctr", rounds: 1 }),
    passphrase,
  );
}

async function startSshd({ folder, authorized, hostKeys, environment }: SshServerOptions): Promise<SshTestServer> {
  const port = await freePort();
  const place = join(folder, `sshd-${port}`);
  mkdirSync(place);
  const keyFiles = hostKeys.map((key, index) => {
    const path = join(place, `host-key-${index}`);
    writeFileSync(path, `${key.private}\n`, { mode: 0o600 });
    return path;
  });
  writeFileSync(join(place, "authorized_keys"), authorized.map((key) => `${key.public}\n`).join(""));
  const variables = Object.entries(environment).map(([name, value]) => `"${name}=${value}"`);
  writeFileSync(
    join(place, "config"),
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      ...keyFiles.map((path) => `HostKey ${path}`),
      `AuthorizedKeysFile ${place}/authorized_keys`,
      "PidFile none",
      "StrictModes no",
      "UsePAM no",
      "PermitRootLogin prohibit-password",
      "PasswordAuthentication no",
      "KbdInteractiveAuthentication no",
      "MaxStartups 100",
      "LogLevel ERROR",
      ...(variables.length > 0 ? [`SetEnv ${variables.join(" ")}`] : []),
    ].join("\n"),
  );
  const sshd = spawn(SSHD, ["-D", "-e", "-f", join(place, "config")], { stdio: "ignore" });
  await untilListening(port, sshd);
  return {
    port,
    username: userInfo().username,
    hostKeys: hostKeys.map(publicPart),
    cutConnections: async () => {
      for (const pid of childrenOf(sshd)) killIfThere(pid);
      await wait(50);
    },
    close: async () => {
      for (const pid of childrenOf(sshd)) killIfThere(pid);
      sshd.kill();
      await new Promise((resolve) => (sshd.exitCode === null ? sshd.once("exit", resolve) : resolve(null)));
    },
  };
}

/** The processes that serve one connection each; what they started is not among them. */
function childrenOf({ pid }: ChildProcess): number[] {
  const rows = execFileSync("ps", ["-e", "-o", "pid=,ppid=,comm="], { encoding: "utf8" }).split("\n");
  const processes = rows.map((row) => row.trim().split(/\s+/));
  const own = (parent: string): string[] =>
    processes
      .filter(([, ppid, command]) => ppid === parent && command?.startsWith("sshd"))
      .flatMap(([child = ""]) => [child, ...own(child)]);
  return own(String(pid)).map(Number);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function untilListening(port: number, sshd: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (sshd.exitCode !== null) throw new Error(`sshd ended with ${sshd.exitCode}`);
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await wait(25);
  }
  throw new Error("sshd does not listen");
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function publicPart(key: KeyPair): string {
  return key.public.split(" ").slice(0, 2).join(" ");
}

/** Runs what it is asked to through `sh -c` as sshd does: in a session of its own, which outlives the connection. */
async function startInProcessServer({ authorized, hostKeys, environment }: SshServerOptions): Promise<SshTestServer> {
  const username = userInfo().username;
  const allowed = authorized.map((key) => Buffer.from(key.public.split(" ")[1] ?? "", "base64"));
  const clients = new Set<{ end(): void }>();
  const server = new Server({ hostKeys: hostKeys.map((key) => key.private) }, (client) => {
    clients.add(client);
    client.on("close", () => clients.delete(client));
    client.on("error", () => undefined);
    client.on("authentication", (context) => {
      if (context.method !== "publickey" || context.username !== username) return context.reject(["publickey"]);
      const { key, signature, blob } = context;
      const isAllowed = allowed.some((data) => data.equals(key.data));
      const parsed = isAllowed
        ? utils.parseKey(`${key.algo.replace(/^rsa-sha2-\d+$/, "ssh-rsa")} ${key.data.toString("base64")}`)
        : null;
      const isSigned = () =>
        signature !== undefined &&
        blob !== undefined &&
        parsed !== null &&
        !(parsed instanceof Error) &&
        parsed.verify(blob, signature, context.hashAlgo) === true;
      if (isAllowed && (signature === undefined || isSigned())) context.accept();
      else context.reject(["publickey"]);
    });
    client.on("session", (accept) => {
      accept().on("exec", (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        const child = spawn("sh", ["-c", command], {
          detached: true,
          env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
        });
        channel.pipe(child.stdin);
        child.stdin.on("error", () => undefined);
        child.stdout.pipe(channel, { end: false });
        child.stderr.pipe(channel.stderr, { end: false });
        child.on("close", (code, signal) => {
          if (code !== null) channel.exit(code);
          else channel.exit((signal ?? "SIGKILL").replace("SIG", ""));
          channel.end();
        });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const cut = () => {
    for (const client of clients) client.end();
  };
  return {
    port,
    username,
    hostKeys: hostKeys.map(publicPart),
    cutConnections: async () => {
      cut();
      await wait(50);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
