import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createExperimentCommand,
  createJobListCommand,
  type JobSelection,
  type NewExperiment,
  runCommand,
  setStatusCommand,
  stopCommand,
  updateDescriptionCommand,
} from "../../src/runners/autosubmit-command.js";
import { type Command, type CommandHost, CommandHostError } from "../../src/runners/command-host.js";
import { CommandRefusal } from "../../src/runners/command-refusal.js";
import { completeRequest, type RunnerRequest } from "../../src/runners/complete-profile.js";
import type { ModuleChoice } from "../../src/runners/configuration.js";
import { openLocalHost } from "../../src/runners/local-host.js";
import { checkModules, loadModules, resolveModules } from "../../src/runners/module-loaders.js";
import { readRunnerConfiguration } from "../../src/runners/read-configuration.js";
import { UnquotableWordError } from "../../src/runners/shell-quote.js";
import { openSshHost } from "../../src/runners/ssh-host.js";
import { builtProgram } from "../support/built-program.js";
import { makeKeyPair, SSH_SERVERS, type SshTestServer } from "../support/ssh-server.js";
import { CANARY, INJECTIONS } from "./injection-corpus.js";

const NO_FILTER: JobSelection = {
  names: [],
  chunks: null,
  statuses: null,
  sections: null,
  typeChunks: null,
  typeChunkSplits: null,
};
const select = (selection: Partial<JobSelection>) =>
  setStatusCommand({
    expid: "a000",
    finalStatus: "WAITING",
    selection: { ...NO_FILTER, ...selection },
    checkWrapper: false,
    updateVersion: false,
  });
const create = (experiment: Partial<NewExperiment>) =>
  createExperimentCommand({
    description: "plain",
    gitRepository: null,
    gitBranch: null,
    minimal: false,
    configurationPath: null,
    hpc: null,
    useLocalMinimal: false,
    operational: false,
    testcase: false,
    copy: null,
    ...experiment,
  });

/** Every text that a user can put into a command, and the words that the text makes of it when it is taken. */
const PARAMETERS: { name: string; build: (text: string) => Command; words: (text: string) => string[] }[] = [
  { name: "run: expid", build: runCommand, words: (text) => ["run", text] },
  { name: "stop: expid", build: stopCommand, words: (text) => ["stop", text] },
  {
    name: "create: expid",
    build: (text) => createJobListCommand({ expid: text, checkWrapper: false, updateVersion: false, force: false }),
    words: (text) => ["create", "-np", text],
  },
  {
    name: "updatedescrip: expid",
    build: (text) => updateDescriptionCommand(text, "plain"),
    words: (text) => ["updatedescrip", "--", text, "plain"],
  },
  {
    name: "updatedescrip: description",
    build: (text) => updateDescriptionCommand("a000", text),
    words: (text) => ["updatedescrip", "--", "a000", text],
  },
  {
    name: "expid: description",
    build: (description) => create({ description }),
    words: (text) => ["expid", `--description=${text}`],
  },
  ...(
    [
      ["gitRepository", "--git_repo"],
      ["gitBranch", "--git_branch"],
      ["configurationPath", "--git_as_conf"],
      ["hpc", "--HPC"],
      ["copy", "--copy"],
    ] as const
  ).map(([key, option]) => ({
    name: `expid: ${key}`,
    build: (text: string) => create({ [key]: text }),
    words: (text: string) => ["expid", "--description=plain", `${option}=${text}`],
  })),
  ...(
    [
      ["names", "--list"],
      ["chunks", "--filter_chunks"],
      ["statuses", "--filter_status"],
      ["sections", "--filter_type"],
      ["typeChunks", "--filter_type_chunk"],
      ["typeChunkSplits", "--filter_type_chunk_split"],
    ] as const
  ).map(([key, option]) => ({
    name: `setstatus: ${key}`,
    build: (text: string) => select({ [key]: key === "names" ? [text] : text }),
    words: (text: string) => ["setstatus", "a000", "-np", "-nt", "-s", "--status_final=WAITING", `${option}=${text}`],
  })),
  {
    name: "setstatus: expid",
    build: (text) =>
      setStatusCommand({
        expid: text,
        finalStatus: "WAITING",
        selection: { ...NO_FILTER, names: ["a000_SIM"] },
        checkWrapper: false,
        updateVersion: false,
      }),
    words: (text) => ["setstatus", text, "-np", "-nt", "-s", "--status_final=WAITING", "--list=a000_SIM"],
  },
  {
    name: "setstatus: final status",
    build: (text) =>
      setStatusCommand({
        expid: "a000",
        finalStatus: text,
        selection: { ...NO_FILTER, names: ["a000_SIM"] },
        checkWrapper: false,
        updateVersion: false,
      }),
    words: (text) => ["setstatus", "a000", "-np", "-nt", "-s", `--status_final=${text}`, "--list=a000_SIM"],
  },
];

/** The command, or null when it is refused as the user's mistake. Anything else is a failure of the test. */
function buildOrRefuse(build: () => Command): Command | null {
  try {
    return build();
  } catch (error) {
    expect(error).toBeInstanceOf(CommandRefusal);
    expect((error as CommandRefusal).status).toBe(400);
    return null;
  }
}

const TAKEN = PARAMETERS.flatMap(({ name, build, words }) =>
  INJECTIONS.flatMap((injection) => {
    const command = buildOrRefuse(() => build(injection.text));
    return command === null ? [] : [{ name: `${name}: ${injection.name}`, command, words: words(injection.text) }];
  }),
);

describe("commands", () => {
  test("a text that is taken is one word, unchanged, and never an option", () => {
    for (const { command, words } of TAKEN) expect(command.argv).toEqual(["autosubmit", ...words]);
  });

  test("identifiers, platforms, names of jobs and statuses are none of them", () => {
    const taken = new Set(TAKEN.map(({ name }) => name.split(": ").slice(0, 2).join(": ")));
    expect([...taken].sort()).toEqual([
      "expid: configurationPath",
      "expid: description",
      "expid: gitRepository",
      "setstatus: chunks",
      "setstatus: sections",
      "setstatus: typeChunkSplits",
      "setstatus: typeChunks",
      "updatedescrip: description",
    ]);
  });

  test("what Autosubmit puts into shell lines of its own holds nothing that a shell acts on", () => {
    for (const { name, words } of TAKEN.filter((taken) => taken.name.startsWith("expid: git")))
      expect([name, words.at(-1)]).toEqual([name, expect.stringMatching(/^--git_\w+=[\p{L}\p{N}_.+/#@:~%=,-]*$/u)]);
  });

  test("filters hold letters, digits and brackets", () => {
    for (const { name, words } of TAKEN.filter((taken) => taken.name.startsWith("setstatus")))
      expect([name, words.at(-1)]).toEqual([name, expect.stringMatching(/^--\w+=[\p{L}\p{N}_.,[\]\s:+*-]*$/u)]);
  });
});

describe("runners", () => {
  const enabled = { ENABLED: true };
  const loaders = { NO_MODULE: enabled, LMOD: enabled, CONDA: enabled, VENV: { ...enabled, SAFE_ROOT_PATH: "/opt" } };
  const configuration = readRunnerConfiguration(
    {
      path: "settings.yaml",
      sections: {
        RUNNERS: {
          LOCAL: { ENABLED: true, MODULE_LOADERS: loaders },
          SSH: { ENABLED: true, MODULE_LOADERS: loaders, ALLOWED_HOSTS: ["login"] },
        },
      },
    },
    { home: tmpdir(), agentSocket: null },
  );
  const complete = (part: Partial<RunnerRequest>) => {
    const ssh = { host: "login", username: "somebody", port: null };
    const request = { runnerType: "SSH", moduleLoader: "NO_MODULE", modules: null, ssh, ...part };
    try {
      return completeRequest(configuration, request);
    } catch (error) {
      expect(error).toBeInstanceOf(CommandRefusal);
      expect([400, 403]).toContain((error as CommandRefusal).status);
      return null;
    }
  };

  test("take none of them as a machine, an account or a type", () => {
    for (const { text } of INJECTIONS) {
      expect(complete({ ssh: { host: text, username: "somebody", port: null } })).toBeNull();
      expect(complete({ ssh: { host: "login", username: text, port: null } })).toBeNull();
      expect(complete({ runnerType: text })).toBeNull();
      expect(complete({ moduleLoader: text })).toBeNull();
    }
  });

  test("take none of them as a port but for those that say nothing", () => {
    for (const { text } of INJECTIONS) {
      const target = complete({ ssh: { host: "login", username: "somebody", port: text } });
      if (text.trim() !== "") expect(target).toBeNull();
      else expect(target).toMatchObject({ ssh: { port: 22 } });
    }
  });

  test.each(["LMOD", "CONDA", "VENV"] as const)("take only names that %s can take", (loader) => {
    for (const { text } of INJECTIONS) {
      const target = complete({ moduleLoader: loader, modules: text });
      if (target === null) continue;
      const plain =
        loader === "LMOD" ? /^[A-Za-z0-9_][A-Za-z0-9_.+@:=/-]*$/ : /^\/[^\p{Cc}]*$|^[A-Za-z0-9_][A-Za-z0-9_.+@=-]*$/u;
      for (const name of target.environment.modules) expect(name).toMatch(plain);
    }
  });
});

/** Prints how many words it was given, and the words, each ended by NUL. */
const RECORDER = '#!/bin/sh\nprintf \'%s\\0\' "$#" "$@"\n';

/** A place to run commands in, with the program and the start files that `folder` has. */
interface Place {
  name: string;
  open(folder: string, environment: Readonly<Record<string, string>>): Promise<CommandHost>;
  close(): Promise<void>;
}

const HERE: Place = {
  name: "on this machine",
  open: async (folder, environment) =>
    openLocalHost({
      environment,
      workingDirectory: folder,
      stateDir: join(folder, "state"),
      launcherFile: join(await builtProgram(), "runners/run-launcher.js"),
      outputBytes: 5_000_000,
    }),
  close: async () => undefined,
};

const overSsh = ({ name, start }: (typeof SSH_SERVERS)[number]): Place => {
  let server: SshTestServer;
  return {
    name: `over ${name}`,
    open: async (folder, environment) => {
      const key = makeKeyPair();
      writeFileSync(join(folder, "key"), key.private, { mode: 0o600 });
      server = await start({ folder, authorized: [key], hostKeys: [makeKeyPair()], environment });
      writeFileSync(join(folder, "known_hosts"), `[127.0.0.1]:${server.port} ${server.hostKeys[0]}\n`);
      return openSshHost(
        { host: "127.0.0.1", port: server.port, username: server.username },
        {
          settings: {
            knownHostsFiles: [join(folder, "known_hosts")],
            trustNewHosts: false,
            keyFiles: [join(folder, "key")],
            agentSocket: null,
            connectTimeoutMs: 10_000,
          },
          home: folder,
        },
      );
    },
    close: () => server.close(),
  };
};

describe.each([HERE, ...SSH_SERVERS.map(overSsh)])("$name", (place) => {
  let folder: string;
  let host: CommandHost;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "injection-")));
    for (const bin of ["bin", "venv/bin"]) {
      mkdirSync(join(folder, bin), { recursive: true });
      writeFileSync(join(folder, bin, "autosubmit"), RECORDER, { mode: 0o755 });
    }
    writeFileSync(join(folder, "conda"), "#!/bin/sh\necho export CONDA_PREFIX=x\n", { mode: 0o755 });
    writeFileSync(
      join(folder, ".bash_profile"),
      `PATH=${folder}/bin:$PATH\nCONDA_EXE=${folder}/conda\nmodule() { :; }\necho a greeting\nset -- changed by a profile\n`,
    );
    const PATH = `${folder}/bin:${process.env.PATH}`;
    host = await place.open(folder, { HOME: folder, PATH, XDG_STATE_HOME: join(folder, "state") });
  });
  afterAll(async () => {
    await host.close();
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const LIMITS = { timeoutMs: 60_000, outputBytes: 5_000_000 };
  const recorded = (stdout: string) => {
    const [count, ...words] = stdout
      .replace(/^a greeting\n/, "")
      .split("\0")
      .slice(0, -1);
    expect(words).toHaveLength(Number(count));
    return words;
  };
  const expectNoCanary = () => {
    const places = [folder, process.cwd(), homedir(), tmpdir(), "/tmp", "/", join(folder, "state/autosubmit-api/runs")];
    for (const place of places) expect(existsSync(join(place, CANARY))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(
      readdirSync(folder)
        .filter((name) => !name.includes("canary"))
        .sort(),
    );
  };

  test("every word of every command that is not refused arrives as it was", { timeout: 120_000 }, async () => {
    const distinct = [...new Map(TAKEN.map((taken) => [JSON.stringify(taken.command), taken])).values()];
    const record = async ({ command, words }: (typeof distinct)[number]) => {
      const { stdout, exitCode } = await host.run(command, LIMITS);
      expect(exitCode).toBe(0);
      expect(recorded(stdout)).toEqual(words);
    };
    while (distinct.length > 0) await Promise.all(distinct.splice(0, 50).map(record));
    expectNoCanary();
  });

  /** Below the checks of commands: the texts as they are. */
  const raw = INJECTIONS.map(({ text }) => text);
  const quotable = raw.filter((text) => !text.includes("\0") && !/\p{Surrogate}/u.test(text) && text.length < 100_000);

  test.each<[string, (root: string) => ModuleChoice]>([
    ["without modules", () => ({ loader: "NO_MODULE", modules: [] })],
    ["in a virtual environment", (root) => ({ loader: "VENV", modules: [join(root, "venv")] })],
    ["in a conda environment", () => ({ loader: "CONDA", modules: ["autosubmit"] })],
    ["with modules", () => ({ loader: "LMOD", modules: ["autosubmit/4.1", "python"] })],
  ])("%s, texts arrive as they are even where nothing checked them", async (_what, choose) => {
    const choice = await resolveModules(choose(folder), { safeRoot: folder }, host, "autosubmit");
    checkModules(choice);
    const together = await host.run(loadModules(choice, { argv: ["autosubmit", ...quotable], stdin: null }), LIMITS);
    expect(recorded(together.stdout)).toEqual(quotable);
    const asInput = await host.run(
      loadModules(choice, { argv: ["autosubmit", "x"], stdin: quotable.join("\n") }),
      LIMITS,
    );
    expect(recorded(asInput.stdout)).toEqual(["x"]);
    expectNoCanary();
  });

  test("long runs are given them as they are, too", async () => {
    const handle = await host.start(
      { argv: ["autosubmit", ...quotable], stdin: quotable.join("\n") },
      "injection-run-1",
    );
    for (let attempt = 0; attempt < 100 && (await host.inspect(handle)).running; attempt++) await wait(50);
    await wait(200);
    expect(recorded((await host.readOutput(handle, LIMITS.outputBytes)).text)).toEqual(quotable);
    expectNoCanary();
  });

  test("what no program can be given is refused, and nothing is run", async () => {
    const impossible = raw.filter((text) => !quotable.includes(text));
    for (const [index, text] of impossible.entries()) {
      const command: Command = { argv: ["autosubmit", text], stdin: null };
      const errors = await Promise.all([
        host.run(command, LIMITS).catch((thrown: unknown) => thrown),
        host.start(command, `impossible-run-${index}`).catch((thrown: unknown) => thrown),
      ]);
      for (const error of errors)
        expect(error instanceof UnquotableWordError || error instanceof CommandHostError).toBe(true);
    }
    expect(impossible.length).toBeGreaterThan(3);
    expectNoCanary();
  });
});
