import { describe, expect, it } from "vitest";
import { HELP, parseCommandLine } from "../src/command-line.js";
import { TASKS } from "../src/tasks.js";

describe("parseCommandLine", () => {
  it("runs without options", () => {
    expect(parseCommandLine([])).toEqual({ kind: "run" });
  });

  it.each(
    TASKS.flatMap((task) => [task.name, task.id, task.id.toLowerCase()].map((text) => [text, task.name] as const)),
  )("knows the task %s", (text, name) => {
    expect(parseCommandLine(["--once", text])).toMatchObject({ kind: "once", task: { name } });
  });

  it("lists and helps", () => {
    expect(parseCommandLine(["--list"]).kind).toBe("list");
    expect(parseCommandLine(["--help"]).kind).toBe("help");
    expect(parseCommandLine(["-h"]).kind).toBe("help");
    for (const { name } of TASKS) expect(HELP).toContain(name);
  });

  it.each([
    [["--once", "nonsense"], 'There is no task "nonsense"'],
    [["--once"], "--once"],
    [["--nope"], "--nope"],
    [["now"], "now"],
  ])("names the mistake in %j", (args, part) => {
    const command = parseCommandLine(args as string[]);
    expect(command).toEqual({ kind: "mistake", message: expect.stringContaining(part as string) });
  });
});
