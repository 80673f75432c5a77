import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";

/** A site shows a handful of keys. */
const MAX_FILE_BYTES = 65_536;
const KEY_TYPE =
  /^(ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/;

/** One entry of `SSH_PUBLIC_KEYS` that shows no key, and why; the entry itself is not repeated: it may be a private key. */
export interface UnusableEntry {
  /** Position in the list, from 0. */
  index: number;
  reason: string;
}

/**
 * The public keys that users put into their `authorized_keys`: an entry is a line as in a `.pub` file or, which is ours, the
 * path of such a file (absolute, or below `~/`). Whatever is not a public key is left out and reported, so that a private
 * key that was configured by mistake is never shown.
 *
 * differs: the reference answers with the configured texts, whatever they are.
 */
export async function readPublicKeys(
  entries: readonly string[],
  home: string = homedir(),
): Promise<{ keys: string[]; unusable: UnusableEntry[] }> {
  const keys: string[] = [];
  const unusable: UnusableEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const text = await readEntry(entry.trim(), home);
    const lines = (text ?? "")
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"));
    if (text === null) unusable.push({ index, reason: "the file cannot be read" });
    else if (lines.length === 0 || !lines.every(isPublicKeyLine)) unusable.push({ index, reason: "not a public key" });
    else keys.push(...lines);
  }
  return { keys: [...new Set(keys)], unusable };
}

/** Whether `line` is a type, the key of that type in base64 and perhaps a comment: no options, no certificate, no private key. */
export function isPublicKeyLine(line: string): boolean {
  const [type = "", base64 = ""] = line.split(/[ \t]+/);
  if (!KEY_TYPE.test(type) || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || /[\p{Cc}]/u.test(line.replaceAll("\t", " ")))
    return false;
  const blob = Buffer.from(base64, "base64");
  return keyTypeOf(blob) === type && (type.startsWith("sk-") || isParsable(`${type} ${base64}`));
}

/** The type that the wire form of a public key starts with; null when it is too short to have one. */
export function keyTypeOf(blob: Buffer): string | null {
  if (blob.length < 4) return null;
  const length = blob.readUInt32BE(0);
  return length === 0 || length > 64 || blob.length < 4 + length ? null : blob.toString("latin1", 4, 4 + length);
}

function isParsable(text: string): boolean {
  return !(ssh2.utils.parseKey(text) instanceof Error);
}

async function readEntry(entry: string, home: string): Promise<string | null> {
  if (!entry.startsWith("/") && !entry.startsWith("~/")) return entry;
  const path = entry.startsWith("~/") ? join(home, entry.slice(2)) : entry;
  try {
    // Opening a pipe would wait for its writer.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      return !found.isFile() || found.size > MAX_FILE_BYTES ? null : await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
