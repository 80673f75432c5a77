import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSite } from "../../src/site/open-site.js";

let root = "";
let home = "";
let work = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "autosubmit-reader-site-"));
  home = join(root, "home");
  work = join(root, "work");
  mkdirSync(home);
  mkdirSync(work);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const file = join(root, path);
  writeFileSync(file, text);
  return file;
}

const open = (environment: Record<string, string> = {}) =>
  openSite({ environment: { HOME: home, ...environment }, workingDirectory: work });
const localRoot = (path: string) => `[local]\npath = ${path}\n`;

describe("where the configuration is found", () => {
  test("the file that AUTOSUBMIT_CONFIGURATION names comes first", async () => {
    const file = write("named.rc", localRoot("/named"));
    write("work/.autosubmitrc", localRoot("/work"));
    const { settings } = await open({ AUTOSUBMIT_CONFIGURATION: file });
    expect(settings).toMatchObject({ localRootDir: "/named", configurationFiles: [file], warnings: [] });
    expect((await open({ AUTOSUBMIT_CONFIGURATION: "../named.rc" })).settings.localRootDir).toBe("/named");
  });

  test("when it names a file that does not exist the search goes on, and says so", async () => {
    const file = write("work/.autosubmitrc", localRoot("/work"));
    const { settings } = await open({ AUTOSUBMIT_CONFIGURATION: "/nowhere/rc" });
    expect(settings.configurationFiles).toEqual([file]);
    expect(settings.warnings).toEqual([expect.stringContaining("AUTOSUBMIT_CONFIGURATION names /nowhere/rc")]);
  });

  test("the working directory's file hides the home folder's", async () => {
    const own = write("home/.autosubmitrc", localRoot("/home-root"));
    expect((await open()).settings.configurationFiles).toEqual([own]);
    write("work/.autosubmitrc", localRoot("/work-root"));
    expect((await open()).settings.localRootDir).toBe("/work-root");
  });

  test("a file that is asked for must exist", async () => {
    await expect(
      openSite({ configurationFile: "none.rc", workingDirectory: work, environment: {} }),
    ).rejects.toMatchObject({
      code: "SITE_MISCONFIGURED",
      path: join(work, "none.rc"),
    });
  });

  test("a folder or a pipe is an error, and is not waited for", async () => {
    await expect(open({ AUTOSUBMIT_CONFIGURATION: work })).rejects.toMatchObject({ code: "SITE_MISCONFIGURED" });
    execFileSync("mkfifo", [join(root, "pipe")]);
    await expect(open({ AUTOSUBMIT_CONFIGURATION: join(root, "pipe") })).rejects.toMatchObject({
      code: "SITE_MISCONFIGURED",
      message: expect.stringContaining("not a regular file"),
    });
  });
});

describe("what is captured", () => {
  test("the environment is read once", async () => {
    const environment: Record<string, string> = { HOME: home, USER: "me", AS_ENV_PROJECT: "p", ASENV: "no" };
    const file = write("named.rc", localRoot("~/experiments"));
    const site = await openSite({ environment, configurationFile: file });
    environment.USER = "other";
    environment.AS_ENV_PROJECT = "other";
    expect(site.environment).toEqual({
      user: "me",
      sudoUser: null,
      home,
      autosubmitVariables: { AS_ENV_PROJECT: "p" },
    });
    expect(site.settings.localRootDir).toBe(join(home, "experiments"));
  });

  test("an experiment has all its paths, and no name leads out of the site", async () => {
    const site = await openSite({
      configurationFile: write("named.rc", localRoot("/as")),
      environment: { HOME: home },
    });
    const { expid, paths } = site.experiment("a000");
    expect([expid, paths.jobListDb, paths.jobListPickle]).toEqual([
      "a000",
      "/as/a000/db/job_list.db",
      "/as/a000/pkl/job_list_a000.pkl",
    ]);
    for (const name of ["../x", "a/..", "A000", "a00", "a000\n", "", "a000/"]) {
      expect(() => site.experiment(name)).toThrow(expect.objectContaining({ code: "EXPID_INVALID" }));
    }
  });

  test("a site on PostgreSQL is opened without asking the server", async () => {
    const file = write("named.rc", "[database]\nbackend = postgres\nconnection_url = postgresql://u:secret@h/db\n");
    const { settings } = await openSite({ configurationFile: file, environment: {} });
    expect(settings).toMatchObject({
      databaseBackend: "postgres",
      databaseConnectionUrl: "postgresql://u:secret@h/db",
    });
  });

  test.each(["mysql://u:secret@h/db", ""])(
    "a connection URL that is none of PostgreSQL's is refused: %j",
    async (url) => {
      const file = write("named.rc", `[database]\nbackend = postgres\nconnection_url = ${url}\n`);
      await expect(openSite({ configurationFile: file, environment: {} })).rejects.toMatchObject({
        code: "SITE_MISCONFIGURED",
        message: expect.not.stringContaining("secret"),
      });
    },
  );
});
