import { createHash, randomBytes } from "node:crypto";

/** SHA-256 of the key that the reference implementation uses where none is set: it is published, and protects nothing. */
const PUBLISHED_KEY = "54cb6bdb20862b49d07825ef156ea2a789260dafa8c5f4a587e11e2f4b26c312";

/** Shorter keys could be guessed from one token, in bytes. */
const SHORTEST_KEY = 32;

/** A key that nobody else has, gone with the process: all logins end with it. */
export function newTokenKey(): string {
  return randomBytes(32).toString("base64url");
}

export function isPublishedKey(key: string): boolean {
  return createHash("sha256").update(key).digest("hex") === PUBLISHED_KEY;
}

export function isShortKey(key: string): boolean {
  return Buffer.byteLength(key) < SHORTEST_KEY;
}
