import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fingerprintFile } from "../../src/site/fingerprint.js";

const folder = mkdtempSync(join(tmpdir(), "fingerprint-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the fingerprint of a file", () => {
  test("changes with its content and is null without it", async () => {
    const path = join(folder, "file");
    expect(await fingerprintFile(path)).toBeNull();
    writeFileSync(path, "a");
    const first = await fingerprintFile(path);
    writeFileSync(path, "ab");
    expect(await fingerprintFile(path)).not.toBe(first);
    expect(await fingerprintFile(join(path, "below-a-file"))).toBeNull();
  });

  test("is the failure where nothing can be looked at", async () => {
    const circle = join(folder, "circle");
    symlinkSync(circle, circle);
    expect(await fingerprintFile(circle)).toBe("failed: ELOOP");
  });
});
