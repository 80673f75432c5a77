import { createHash } from "node:crypto";
import type { ImportedValue } from "./sqlite-tables.js";

/** What rows came to: their number, and checksums of all values. */
export interface RowChecksum {
  rows: number;
  /** Hexadecimal; the same for the same rows in any order. */
  checksum: string;
  /** The same only for the same rows in the same order. */
  ordered: string;
}

const MODULUS = 2n ** 256n;

/** Adds up rows. Numbers count by their value, however they are stored. */
export function rowChecksum(): { add(row: readonly ImportedValue[]): void; end(): RowChecksum } {
  const ordered = createHash("sha256");
  let rows = 0;
  let sum = 0n;
  return {
    add(row) {
      const digest = digestOf(row);
      ordered.update(digest);
      sum = (sum + BigInt(`0x${digest.toString("hex")}`)) % MODULUS;
      rows += 1;
    },
    end: () => ({ rows, checksum: sum.toString(16).padStart(64, "0"), ordered: ordered.digest("hex") }),
  };
}

function digestOf(row: readonly ImportedValue[]): Buffer {
  const hash = createHash("sha256");
  for (const value of row) {
    if (value === null) hash.update("n;");
    else if (value instanceof Uint8Array) hash.update(`b${value.byteLength}:`).update(value);
    else if (typeof value === "string") hash.update(`t${value.length}:${value}`);
    else hash.update(`${Number(value)};`);
  }
  return hash.digest();
}
