import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPublicKeyLine, readPublicKeys } from "../../src/runners/ssh-public-keys.js";
import { makeKeyPair } from "../support/ssh-server.js";

const ed25519 = makeKeyPair("ed25519", "api@example.org");
const ecdsa = makeKeyPair("ecdsa");
const rsa = makeKeyPair("rsa");

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "public-keys-"));
  mkdirSync(join(home, ".ssh"));
  writeFileSync(join(home, ".ssh/id_ed25519"), ed25519.private);
  writeFileSync(join(home, ".ssh/id_ed25519.pub"), `${ed25519.public}\n`);
  writeFileSync(join(home, "several.pub"), `# ours\n${ecdsa.public}\r\n\n${rsa.public}\n`);
  writeFileSync(join(home, "mixed.pub"), `${ecdsa.public}\n${ed25519.private}\n`);
  writeFileSync(join(home, "empty.pub"), "");
  writeFileSync(join(home, "huge.pub"), `${ecdsa.public}\n`.repeat(1_000));
});
afterAll(() => rmSync(home, { recursive: true }));

describe("a public key's line", () => {
  test.each([
    ["with a comment", ed25519.public],
    ["without", ecdsa.public],
    ["of RSA", rsa.public],
    ["with a comment in any language", `${rsa.public} clé de l'API`],
  ])("%s", (_what, line) => {
    expect(isPublicKeyLine(line)).toBe(true);
  });

  const [type, base64 = ""] = ed25519.public.split(" ");
  test.each([
    ["a private key", ed25519.private],
    ["a private key's first line", "-----BEGIN OPENSSH PRIVATE KEY-----"],
    ["a placeholder", "MY-SSH-PUBLIC-KEY-1"],
    ["a name of a type alone", "ssh-ed25519"],
    ["another type than the key's", `ssh-rsa ${base64}`],
    ["a key that was cut", `${type} ${base64.slice(0, 20)}`],
    ["options", `command="x" ${ed25519.public}`],
    ["a certificate", `ssh-ed25519-cert-v01@openssh.com ${base64}`],
    ["two lines", `${ed25519.public}\n${ed25519.public}`],
    ["nothing", ""],
  ])("not %s", (_what, line) => {
    expect(isPublicKeyLine(line)).toBe(false);
  });
});

test("entries are lines or files, in order, each key once", async () => {
  const entries = [`  ${rsa.public}  `, "~/.ssh/id_ed25519.pub", join(home, "several.pub")];
  expect(await readPublicKeys(entries, home)).toEqual({
    keys: [rsa.public, ed25519.public, ecdsa.public],
    unusable: [],
  });
});

test("a private key is never shown, nor repeated in the report", async () => {
  const entries = [ed25519.private, "~/.ssh/id_ed25519", join(home, "mixed.pub")];
  expect(await readPublicKeys(entries, home)).toEqual({
    keys: [],
    unusable: [0, 1, 2].map((index) => ({ index, reason: "not a public key" })),
  });
});

test.each([
  ["a missing file", "missing.pub", "the file cannot be read"],
  ["a folder", ".ssh", "the file cannot be read"],
  ["a huge file", "huge.pub", "the file cannot be read"],
  ["an empty file", "empty.pub", "not a public key"],
])("%s is reported", async (_what, name, reason) => {
  expect(await readPublicKeys([join(home, name)], home)).toEqual({ keys: [], unusable: [{ index: 0, reason }] });
});
