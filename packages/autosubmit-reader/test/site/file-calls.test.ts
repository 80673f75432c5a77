import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as calls from "../../src/site/file-calls.js";

const heard: (string | null)[] = [];
let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "file-calls-"));
  file = join(folder, "file");
  writeFileSync(file, "0123456789");
  mkdirSync(join(folder, "below"));
  symlinkSync(file, join(folder, "link"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything that can be asked, as plain data; what fails is its code. */
async function askEverything(): Promise<unknown> {
  const link = join(folder, "link");
  const missing = (error: NodeJS.ErrnoException) => error.code;
  const opened = await calls.open(file, 0);
  const bytes = Buffer.alloc(10);
  const answers = [
    (await calls.stat(link)).size,
    (await calls.stat(link, { bigint: true })).size,
    (await calls.lstat(link)).isSymbolicLink(),
    (await calls.readdir(folder)).sort(),
    (await calls.realpath(link)) === (await calls.realpath(file)),
    (await opened.stat()).size,
    (await opened.stat({ bigint: true })).size,
    (await opened.read(bytes, 2, 3, 4)).bytesRead,
    (await opened.read(bytes, 0, 2, null)).bytesRead,
    bytes.toString(),
    await calls.copyFile(file, join(folder, "below/copy"), 0),
    (await calls.stat(join(folder, "below/copy"))).size,
    await calls.stat(join(folder, "nothing")).catch(missing),
    await calls.open(join(folder, "nothing"), 0).catch(missing),
    await calls.readdir(file).catch(missing),
  ];
  await opened.close();
  return answers;
}

test("calls that the thread makes itself answer as those of Node's pool, and whoever watches hears of each", async () => {
  const pooled = await askEverything();
  calls.makeFileCallsHere({ began: (path) => void heard.push(path), ended: () => void heard.push(null) });
  expect(await askEverything()).toEqual(pooled);
  expect(heard.filter((path) => path === null)).toHaveLength(heard.length / 2);
  expect(new Set(heard.filter((_path, index) => index % 2 === 1))).toEqual(new Set([null]));
  expect(heard).toContain(join(folder, "nothing"));
});
