import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Certificates of one authority, as files. */
export interface Certificates {
  folder: string;
  authority: string;
  /** Of an authority that issued none of the others. */
  otherAuthority: string;
  server: { certificate: string; key: string };
  client: { certificate: string; key: string };
}

/** The group of a server that runs as nobody, since the tests run as root. */
const NOBODY = 65534;

export function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Makes them in a temporary folder. The server's is for `host` alone. */
export function makeCertificates(host: string, user: string): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  chmodSync(folder, 0o755);
  const authority = makeAuthority(folder, "authority");
  const otherAuthority = makeAuthority(folder, "other-authority");
  const server = makeCertificate(folder, "server", host);
  const client = makeCertificate(folder, "client", user);
  if (process.getuid?.() === 0) {
    chownSync(server.key, 0, NOBODY);
    chmodSync(server.key, 0o640);
  }
  return { folder, authority, otherAuthority, server, client };
}

function makeAuthority(folder: string, name: string): string {
  const file = join(folder, `${name}.pem`);
  openssl(
    "req",
    "-x509",
    ...NEW_KEY,
    "-keyout",
    join(folder, `${name}.key`),
    "-out",
    file,
    "-days",
    "2",
    "-subj",
    `/CN=${name}`,
  );
  return file;
}

function makeCertificate(folder: string, name: string, subject: string): { certificate: string; key: string } {
  const [certificate, key, request, extensions] = ["pem", "key", "csr", "ext"].map((end) =>
    join(folder, `${name}.${end}`),
  );
  if (!certificate || !key || !request || !extensions) throw new Error("four files were expected");
  openssl("req", ...NEW_KEY, "-keyout", key, "-out", request, "-subj", `/CN=${subject}`);
  writeFileSync(extensions, `subjectAltName=DNS:${subject}\n`);
  const issuer = ["-CA", join(folder, "authority.pem"), "-CAkey", join(folder, "authority.key"), "-CAcreateserial"];
  openssl("x509", "-req", "-in", request, ...issuer, "-days", "2", "-extfile", extensions, "-out", certificate);
  return { certificate, key };
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

function openssl(...args: string[]): void {
  execFileSync("openssl", args, { stdio: "pipe" });
}
