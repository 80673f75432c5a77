import { describe, expect, test } from "vitest";
import { parseAutosubmitrc } from "../../src/site/autosubmitrc.js";

const BASE = { home: "/home/me", workingDirectory: "/work" };
const parse = (...texts: string[]) =>
  parseAutosubmitrc(
    texts.map((text, index) => ({ path: `/etc/${index}.rc`, text })),
    BASE,
  );

describe("parseAutosubmitrc", () => {
  test("without any file every setting is Autosubmit's default", () => {
    expect(parse()).toEqual({
      configurationFiles: [],
      dbDir: "/home/me/debug/autosubmit",
      dbFile: "autosubmit.db",
      databaseBackend: "sqlite",
      databaseConnectionUrl: "",
      localRootDir: "/home/me/debug/autosubmit",
      defaultPlatformsConf: "",
      defaultJobsConf: "",
      customPlatformsPath: "",
      smtpServer: "",
      mailFrom: "",
      allowedHosts: "",
      deniedHosts: "",
      structuresDir: "/esarchive/autosubmit/as_metadata/structures",
      globalLogDir: "/esarchive/autosubmit/Aslogs",
      defaultOutputDir: "/esarchive/autosubmit/as_output/stats",
      jobDataDir: "/esarchive/autosubmit/as_metadata/data",
      historicalLogDir: "/esarchive/autosubmit/as_metadata/logs",
      autosubmitApiUrl: "http://192.168.11.91:8081",
      logRecoveryTimeout: 60,
      graphDataDir: "/home/me/autosubmit/metadata/graph",
      fileStatusDir: "/home/me/autosubmit/metadata/test",
      fileStatusDb: "status.db",
      allowedClients: [],
    });
  });

  test("every key is read", () => {
    const text = `
      [database]
      path = /db
      filename = main.db
      backend = postgres
      connection_url = postgresql://u:p%%40@h/db
      [local]
      path = /exps
      [conf]
      platforms = /p.yml
      jobs = /j.yml
      custom_platforms = /c.yml
      [mail]
      smtp_server = smtp
      mail_from = me@x
      [hosts]
      authorized = [run,create host1,host2] [setstatus host3]
      forbidden = [delete host4]
      [structures]
      path = /s
      [globallogs]
      path = /g
      [defaultstats]
      path = /d
      [historicdb]
      path = /hd
      [historiclog]
      path = /hl
      [autosubmitapi]
      url = http://api
      [config]
      log_recovery_timeout = 30
      [graph]
      path = /graph
      [statusdb]
      path = /st
      filename = st.db
      [clients]
      authorized = a.b.c
        d.e.f
    `;
    expect(parse(text)).toEqual({
      configurationFiles: ["/etc/0.rc"],
      dbDir: "/db",
      dbFile: "main.db",
      databaseBackend: "postgres",
      databaseConnectionUrl: "postgresql://u:p%40@h/db",
      localRootDir: "/exps",
      defaultPlatformsConf: "/p.yml",
      defaultJobsConf: "/j.yml",
      customPlatformsPath: "/c.yml",
      smtpServer: "smtp",
      mailFrom: "me@x",
      allowedHosts: { run: ["host1", "host2"], create: ["host1", "host2"], setstatus: ["host3"] },
      deniedHosts: { delete: ["host4"] },
      structuresDir: "/s",
      globalLogDir: "/g",
      defaultOutputDir: "/d",
      jobDataDir: "/hd",
      historicalLogDir: "/hl",
      autosubmitApiUrl: "http://api",
      logRecoveryTimeout: 30,
      graphDataDir: "/graph",
      fileStatusDir: "/st",
      fileStatusDb: "st.db",
      allowedClients: ["a.b.c", "d.e.f"],
    });
  });

  test("graph coordinates are below the experiments once a file was read", () => {
    expect(parse("[local]\npath = /exps").graphDataDir).toBe("/exps/metadata/graph");
  });

  test("later files override earlier ones, option by option", () => {
    const both = parse("[local]\npath = /one\n[database]\nfilename = one.db", "[local]\npath = /two");
    expect(both).toMatchObject({
      localRootDir: "/two",
      dbFile: "one.db",
      configurationFiles: ["/etc/0.rc", "/etc/1.rc"],
    });
  });

  test("~ is the home folder and other relative paths start at the working directory", () => {
    expect(parse("[local]\npath = ~/as\n[database]\npath = ~\n[historicdb]\npath = data")).toMatchObject({
      localRootDir: "/home/me/as",
      dbDir: "/home/me",
      jobDataDir: "/work/data",
    });
  });

  test("options are interpolated, keys are case-sensitive, [DEFAULT] stands behind", () => {
    expect(parse("[DEFAULT]\nroot = /r\n[local]\npath = %(root)s/e\nPath = /no").localRootDir).toBe("/r/e");
    expect(parse("[LOCAL]\npath = /no").localRootDir).toBe("/home/me/debug/autosubmit");
  });

  test.each([
    ["[config]\nlog_recovery_timeout = soon", "config.log_recovery_timeout", 2],
    ["[database]\nbackend = mysql", "database.backend", 2],
    ["[database]\n\nfilename =", "database.filename", 3],
    ["[local]\npath =", "local.path", 2],
    ["[hosts]\nauthorized = [run]", "hosts.authorized", 2],
    ["[local]\npath = 100%", "option path of [local]", 2],
    ["path = /x", "before the first [section]", 1],
  ])("%j is an error that names the key and the line", (text, named, line) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        code: "SITE_MISCONFIGURED",
        path: "/etc/0.rc",
        line,
        message: expect.stringContaining(named),
      }),
    );
  });

  test("a bad value that is never used by this reader is still told", () => {
    expect(() => parse("[mail]\nsmtp_server = %x")).toThrow(expect.objectContaining({ code: "SITE_MISCONFIGURED" }));
  });
});
