import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AutosubmitReadError, fingerprintFile, SourceCorruptError } from "autosubmit-reader";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  deriveSource,
  RenderCancelledError,
  readOrNull,
  Snapshot,
  type Source,
  SourceCache,
} from "../../src/render/snapshot.js";
import type { ViewNote } from "../../src/render/view.js";
import { temporarySite } from "../support/temporary-site.js";

const ROOMY = 1e6;
let file: string;
let reads: number;
let root: string;
let site: Awaited<ReturnType<typeof temporarySite>>["site"];

beforeEach(async () => {
  ({ root, site } = await temporarySite());
  mkdirSync(join(root, "a000"));
  file = join(root, "a000", "data");
  writeFileSync(file, "one");
  reads = 0;
});

afterEach(() => rmSync(root, { recursive: true }));

/** The text of a file; "bad" is corrupt. */
function textSource(sizeBytes = 10): Source<string> {
  return {
    name: "text",
    fingerprint: () => fingerprintFile(file),
    read: async () => {
      reads += 1;
      const text = readFileSync(file, "utf8");
      if (text.startsWith("bad")) throw new SourceCorruptError("the text is bad", { path: file });
      return text;
    },
    sizeBytes: () => sizeBytes,
  };
}

const snapshotOf = (cache: SourceCache, isCancelled?: () => boolean) => new Snapshot(site, "a000", cache, isCancelled);

describe("a snapshot", () => {
  test("reads a source once, however often and at the same time it is asked", async () => {
    const snapshot = snapshotOf(new SourceCache(ROOMY));
    const source = textSource();
    expect(await Promise.all([snapshot.read(source), snapshot.read(source)])).toEqual(["one", "one"]);
    expect(await snapshot.read(source)).toBe("one");
    expect(reads).toBe(1);
  });

  test("takes what an earlier request read, while the file is the same", async () => {
    const cache = new SourceCache(ROOMY);
    await snapshotOf(cache).read(textSource());
    expect(await snapshotOf(cache).read(textSource())).toBe("one");
    expect(reads).toBe(1);
  });

  test("reads again what changed, and nothing else", async () => {
    const cache = new SourceCache(ROOMY);
    const other: Source<string> = { ...textSource(), name: "other", fingerprint: async () => "fixed" };
    const first = snapshotOf(cache);
    await Promise.all([first.read(textSource()), first.read(other)]);
    writeFileSync(file, "second");
    const later = snapshotOf(cache);
    expect(await later.read(textSource())).toBe("second");
    expect(await later.read(other)).toBe("one");
    expect(reads).toBe(3);
  });

  test("sees one state of a source, even when the file changes during the request", async () => {
    const snapshot = snapshotOf(new SourceCache(ROOMY));
    await snapshot.read(textSource());
    writeFileSync(file, "second");
    expect(await snapshot.read(textSource())).toBe("one");
  });

  test("keeps experiments apart", async () => {
    const cache = new SourceCache(ROOMY);
    const source: Source<string> = {
      ...textSource(),
      fingerprint: async () => "same",
      read: async ({ experiment }) => experiment.expid,
    };
    expect(await new Snapshot(site, "a000", cache).read(source)).toBe("a000");
    expect(await new Snapshot(site, "a001", cache).read(source)).toBe("a001");
  });

  test("does not read a corrupt file again while it is the same", async () => {
    const cache = new SourceCache(ROOMY);
    writeFileSync(file, "bad");
    await expect(snapshotOf(cache).read(textSource())).rejects.toThrow("the text is bad");
    await expect(snapshotOf(cache).read(textSource())).rejects.toThrow("the text is bad");
    expect(reads).toBe(1);
    writeFileSync(file, "mended");
    expect(await snapshotOf(cache).read(textSource())).toBe("mended");
  });

  test("a place that cannot be looked at is told by reading it", async () => {
    const source: Source<string> = {
      ...textSource(),
      fingerprint: () => Promise.reject(Object.assign(new Error("no permission"), { code: "EACCES" })),
      read: () => Promise.reject(new AutosubmitReadError("SOURCE_UNREADABLE", "no permission")),
    };
    await expect(snapshotOf(new SourceCache(ROOMY)).read(source)).rejects.toBeInstanceOf(AutosubmitReadError);
  });

  test("reads nothing more once nobody waits for the answer", async () => {
    let gone = false;
    const snapshot = snapshotOf(new SourceCache(ROOMY), () => gone);
    await snapshot.read(textSource());
    gone = true;
    await expect(snapshot.read({ ...textSource(), name: "other" })).rejects.toBeInstanceOf(RenderCancelledError);
  });

  test("refuses what is no experiment's name", () => {
    expect(() => new Snapshot(site, "../etc", new SourceCache(ROOMY))).toThrow(
      expect.objectContaining({ code: "EXPID_INVALID" }),
    );
  });
});

describe("what is kept", () => {
  test("never takes more than its bytes; what was used longest ago goes first", async () => {
    // An eighth of it is for configurations.
    const cache = new SourceCache(30);
    const source = (name: string): Source<string> => ({ ...textSource(10), name });
    for (const name of ["a", "b", "a", "c"]) await snapshotOf(cache).read(source(name));
    expect(cache.sizeBytes).toBe(20);
    reads = 0;
    await snapshotOf(cache).read(source("a"));
    expect(reads).toBe(0);
    await snapshotOf(cache).read(source("b"));
    expect(reads).toBe(1);
  });

  test("a value larger than everything allowed is used and not kept", async () => {
    const cache = new SourceCache(5);
    expect(await snapshotOf(cache).read(textSource(10))).toBe("one");
    expect(cache.sizeBytes).toBe(0);
  });
});

describe("a derived source", () => {
  const shouted = () => {
    const input = textSource();
    return deriveSource({
      name: "shouted",
      inputs: [input],
      build: async (snapshot) => (await snapshot.read(input)).toUpperCase(),
      sizeBytes: () => 10,
    });
  };

  test("is computed again only when one of its inputs changed", async () => {
    const cache = new SourceCache(ROOMY);
    const first = await snapshotOf(cache).read(shouted());
    const snapshot = snapshotOf(cache);
    expect(await snapshot.read(shouted())).toBe(first);
    expect([...snapshot.used.keys()]).toEqual(["shouted"]);
    writeFileSync(file, "second");
    expect(await snapshotOf(cache).read(shouted())).toBe("SECOND");
    expect(reads).toBe(2);
  });
});

describe("readOrNull", () => {
  test("notes the source that was left out", async () => {
    const notes: ViewNote[] = [];
    writeFileSync(file, "bad");
    const snapshot = snapshotOf(new SourceCache(ROOMY));
    expect(await readOrNull(snapshot, textSource(), (note) => void notes.push(note))).toBeNull();
    expect(notes).toMatchObject([{ level: "warn", fields: { source: "text", code: "SOURCE_CORRUPT", path: file } }]);
  });

  test("lets programming errors through", async () => {
    const source: Source<string> = { ...textSource(), read: () => Promise.reject(new TypeError("a mistake")) };
    rmSync(file);
    const snapshot = snapshotOf(new SourceCache(ROOMY));
    await expect(readOrNull(snapshot, source, () => undefined)).rejects.toBeInstanceOf(TypeError);
  });
});
