import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "@autosubmit-api/settings";
import { describe, expect, onTestFinished, test } from "vitest";
import { createProcessLogger } from "../../src/logging/process-logger.js";

function temporaryLog(): string {
  const folder = mkdtempSync(join(tmpdir(), "api-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "api.log");
}

const messages = (file: string) =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

describe("a log file", () => {
  test("has each line at once, and others than the group may not read it", () => {
    const logFile = temporaryLog();
    createProcessLogger({ level: "info", logFile }).logger.info("one");
    expect(messages(logFile)).toEqual(["one"]);
    expect(statSync(logFile).mode & 0o007).toBe(0);
  });

  test("is gone on with by the next process", () => {
    const logFile = temporaryLog();
    createProcessLogger({ level: "info", logFile }).logger.info("one");
    createProcessLogger({ level: "info", logFile }).logger.info("two");
    expect(messages(logFile)).toEqual(["one", "two"]);
  });

  test("is made anew when somebody moved it away", () => {
    const logFile = temporaryLog();
    const { logger, reopen } = createProcessLogger({ level: "info", logFile });
    logger.info("one");
    renameSync(logFile, `${logFile}.1`);
    logger.info("two");
    expect(existsSync(logFile)).toBe(false);
    reopen?.();
    logger.info("three");
    expect(messages(`${logFile}.1`)).toEqual(["one", "two"]);
    expect(messages(logFile)).toEqual(["three"]);
  });

  test("that cannot be opened stops the start, with the variable's name", () => {
    const open = () => createProcessLogger({ level: "info", logFile: "/nowhere/api.log" });
    expect(open).toThrow(ConfigurationError);
    expect(open).toThrow("AS_API_LOG_FILE: /nowhere/api.log cannot be opened for writing (ENOENT)");
  });

  test("that cannot be opened anew is gone on with as it is", () => {
    const logFile = temporaryLog();
    const { logger, reopen } = createProcessLogger({ level: "info", logFile });
    const moved = `${join(logFile, "..")}.moved`;
    onTestFinished(() => rmSync(moved, { recursive: true, force: true }));
    renameSync(join(logFile, ".."), moved);
    reopen?.();
    logger.info("two");
    expect(messages(join(moved, "api.log"))).toEqual([expect.stringContaining("cannot be opened anew"), "two"]);
  });
});
