import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import ssh2, { type AnyAuthMethod, type ParsedKey } from "ssh2";
import type { SshSettings, SshTarget } from "./configuration.js";

/** The names that OpenSSH gives keys, in the order in which it tries them. */
const USUAL_NAMES = ["id_ed25519", "id_ecdsa", "id_rsa"];
const MAX_KEY_BYTES = 65_536;

/** How this API can show who it is. */
export interface Identities {
  methods: AnyAuthMethod[];
  /** What was tried and what was left out, and why. Names of files, never what is in them. */
  notes: string[];
}

/** The agent first, then the key files, as OpenSSH does. Keys with a passphrase are left out: nobody is there to enter it. */
export async function readIdentities(
  { agentSocket, keyFiles }: Pick<SshSettings, "agentSocket" | "keyFiles">,
  { username }: SshTarget,
  home: string,
): Promise<Identities> {
  const identities: Identities = { methods: [], notes: [] };
  if (agentSocket !== null) {
    identities.methods.push({ type: "agent", username, agent: agentSocket });
    identities.notes.push(`the agent at ${agentSocket}`);
  }
  const named = keyFiles.length > 0;
  for (const path of named ? keyFiles : USUAL_NAMES.map((name) => join(home, ".ssh", name))) {
    const read = await readKey(path);
    if (typeof read !== "string") identities.methods.push({ type: "publickey", username, key: read.key });
    // The usual names need not be there; what was named should be.
    if (read !== "is missing" || named) identities.notes.push(`${path}${typeof read === "string" ? ` ${read}` : ""}`);
  }
  return identities;
}

/** The key, or what is wrong with the file. */
async function readKey(path: string): Promise<{ key: ParsedKey } | string> {
  const text = await readSecretFile(path);
  if (typeof text === "string") return text;
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error)
    return /passphrase/i.test(key.message)
      ? "has a passphrase, and was left out"
      : "is not a private key that can be used";
  return key.isPrivateKey() ? { key } : "is a public key";
}

async function readSecretFile(path: string): Promise<Buffer | string> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size, mode, uid } = await file.stat();
      if (size > MAX_KEY_BYTES) return "is too large for a key";
      // As OpenSSH: a key that others on this machine can read is no secret any more.
      if ((mode & 0o077) !== 0 && uid === process.getuid?.())
        return "can be read by others (chmod 600), and was left out";
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "ENOENT" ? "is missing" : `cannot be read (${error.code})`;
  }
}
