import { createHmac, timingSafeEqual } from "node:crypto";
import { keyTypeOf } from "./ssh-public-keys.js";

/** One line of a `known_hosts` file that says something about keys. */
export interface KnownHost {
  marker: "cert-authority" | "revoked" | null;
  /** As written: names with wildcards and `!`, separated by commas, or one hashed name. */
  names: string;
  keyType: string;
  /** The key in its wire form. */
  key: Buffer;
}

/** What the files say of a key that a host presented. */
export type HostKeyVerdict =
  | "trusted"
  /** No line is about this host. */
  | "unknown"
  /** Lines are about this host, with other keys only. */
  | "changed"
  | "revoked"
  /** Only certificate authorities are known for the host; certificates of hosts are not supported. */
  | "certificate-only";

/** Lines as `ssh-keyscan` and OpenSSH write them; longer ones are no keys. */
const MAX_LINE_LENGTH = 32_768;

/** The lines of a `known_hosts` file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT); comments and lines that cannot be read are left out. */
export function parseKnownHosts(text: string): KnownHost[] {
  return text.split("\n").flatMap((line) => {
    const parsed = line.length > MAX_LINE_LENGTH ? null : parseLine(line.trim());
    return parsed === null ? [] : [parsed];
  });
}

function parseLine(line: string): KnownHost | null {
  const fields = line.split(/[ \t]+/);
  const first = fields[0] ?? "";
  if (first === "" || first.startsWith("#")) return null;
  const marker = first.startsWith("@") ? first.slice(1) : null;
  if (marker !== null && marker !== "revoked" && marker !== "cert-authority") return null;
  const [names, keyType, base64] = marker === null ? fields : fields.slice(1);
  if (names === undefined || keyType === undefined || base64 === undefined) return null;
  const key = Buffer.from(base64, "base64");
  // A line whose key is cut or of another type than it says is not what somebody meant to trust.
  return keyTypeOf(key) === keyType ? { marker, names, keyType, key } : null;
}

/** The name that a host has in the files: bare for port 22, `[host]:port` for others. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/**
 * Whether `key` may be believed to be the host's. A revoked key is refused wherever in the files that stands. As OpenSSH
 * does, a key that is known for the bare name is accepted on another port too when nothing is said about that port.
 */
export function judgeHostKey(
  lines: readonly KnownHost[],
  target: { host: string; port: number },
  key: Buffer,
): HostKeyVerdict {
  const bare = target.host.toLowerCase();
  const name = knownHostName(target.host, target.port);
  const about = lines.filter((line) => matchesName(line.names, name));
  const aboutBare = lines.filter((line) => matchesName(line.names, bare));
  const isKey = (line: KnownHost) => line.key.length === key.length && timingSafeEqual(line.key, key);
  if ([...about, ...aboutBare].some((line) => line.marker === "revoked" && isKey(line))) return "revoked";
  const keys = about.filter((line) => line.marker === null);
  if (keys.length > 0) return keys.some(isKey) ? "trusted" : "changed";
  if (aboutBare.some((line) => line.marker === null && isKey(line))) return "trusted";
  return about.some((line) => line.marker === "cert-authority") ? "certificate-only" : "unknown";
}

/** The types of the keys that are known for a host: what it should be asked to prove itself with. */
export function knownKeyTypes(lines: readonly KnownHost[], target: { host: string; port: number }): string[] {
  const names = [knownHostName(target.host, target.port), target.host.toLowerCase()];
  const types = names.flatMap((name) =>
    lines.filter((line) => line.marker === null && matchesName(line.names, name)).map((line) => line.keyType),
  );
  return [...new Set(types)];
}

/** The line that makes a key known. */
export function formatKnownHost(target: { host: string; port: number }, keyType: string, key: Buffer): string {
  return `${knownHostName(target.host, target.port)} ${keyType} ${key.toString("base64")}\n`;
}

function matchesName(names: string, name: string): boolean {
  if (names.startsWith("|")) return matchesHash(names, name);
  let found = false;
  for (const pattern of names.toLowerCase().split(",")) {
    if (pattern.startsWith("!")) {
      if (matchesPattern(pattern.slice(1), name)) return false;
    } else if (matchesPattern(pattern, name)) found = true;
  }
  return found;
}

/** `|1|salt|HMAC-SHA1 of the name`. */
function matchesHash(hashed: string, name: string): boolean {
  const [, version, salt = "", hash = ""] = hashed.split("|");
  if (version !== "1") return false;
  const expected = Buffer.from(hash, "base64");
  const actual = createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** `*` and `?` as in file names; linear in time, whatever the pattern. */
function matchesPattern(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n]) && pattern[p] !== "*") {
      p += 1;
      n += 1;
    } else if (pattern[p] === "*") {
      star = p;
      mark = n;
      p += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      n = mark;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(p));
}
