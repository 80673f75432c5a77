import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { DatabaseError, migrate } from "@autosubmit-api/db";
import { findPostgresPrograms, type PostgresServer, startPostgresServer } from "@autosubmit-api/fixtures";
import { AutosubmitReadError, listExperiments, openSite } from "autosubmit-reader";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Certificates, hasOpenssl, makeCertificates } from "./support/certificates.js";

const programs = hasOpenssl() ? findPostgresPrograms() : null;
const OWNER = "autosubmit";
const MAIN = `CREATE TABLE db_version (version SERIAL PRIMARY KEY); INSERT INTO db_version VALUES (1);
  CREATE TABLE experiment (id SERIAL PRIMARY KEY, name VARCHAR NOT NULL, description VARCHAR NOT NULL, autosubmit_version VARCHAR);
  INSERT INTO experiment (name, description) VALUES ('a000', 'seen')`;
/** `site_1` takes only who encrypts, `site_2` only who shows a certificate too. */
const LOGINS = `local all all trust
  hostssl site_1 all 127.0.0.1/32 scram-sha-256
  hostssl site_2 all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
  hostnossl site_1,site_2 all all reject
  host all all 127.0.0.1/32 scram-sha-256`.replaceAll(/^ +/gm, "");

describe.skipIf(programs === null)("a PostgreSQL server with TLS", () => {
  let server: PostgresServer;
  let files: Certificates;

  beforeAll(async () => {
    if (programs === null) return;
    files = makeCertificates("localhost", OWNER);
    const logins = join(files.folder, "pg_hba.conf");
    writeFileSync(logins, LOGINS);
    chmodSync(logins, 0o644);
    const settings = {
      ssl: "on",
      ssl_cert_file: files.server.certificate,
      ssl_key_file: files.server.key,
      ssl_ca_file: files.authority,
      hba_file: logins,
    };
    server = await startPostgresServer(programs, { settings });
    for (let database = 1; database <= 2; database += 1) {
      const { pathname } = new URL(await server.createDatabase());
      await server.query(
        `postgresql://${OWNER}@/${pathname.slice(1)}?host=${server.socketFolder}&port=${server.port}`,
        MAIN,
      );
    }
  });
  afterAll(async () => {
    await server?.drop();
    if (files) rmSync(files.folder, { recursive: true, force: true });
  });

  /** A site, and every message and stack that came of using it. */
  async function use(database: string, host: string, parameters: string) {
    const url = server.url(database).replace("127.0.0.1", host) + parameters;
    const configurationFile = join(files.folder, "autosubmitrc");
    writeFileSync(
      configurationFile,
      `[database]\nbackend = postgres\nconnection_url = ${url}\n[local]\npath = ${files.folder}\n`,
    );
    const reading = openSite({ environment: { HOME: files.folder }, configurationFile }).then(listExperiments);
    const read = await outcome(reading.then((rows) => rows.map(({ name }) => name)));
    const written = await outcome(migrate({ connectionUrl: url }, { patienceMs: 100 }).then(() => "migrated"));
    for (const text of [read.texts, written.texts]) expect(text).not.toMatch(/secret-of-the-tests|autosubmit:/);
    return { read, written };
  }

  const ca = () => `sslrootcert=${files.authority}`;
  const own = () => `sslcert=${files.client.certificate}&sslkey=${files.client.key}`;

  it.each([
    ["sslmode=require, any certificate", "site_1", "127.0.0.1", () => "?sslmode=require"],
    ["sslmode=verify-ca, whatever the host", "site_1", "127.0.0.1", () => `?sslmode=verify-ca&${ca()}`],
    ["sslmode=verify-full", "site_1", "localhost", () => `?sslmode=verify-full&${ca()}`],
    ["a certificate of the client", "site_2", "localhost", () => `?sslmode=verify-full&${ca()}&${own()}`],
  ])("is used with %s", async (_, database, host, parameters) => {
    const { read, written } = await use(database, host, parameters());
    expect([read.value, written.value]).toEqual([["a000"], "migrated"]);
    const sql =
      "SELECT count(*)::int AS n FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl AND application_name LIKE 'autosubmit-%'";
    expect((await server.query(server.url(), sql))[0]?.n).toBeGreaterThan(0);
  });

  it.each([
    [
      "another authority",
      "site_1",
      "localhost",
      () => `?sslmode=verify-full&sslrootcert=${files.otherAuthority}`,
      /authority in sslrootcert of connection_url did not issue/,
    ],
    [
      "another authority, sslmode=require",
      "site_1",
      "localhost",
      () => `?sslmode=require&sslrootcert=${files.otherAuthority}`,
      /did not issue/,
    ],
    ["no authority", "site_1", "localhost", () => "?sslmode=verify-full", /did not issue/],
    ["another host", "site_1", "127.0.0.1", () => `?sslmode=verify-full&${ca()}`, /certificate for other hosts/],
    ["no certificate of its own", "site_2", "localhost", () => `?sslmode=verify-full&${ca()}`, /sslmode/],
    ["no encryption", "site_1", "127.0.0.1", () => "", /sslmode/],
    ["no sslrootcert for verify-ca", "site_1", "127.0.0.1", () => "?sslmode=verify-ca", /verify-ca needs sslrootcert/],
    [
      "a file that is not there",
      "site_1",
      "127.0.0.1",
      () => "?sslmode=verify-ca&sslrootcert=/no/such.pem",
      /\/no\/such\.pem, which connection_url names for TLS, cannot be read/,
    ],
    [
      "a key that is none",
      "site_2",
      "localhost",
      () => `?sslmode=require&sslcert=${files.client.certificate}&sslkey=${files.authority}`,
      /sslkey/,
    ],
  ])("is refused, with a clear message, with %s", async (_, database, host, parameters, message) => {
    const { read, written } = await use(database, host, parameters());
    expect(read.error).toBeInstanceOf(AutosubmitReadError);
    expect(read.error?.message).toMatch(message);
    expect(written.error).toBeInstanceOf(DatabaseError);
    expect(written.error?.message).toMatch(message);
    expect(read.tookMs).toBeLessThan(1_000);
  });

  it("has to speak TLS where that is asked for", async () => {
    await server.stop("fast");
    const plain = await startPostgresServer(programs ?? { initdb: "", postgres: "" });
    try {
      const found = await outcome(migrate({ connectionUrl: `${plain.url()}?sslmode=require` }, { patienceMs: 100 }));
      expect(found.error?.message).toMatch(/speaks no TLS, which sslmode of connection_url asks for/);
    } finally {
      await plain.drop();
    }
  });
});

interface Outcome<T> {
  value?: T;
  error?: Error;
  texts: string;
  tookMs: number;
}

async function outcome<T>(promise: Promise<T>): Promise<Outcome<T>> {
  const startedAt = performance.now();
  try {
    return { value: await promise, texts: "", tookMs: performance.now() - startedAt };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    let texts = "";
    for (let current: unknown = error; current instanceof Error; current = current.cause)
      texts += `${current.stack} ${inspect(current)}\n`;
    return { error, texts, tookMs: performance.now() - startedAt };
  }
}
