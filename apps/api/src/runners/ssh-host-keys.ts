import { createHash } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ServerHostKeyAlgorithm } from "ssh2";
import type { SshSettings, SshTarget } from "./configuration.js";
import {
  formatKnownHost,
  type HostKeyVerdict,
  judgeHostKey,
  type KnownHost,
  knownKeyTypes,
  parseKnownHosts,
} from "./known-hosts.js";
import { SshError } from "./ssh-error.js";
import { keyTypeOf } from "./ssh-public-keys.js";

/** Which signatures a key of that type can give; SHA-1 (`ssh-rsa`) and DSA are not accepted. */
const ALGORITHMS: readonly { keyType: string; signatures: readonly ServerHostKeyAlgorithm[] }[] = [
  { keyType: "ssh-ed25519", signatures: ["ssh-ed25519"] },
  { keyType: "ecdsa-sha2-nistp256", signatures: ["ecdsa-sha2-nistp256"] },
  { keyType: "ecdsa-sha2-nistp384", signatures: ["ecdsa-sha2-nistp384"] },
  { keyType: "ecdsa-sha2-nistp521", signatures: ["ecdsa-sha2-nistp521"] },
  { keyType: "ssh-rsa", signatures: ["rsa-sha2-512", "rsa-sha2-256"] },
];

/** Decides, for one connection, whether the machine is the one that is meant. */
export interface HostKeyCheck {
  /** What to ask the machine to prove itself with: what is known of it first, as it may have keys that we do not know. */
  algorithms: ServerHostKeyAlgorithm[];
  /** Whether the connection may go on. */
  accept(key: Buffer): boolean;
  /** Why it may not; null when it may. */
  failure(): SshError | null;
  /** Writes down a key that was accepted at the first meeting, once the machine has proved that it owns it. */
  record(): Promise<void>;
}

/** @throws SshError `HOST_KEY_FILES` when a file is there and cannot be read: it may say that a key is revoked */
export async function prepareHostKeyCheck(
  settings: Pick<SshSettings, "knownHostsFiles" | "trustNewHosts">,
  target: SshTarget,
): Promise<HostKeyCheck> {
  const lines = await readLines(settings.knownHostsFiles);
  let verdict: HostKeyVerdict = "unknown";
  let presented: Buffer | null = null;
  let isNew = false;
  return {
    algorithms: orderAlgorithms(knownKeyTypes(lines, target)),
    accept: (key) => {
      verdict = isNew && presented?.equals(key) ? "trusted" : judgeHostKey(lines, target, key);
      presented = key;
      isNew ||= verdict === "unknown" && settings.trustNewHosts;
      return verdict === "trusted" || isNew;
    },
    failure: () => (presented === null || verdict === "trusted" || isNew ? null : refusal(verdict, target, presented)),
    record: async () => {
      if (isNew && presented !== null) await recordKey(settings.knownHostsFiles, target, presented);
    },
  };
}

function orderAlgorithms(knownTypes: readonly string[]): ServerHostKeyAlgorithm[] {
  const rank = (keyType: string) => (knownTypes.includes(keyType) ? knownTypes.indexOf(keyType) : knownTypes.length);
  const ordered = [...ALGORITHMS].sort((a, b) => rank(a.keyType) - rank(b.keyType));
  return ordered.flatMap(({ signatures }) => signatures);
}

/** As `ssh-keygen -l` shows it. */
function fingerprint(key: Buffer): string {
  return `${keyTypeOf(key) ?? "unknown"} SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function refusal(verdict: HostKeyVerdict, { host, port }: SshTarget, key: Buffer): SshError {
  const notes = [`${host}:${port} presented ${fingerprint(key)}`];
  if (verdict === "revoked") return new SshError("HOST_KEY_REVOKED", `The host key of ${host} is revoked`, { notes });
  if (verdict === "changed")
    return new SshError(
      "HOST_KEY_CHANGED",
      `The host key of ${host} is not the one that is known: it may be another machine`,
      { notes },
    );
  const hint = verdict === "certificate-only" ? "; host certificates (@cert-authority) are not supported" : "";
  return new SshError(
    "HOST_KEY_UNKNOWN",
    `The host key of ${host} is not known; an administrator has to add it to known_hosts${hint}`,
    { notes },
  );
}

async function readLines(paths: readonly string[]): Promise<KnownHost[]> {
  const files = await Promise.all(paths.map(readIfPresent));
  return files.flatMap((text) => parseKnownHosts(text));
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return "";
    throw new SshError("HOST_KEY_FILES", "The keys of known hosts cannot be read", { cause: error, notes: [path] });
  }
}

/** One at a time: two first meetings must not make two keys known. */
let recording: Promise<void> = Promise.resolve();

async function recordKey(paths: readonly string[], target: SshTarget, key: Buffer): Promise<void> {
  const turn = recording.then(() => appendKey(paths, target, key));
  recording = turn.catch(() => undefined);
  await turn;
}

async function appendKey(paths: readonly string[], target: SshTarget, key: Buffer): Promise<void> {
  const verdict = judgeHostKey(await readLines(paths), target, key);
  if (verdict === "trusted") return;
  if (verdict !== "unknown") throw refusal(verdict, target, key);
  const [path] = paths;
  const keyType = keyTypeOf(key);
  if (path === undefined || keyType === null)
    throw new SshError("HOST_KEY_FILES", "There is no file that new host keys could be written to");
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, "a+", 0o600);
    try {
      const { size } = await file.stat();
      const last = size === 0 ? "\n" : (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString("latin1");
      // One write in append mode: whole or not at all, whoever else appends.
      await file.write(`${last === "\n" ? "" : "\n"}${formatKnownHost(target, keyType, key)}`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new SshError("HOST_KEY_FILES", "The new host key could not be written down", { cause: error, notes: [path] });
  }
}
