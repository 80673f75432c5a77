import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type ContentCoding, codingFor, compress, recode } from "../../src/render/compress.js";

const SMALL = bytesOf(100);
const LARGE = bytesOf(40_000);

function bytesOf(jobs: number): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify(Array.from({ length: jobs }, (_, id) => ({ id, name: `a000_${id}` }))),
  );
}

const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync, identity: (bytes: Uint8Array) => bytes };

describe("packing", () => {
  test.each(["br", "gzip"] as const)("with %s is undone by its unpacking, whatever the size", (coding) => {
    for (const bytes of [SMALL, LARGE]) {
      const packed = compress(bytes, coding);
      expect(Buffer.compare(UNPACK[coding](packed), bytes)).toBe(0);
      expect(packed.byteLength).toBeLessThan(bytes.byteLength / 4);
    }
  });

  test("gives bytes that can be handed over", () => {
    for (const bytes of [SMALL, LARGE]) {
      const packed = compress(bytes, "br");
      expect(packed.buffer.byteLength).toBe(packed.byteLength);
    }
  });

  test("is left out where it saves no packet", () => {
    expect([codingFor("br", 500), codingFor("br", 5_000)]).toEqual(["identity", "br"]);
  });
});

describe("another coding", () => {
  const codings: ContentCoding[] = ["identity", "br", "gzip"];
  const pairs = codings.flatMap((from) => codings.map((to) => [from, to] as const));

  test.each(pairs)("%s as %s is the same content", async (from, to) => {
    const recoded = await recode(compress(SMALL, from), from, to);
    expect(Buffer.compare(UNPACK[to](recoded), SMALL)).toBe(0);
  });
});
