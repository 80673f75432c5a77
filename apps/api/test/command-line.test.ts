import { describe, expect, test } from "vitest";
import { parseCommand } from "../src/command-line.js";

describe("start takes", () => {
  test.each([
    [["--host", "::1", "--port", "0"], { HOST: "::1", PORT: "0" }],
    [["-b", "0.0.0.0:8000"], { HOST: "0.0.0.0", PORT: "8000" }],
    [["--bind", ":8000"], { HOST: "0.0.0.0", PORT: "8000" }],
    [["--bind=[::1]:8000"], { HOST: "::1", PORT: "8000" }],
    [["--bind", "localhost"], { HOST: "localhost" }],
    [["-b", "0.0.0.0:8000", "--port", "9000"], { HOST: "0.0.0.0", PORT: "9000" }],
    [["-t", "600"], { AS_API_RENDER_TIMEOUT_SECONDS: "600" }],
    [["--graceful-timeout", "30"], { AS_API_SHUTDOWN_TIMEOUT_SECONDS: "30" }],
    [["--log-file", "/var/log/api.log"], { AS_API_LOG_FILE: "/var/log/api.log" }],
    [["--error-logfile", "-"], { AS_API_LOG_FILE: "-" }],
    [["--log-level", "debug"], { LOG_LEVEL: "debug" }],
  ])("%j", (args, options) => {
    expect(parseCommand(["start", ...args])).toEqual({ kind: "start", options });
  });
});

test.each(["check-config", "doctor"] as const)("%s takes the options of start", (kind) => {
  expect(parseCommand([kind, "--port", "1"])).toEqual({ kind, options: { PORT: "1" } });
});

test.each([
  [[], null],
  [["--out", "openapi.json"], "openapi.json"],
])("openapi %j", (args, out) => {
  expect(parseCommand(["openapi", ...args])).toEqual({ kind: "openapi", out });
});

describe("is refused, with a reason:", () => {
  test.each([
    [["start", "--bind", "unix:/run/api.sock"], "--bind must be ADDRESS:PORT"],
    [["start", "--bind", ""], "--bind must be ADDRESS:PORT"],
    [["start", "--check"], "start does not take --check"],
    [["doctor", "--check"], "doctor does not take --check"],
    [["migrate", "--port", "1"], "migrate does not take --port"],
    [["migrate", "--bind", ":1"], "migrate does not take --bind"],
    [["openapi", "--port", "1"], "openapi does not take --port"],
    [["start", "--out", "x"], "start does not take --out"],
    [["stop"], 'unknown command "stop"'],
    [["start", "twice"], 'unknown command "start twice"'],
    [["start", "--prot", "1"], "--prot"],
  ])("%j", (args, reason) => {
    expect(parseCommand(args)).toMatchObject({ kind: "refuse", message: expect.stringContaining(reason) });
  });

  test.each([
    ["--init-bg-tasks", "autosubmit-workers"],
    ["--certfile=/etc/key.pem", "a proxy in front"],
    ["-D", "systemd"],
    ["--access-logfile=-", "--log-file"],
  ])("an option of the reference implementation, %s, with what to do instead", (option, advice) => {
    expect(parseCommand(["start", option])).toMatchObject({ kind: "refuse", message: expect.stringContaining(advice) });
  });
});

describe("help", () => {
  test.each([[["--help"]], [["-h"]], [[]]])("%j is about all commands", (args) => {
    const command = parseCommand(args);
    for (const name of ["start", "check-config", "doctor", "migrate", "openapi"])
      expect(command).toMatchObject({ kind: "show", text: expect.stringContaining(`autosubmit-api ${name}`) });
  });

  test.each(["start", "check-config", "doctor", "migrate", "openapi"])("after %s is about it", (name) => {
    const usage = `usage: autosubmit-api ${name}`;
    expect(parseCommand([name, "--help"])).toMatchObject({ kind: "show", text: expect.stringContaining(usage) });
  });

  test("lines fit a terminal", () => {
    for (const args of [["--help"], ["start", "-h"], ["doctor", "-h"], ["migrate", "-h"], ["check-config", "-h"]]) {
      const command = parseCommand(args);
      const lines = "text" in command ? command.text.split("\n") : [];
      expect(lines.filter((line) => line.length > 126)).toEqual([]);
    }
  });
});
