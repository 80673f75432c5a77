/** Joins hand-written pieces of a pickle: text stands for its latin1 bytes, numbers for single bytes. */
export function bytes(...pieces: readonly (string | number | Uint8Array)[]): Buffer {
  return Buffer.concat(
    pieces.map((piece) => {
      if (typeof piece === "number") return Buffer.from([piece]);
      return typeof piece === "string" ? Buffer.from(piece, "latin1") : Buffer.from(piece);
    }),
  );
}

/** SHORT_BINUNICODE. */
export function text(value: string): Buffer {
  const content = Buffer.from(value, "utf8");
  return bytes(0x8c, content.length, content);
}

/** STACK_GLOBAL with its two names. */
export function stackGlobal(module: string, name: string): Buffer {
  return bytes(text(module), text(name), 0x93);
}

export function uint32(value: number): Buffer {
  const encoded = Buffer.alloc(4);
  encoded.writeUInt32LE(value);
  return encoded;
}

export function uint64(value: bigint): Buffer {
  const encoded = Buffer.alloc(8);
  encoded.writeBigUInt64LE(value);
  return encoded;
}
