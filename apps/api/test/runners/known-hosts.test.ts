import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatKnownHost, judgeHostKey, knownKeyTypes, parseKnownHosts } from "../../src/runners/known-hosts.js";
import { makeKeyPair } from "../support/ssh-server.js";

/** A public key's wire form, and how files write it. */
function makeKey(type: "ed25519" | "ecdsa" = "ed25519") {
  const [keyType = "", base64 = ""] = makeKeyPair(type).public.split(" ");
  return { blob: Buffer.from(base64, "base64"), text: `${keyType} ${base64}`, keyType };
}

const known = makeKey();
const other = makeKey();
const ecdsa = makeKey("ecdsa");

const judge = (file: string, host: string, port = 22, key = known.blob) =>
  judgeHostKey(parseKnownHosts(file), { host, port }, key);

describe("what a line is about", () => {
  test.each([
    ["a name", "login.example.org", "login.example.org", 22],
    ["a name in other case", "Login.Example.org", "login.EXAMPLE.org", 22],
    ["one of several names", "a,login,10.0.0.1", "login", 22],
    ["an address", "10.0.0.1", "10.0.0.1", 22],
    ["an IPv6 address", "2001:db8::1", "2001:db8::1", 22],
    ["a name on another port", "[login]:2222", "login", 2222],
    ["a bare name, on another port", "login", "login", 2222],
    ["any name", "*", "login", 22],
    ["a wildcard", "*.example.org", "login.example.org", 22],
    ["one sign", "login?", "login1", 22],
    ["a wildcard with an exception for others", "*.example.org,!bad.example.org", "login.example.org", 22],
    ["a hashed name", "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=", "192.168.1.61", 22],
  ])("%s", (_what, names, host, port) => {
    expect(judge(`${names} ${known.text} a comment\n`, host, port)).toBe("trusted");
  });

  test.each([
    ["another name", "login", "login2", 22],
    ["the beginning of a name", "login", "login.example.org", 22],
    ["a dot that is no wildcard", "a.b", "axb", 22],
    ["an exception", "*.example.org,!bad.example.org", "bad.example.org", 22],
    ["another port", "[login]:2222", "login", 2223],
    ["a port, asked for the bare name", "[login]:2222", "login", 22],
    ["a hash of another name", "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=", "192.168.1.62", 22],
    ["a hash of a kind to come", "|2|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=", "192.168.1.61", 22],
  ])("not %s", (_what, names, host, port) => {
    expect(judge(`${names} ${known.text}\n`, host, port)).toBe("unknown");
  });

  test.skipIf(!existsSync("/usr/bin/ssh-keygen"))("names as ssh-keygen hashes them", () => {
    const folder = mkdtempSync(join(tmpdir(), "known-hosts-"));
    try {
      const path = join(folder, "known_hosts");
      writeFileSync(path, `login.example.org ${known.text}\n[login.example.org]:2222 ${other.text}\n`);
      execFileSync("ssh-keygen", ["-H", "-f", path], { stdio: "ignore" });
      const hashed = readFileSync(path, "utf8");
      expect(hashed).not.toContain("login");
      expect(judge(hashed, "login.example.org")).toBe("trusted");
      expect(judge(hashed, "login.example.org", 2222)).toBe("changed");
      expect(judge(hashed, "login.example.org", 2222, other.blob)).toBe("trusted");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("what is said of a key", () => {
  test("another key of the host, of whatever type, makes it changed", () => {
    expect(judge(`login ${other.text}\n`, "login")).toBe("changed");
    expect(judge(`login ${ecdsa.text}\n`, "login")).toBe("changed");
  });

  test("one of several keys is enough", () => {
    expect(judge(`login ${other.text}\nlogin ${ecdsa.text}\nlogin ${known.text}\n`, "login")).toBe("trusted");
  });

  test("a revoked key is refused wherever that stands", () => {
    expect(judge(`login ${known.text}\n@revoked * ${known.text}\n`, "login")).toBe("revoked");
    expect(judge(`@revoked login ${known.text}\n`, "login")).toBe("revoked");
    expect(judge(`@revoked login ${known.text}\nlogin ${known.text}\n`, "login", 2222)).toBe("revoked");
  });

  test("a revoked key says nothing of others, nor of other hosts", () => {
    expect(judge(`@revoked login ${other.text}\nlogin ${known.text}\n`, "login")).toBe("trusted");
    expect(judge(`@revoked login2 ${known.text}\n*,!login2 ${known.text}\n`, "login")).toBe("trusted");
  });

  test("a certificate authority's key is no host's key", () => {
    expect(judge(`@cert-authority *.example.org ${known.text}\n`, "a.example.org")).toBe("certificate-only");
    expect(judge(`@cert-authority * ${known.text}\nlogin ${other.text}\n`, "login")).toBe("changed");
  });

  test("a key that is known for the bare name does not excuse another one for the port", () => {
    expect(judge(`login ${known.text}\n[login]:2222 ${other.text}\n`, "login", 2222)).toBe("changed");
  });
});

test.each([
  ["comments", `# login ${known.text}\n`],
  ["markers that are not known", `@trusted login ${known.text}\n`],
  ["keys of another type than they say", `login ssh-rsa ${known.text.split(" ")[1]}\n`],
  ["cut keys", `login ssh-ed25519 AAAA\n`],
  ["keys of protocol 1", "login 1024 35 1234567\n"],
  ["very long lines", `${"a,".repeat(20_000)}login ${known.text}\n`],
])("%s are left out", (_what, file) => {
  expect(parseKnownHosts(file)).toEqual([]);
});

test("lines may end as on Windows, and be parted by tabs", () => {
  expect(judge(`login\t${known.text}\r\n`, "login")).toBe("trusted");
});

test("the types of a host's keys, those for its port first", () => {
  const lines = parseKnownHosts(`login ${known.text}\n[login]:2222 ${ecdsa.text}\n@revoked login ${other.text}\n`);
  expect(knownKeyTypes(lines, { host: "login", port: 2222 })).toEqual([ecdsa.keyType, known.keyType]);
  expect(knownKeyTypes(lines, { host: "other", port: 22 })).toEqual([]);
});

test("a line that is written makes the key known, and only it", () => {
  const line = formatKnownHost({ host: "Login", port: 2222 }, known.keyType, known.blob);
  expect(line).toBe(`[login]:2222 ${known.text}\n`);
  expect(judge(line, "login", 2222)).toBe("trusted");
});

test("no text takes long, or anything but a verdict", () => {
  const evil = fc.stringMatching(/^[*?!,a|1@ \n-]{0,200}$/);
  fc.assert(
    fc.property(evil, fc.stringMatching(/^a{0,60}$/), (names, host) => {
      const verdict = judge(`${names} ${known.text}\n`, host);
      expect(["trusted", "unknown", "changed", "revoked", "certificate-only"]).toContain(verdict);
    }),
  );
  const before = performance.now();
  judge(`${"*a".repeat(5_000)}b ${known.text}\n`, "a".repeat(253));
  expect(performance.now() - before).toBeLessThan(1_000);
});
