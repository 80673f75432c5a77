import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { AutosubmitReadError } from "../../src/errors.js";
import { mutate, randomNumbers } from "./mutate.js";
import { type FuzzTarget, fuzzTargets } from "./targets.js";

/** `npm run fuzz -- --minutes N` gives more, and another seed each time. */
const SECONDS_EACH = Number(process.env.FUZZ_SECONDS ?? 1);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);
/** Far above what any input takes, to allow for a busy machine. */
const SLOWEST_MS = 10_000;
const MOST_GROWTH_BYTES = 700 * 2 ** 20;
/** Inputs that once found something, `<target>-<what>.bin`: tried each time. */
const CORPUS = join(import.meta.dirname, "../corpus");

const root = mkdtempSync(join(tmpdir(), "fuzz-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const targets = fuzzTargets(root);
const corpus = readdirSync(CORPUS).filter((name) => name.endsWith(".bin"));

/** Nothing, when the bytes are read or refused as they should be; otherwise what went wrong. */
async function complaint({ readings }: FuzzTarget, bytes: Buffer): Promise<string | null> {
  for (const read of readings) {
    const started = performance.now();
    try {
      await read(bytes);
    } catch (error) {
      if (!(error instanceof AutosubmitReadError)) return error instanceof Error ? (error.stack ?? "") : String(error);
    }
    const milliseconds = performance.now() - started;
    if (milliseconds > SLOWEST_MS) return `took ${milliseconds} ms`;
  }
  return null;
}

/** Keeps an input for the next runs, and tells where. */
function keep({ name }: FuzzTarget, bytes: Buffer): string {
  mkdirSync(CORPUS, { recursive: true });
  const path = join(CORPUS, `${name}-${createHash("sha1").update(bytes).digest("hex").slice(0, 12)}.bin`);
  writeFileSync(path, bytes);
  return path;
}

describe.each(targets)("$name", (target) => {
  test("reads what it was made for", async () => {
    for (const seed of target.seeds) for (const read of target.readings) await read(seed);
  });

  test.each(corpus.filter((name) => name.startsWith(`${target.name}-`)))("survives %s", async (name) => {
    expect(await complaint(target, readFileSync(join(CORPUS, name)))).toBeNull();
  });

  test(`reads or refuses whatever chance makes of it, for ${SECONDS_EACH} s`, {
    timeout: SECONDS_EACH * 1_000 + 60_000,
  }, async () => {
    const random = randomNumbers(SEED);
    const before = process.memoryUsage.rss();
    const until = performance.now() + SECONDS_EACH * 1_000;
    let inputs = 0;
    while (performance.now() < until) {
      const bytes = mutate(target.seeds[random(target.seeds.length)] ?? Buffer.alloc(0), target.words, random);
      const found = await complaint(target, bytes);
      if (found !== null) throw new Error(`${keep(target, bytes)}: ${found}`);
      inputs += 1;
    }
    if (process.env.FUZZ_SECONDS !== undefined) console.log(`${target.name}: ${inputs} inputs`);
    expect(process.memoryUsage.rss() - before).toBeLessThan(MOST_GROWTH_BYTES);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
