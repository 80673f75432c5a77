import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { databaseFiles, migrate } from "@autosubmit-api/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installRecorder, type RecordingAutosubmit } from "../support/recording-autosubmit.js";
import { makeKeyPair, SSH_SERVERS, type SshTestServer } from "../support/ssh-server.js";
import { startTestApi, type TestApi } from "../support/test-api.js";
import { CANARY, INJECTIONS } from "./injection-corpus.js";

/** Where the commands of a request are run, as the settings and both forms of request name it. */
interface Place {
  name: string;
  /** Starts what is needed; gives the section SSH of the settings. */
  open(folder: string, programs: string): Promise<{ ssh: object; account: object }>;
  runner: "LOCAL" | "SSH";
  close(): Promise<void>;
}

const HERE: Place = {
  name: "on this machine",
  runner: "LOCAL",
  open: async () => ({ ssh: {}, account: {} }),
  close: async () => undefined,
};

const overSsh = ({ name, start }: (typeof SSH_SERVERS)[number]): Place => {
  let server: SshTestServer;
  return {
    name: `over ${name}`,
    runner: "SSH",
    open: async (folder, programs) => {
      const key = makeKeyPair();
      writeFileSync(join(folder, "key"), key.private, { mode: 0o600 });
      const environment = { HOME: folder, PATH: `${programs}:/usr/bin:/bin`, XDG_STATE_HOME: join(folder, "state") };
      server = await start({ folder, authorized: [key], hostKeys: [makeKeyPair()], environment });
      writeFileSync(join(folder, "known_hosts"), `[127.0.0.1]:${server.port} ${server.hostKeys[0]}\n`);
      const ssh = {
        ...{ KNOWN_HOSTS_FILES: [join(folder, "known_hosts")], KEY_FILES: [join(folder, "key")] },
        ...{ ALLOWED_HOSTS: ["127.0.0.1"], ALLOW_OTHER_USERNAMES: true },
      };
      return { ssh, account: { ssh_host: "127.0.0.1", ssh_user: server.username, ssh_port: server.port } };
    },
    close: () => server.close(),
  };
};

/** A request with the text in one of its fields, and what Autosubmit is given when the text is taken. */
interface Field {
  name: string;
  request(text: string): { url: string; body: object | null };
  words(text: string): readonly string[];
}

const RUN = ["run", "a000"];
const SET_STATUS = ["setstatus", "a000", "-np", "-nt", "-s"];
const V4 = "/v4/runners/command";

/** Filters and names, as both forms of the request have them. */
const STATUS_FIELDS: [string, (text: string) => object, (text: string) => string[]][] = [
  ["job_names_list", (text) => ({ job_names_list: [text] }), (text) => [`--list=${text}`]],
  ["filter_chunks", (text) => ({ filter_chunks: text }), (text) => [`--filter_chunks=${text}`]],
  ["filter_status", (text) => ({ filter_status: text }), (text) => [`--filter_status=${text}`]],
  ["filter_type", (text) => ({ filter_type: text }), (text) => [`--filter_type=${text}`]],
  ["filter_type_chunk", (text) => ({ filter_type_chunk: text }), (text) => [`--filter_type_chunk=${text}`]],
  [
    "filter_type_chunk_split",
    (text) => ({ filter_type_chunk_split: text }),
    (text) => [`--filter_type_chunk_split=${text}`],
  ],
];

const option = (name: string) => (text: string) => (text === "" ? [] : [`${name}=${text}`]);

const CREATE_FIELDS: [string, (text: string) => object, (text: string) => string[]][] = [
  ["description", (text) => ({ description: text }), (text) => [`--description=${text}`]],
  ...(
    [
      ["git_repo", "--git_repo"],
      ["git_branch", "--git_branch"],
      ["config_path", "--git_as_conf"],
      ["hpc", "--HPC"],
      ["copy", "--copy"],
    ] as const
  ).map(
    ([key, name]) =>
      [
        key,
        (text: string) => ({ description: "plain", [key]: text }),
        (text: string) => ["--description=plain", ...option(name)(text)],
      ] as (typeof STATUS_FIELDS)[number],
  ),
];

function v4Fields(firstJob: string): Field[] {
  const fields: Field[] = [];
  const add = (command: string, name: string, body: (text: string) => object, words: Field["words"]) =>
    fields.push({
      name: `v4 ${command}: ${name}`,
      request: (text) => ({ url: `${V4}/${command}`, body: body(text) }),
      words,
    });
  const bodies: [string, object, readonly string[]][] = [
    ["run-experiment", { expid: "a000" }, RUN],
    ["update-experiment-description", { expid: "a000", description: "x" }, ["updatedescrip", "--", "a000", "x"]],
    [
      "set-job-status",
      { expid: "a000", command_params: { job_names_list: [firstJob], final_status: "WAITING" } },
      [...SET_STATUS, "--status_final=WAITING", `--list=${firstJob}`],
    ],
    ["create-experiment", { command_params: { description: "x" } }, ["expid", "--description=x"]],
  ];
  for (const [command, plain, words] of bodies) {
    const given = { ...plain, profile_name: "FIXED" };
    if ("expid" in plain)
      add(
        command,
        "expid",
        (expid) => ({ ...given, expid }),
        () => words,
      );
    add(
      command,
      "profile_name",
      (profile_name) => ({ ...given, profile_name }),
      () => words,
    );
    const parameter = (name: string, profile_params: (text: string) => object) =>
      add(
        command,
        name,
        (text) => ({ ...given, profile_params: profile_params(text) }),
        () => words,
      );
    for (const name of ["RUNNER_TYPE", "MODULE_LOADER_TYPE"]) parameter(name, (text) => ({ [name]: text }));
    add(
      command,
      "MODULES",
      (text) => ({ ...given, profile_name: "OPEN", profile_params: { MODULES: text } }),
      () => words,
    );
    for (const name of ["HOST", "USERNAME", "PORT"]) parameter(name, (text) => ({ SSH: { [name]: text } }));
    parameter("name of a parameter", (text) => ({ [text]: "x" }));
  }
  add(
    "stop-experiment",
    "expid",
    (expid) => ({ expid }),
    () => ["stop", "a000"],
  );
  add(
    "get-runner-run-status",
    "expid",
    (expid) => ({ expid }),
    () => [],
  );
  add(
    "update-experiment-description",
    "description",
    (description) => ({ expid: "a000", profile_name: "FIXED", description }),
    (text) => ["updatedescrip", "--", "a000", text],
  );
  for (const [name, parameters, words] of STATUS_FIELDS)
    add(
      "set-job-status",
      name,
      (text) => ({
        ...{ expid: "a000", profile_name: "FIXED" },
        command_params: { final_status: "WAITING", ...parameters(text) },
      }),
      (text) => [...SET_STATUS, "--status_final=WAITING", ...words(text)],
    );
  add(
    "set-job-status",
    "final_status",
    (final_status) => ({
      ...{ expid: "a000", profile_name: "FIXED" },
      command_params: { job_names_list: [firstJob], final_status },
    }),
    (text) => [...SET_STATUS, `--status_final=${text}`, `--list=${firstJob}`],
  );
  for (const [name, parameters, words] of CREATE_FIELDS)
    add(
      "create-experiment",
      name,
      (text) => ({ profile_name: "FIXED", command_params: parameters(text) }),
      (text) => ["expid", ...words(text)],
    );
  return fields;
}

/** Paths hold what an URL can: half of a pair as the bytes that UTF-8 would have for it. */
const inPath = (text: string) => encodeURIComponent(text.replace("\ud800", "~")).replace("~", "%ED%A0%80");

function alphaFields(runner: string, account: object): Field[] {
  const given = { runner, module_loader: "NO_MODULE", runner_extra_params: account };
  const fields: Field[] = [];
  const add = (path: string, name: string, body: (text: string) => object, words: Field["words"]) =>
    fields.push({
      name: `v4alpha ${path}: ${name}`,
      request: (text) => ({ url: `/v4alpha/${path}`, body: { ...given, ...body(text) } }),
      words,
    });
  const status = "experiments/a000/set-job-status";
  const commands: [string, object, readonly string[]][] = [
    ["experiments/a000/run-experiment", {}, RUN],
    ["experiments/a000/create-job-list", {}, ["create", "-np", "a000"]],
    ["runner-create-experiment", { description: "x" }, ["expid", "--description=x"]],
  ];
  for (const [path, plain, words] of commands) {
    const field = (name: string, body: (text: string) => object) =>
      add(
        path,
        name,
        (text) => ({ ...plain, ...body(text) }),
        () => words,
      );
    field("runner", (text) => ({ runner: text }));
    field("module_loader", (text) => ({ module_loader: text }));
    field("modules", (text) => ({ module_loader: "VENV", modules: [text] }));
    for (const name of ["ssh_host", "ssh_user"])
      field(name, (text) => ({ runner: "SSH", runner_extra_params: { ...account, [name]: text } }));
    // An empty one says nothing, and is port 22.
    field("ssh_port", (text) => ({ runner: "SSH", runner_extra_params: { ...account, ssh_port: text || "-" } }));
  }
  for (const [name, parameters, words] of STATUS_FIELDS)
    add(
      status,
      name,
      (text) => ({ final_status: "WAITING", ...parameters(text) }),
      (text) => [...SET_STATUS, "--status_final=WAITING", ...words(text)],
    );
  for (const [name, parameters, words] of CREATE_FIELDS)
    add("runner-create-experiment", name, parameters, (text) => ["expid", ...words(text)]);
  for (const action of ["run-experiment", "stop-experiment", "create-job-list", "set-job-status", "get-runner-status"])
    fields.push({
      name: `v4alpha ${action}: expid`,
      request: (text) => ({
        url: `/v4alpha/experiments/${inPath(text.slice(0, 2_000))}/${action}`,
        body: action === "get-runner-status" ? null : { ...given, final_status: "WAITING", filter_type: "SIM" },
      }),
      words: () => [],
    });
  // An empty one says nothing, and would be another machine's.
  for (const name of ["runner", "module_loader", "modules", "ssh_host", "ssh_user", "ssh_port"])
    fields.push({
      name: `v4alpha runner-detail: ${name}`,
      request: (text) => {
        const query = { runner, module_loader: "NO_MODULE", ...account, [name]: text.slice(0, 2_000) || "-" };
        const words = Object.entries(query).map(([key, value]) => `${key}=${inPath(String(value))}`);
        return { url: `/v4alpha/runner-detail?${words.join("&")}`, body: null };
      },
      words: () => ["-v"],
    });
  return fields;
}

/** Everything everywhere, which takes minutes; otherwise texts that cannot become words are shared out among alike fields. */
const TRY_ALL = process.env.AS_API_TEST_INJECTIONS === "all";
const SHARES = 4;

const becomesWord = ({ words }: Field) => words("the text").some((word) => word.includes("the text"));

/** What reaches the other machine, or says which it is; all else is refused as it is here. */
const mattersOverSsh = (field: Field) => becomesWord(field) || /ssh_|HOST|USERNAME|PORT/.test(field.name);

function textsFor(field: Field, index: number): string[] {
  const texts = INJECTIONS.map(({ text }) => text);
  return TRY_ALL || becomesWord(field) ? texts : texts.filter((_, at) => at % SHARES === index % SHARES);
}

describe.each([HERE, ...SSH_SERVERS.map(overSsh)])("a request whose commands are run $name", (place) => {
  let folder: string;
  let recorder: RecordingAutosubmit;
  let api: TestApi;
  let url: string;
  let fields: Field[];

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "injection-http-")));
    recorder = installRecorder(folder);
    mkdirSync(join(folder, "venv"));
    const { ssh, account } = await place.open(folder, recorder.folder);
    const loaders = { NO_MODULE: { ENABLED: true }, VENV: { ENABLED: true, SAFE_ROOT_PATH: join(folder, "venv") } };
    const target = {
      RUNNER_TYPE: place.runner,
      MODULE_LOADER_TYPE: "NO_MODULE",
      ...(place.runner === "SSH" && { SSH: profileAccount(account) }),
    };
    // JSON is YAML.
    const settings = JSON.stringify({
      RUNNER_CONFIGURATION: { PROFILES: { FIXED: target, OPEN: { ...target, MODULE_LOADER_TYPE: "VENV" } } },
      RUNNERS: {
        LOCAL: { ENABLED: true, MODULE_LOADERS: loaders },
        SSH: { ENABLED: true, MODULE_LOADERS: loaders, ...ssh },
      },
    });
    api = await startTestApi([{ expid: "a000" }], {
      settings,
      environment: { AS_API_RATE_LIMIT_COMMANDS: "0", AS_API_RATE_LIMIT_READS: "0", AS_API_ANONYMOUS_COMMANDS: "true" },
      now: new Date(),
      programs: () => recorder.folder,
    });
    await migrate(databaseFiles({ dbDir: api.root, dbFile: "autosubmit.db", localRootDir: api.root }), {
      databases: ["api", "runners"],
    });
    url = await api.app.listen({ port: 0, host: "127.0.0.1" });
    const { jobs } = await api.get<{ jobs: { name: string }[] }>("/v4/experiments/a000/jobs?view=quick");
    fields = [...v4Fields(jobs[0]?.name ?? ""), ...alphaFields(place.runner, account)];
    if (place.runner === "SSH" && !TRY_ALL) fields = fields.filter(mattersOverSsh);
  }, 60_000);
  afterAll(async () => {
    await api.close();
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = async (field: Field, text: string) => {
    const { url: path, body } = field.request(text);
    const answer = await fetch(`${url}${path}`, {
      ...(body !== null && { method: "POST", headers: { "content-type": "application/json" } }),
      ...(body !== null && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.text()).slice(0, 300) };
  };

  const expectNoCanary = () => {
    for (const at of [folder, api.root, process.cwd(), homedir(), "/tmp", "/", join(folder, "state")])
      expect(existsSync(join(at, CANARY)), at).toBe(false);
  };

  test("gives Autosubmit the text as one word, or is refused and runs nothing", { timeout: 300_000 }, async () => {
    let taken = 0;
    for (const [number, field] of fields.entries()) {
      const given: string[] = [];
      const queue = textsFor(field, number);
      while (queue.length > 0) {
        const batch = queue.splice(0, 32);
        const answers = await Promise.all(batch.map((text) => send(field, text)));
        for (const [index, text] of batch.entries()) {
          const { status, body } = answers[index] ?? { status: 0, body: "" };
          expect([field.name, status >= 500 || status === 429 ? [status, text, body] : "answered"]).toEqual([
            field.name,
            "answered",
          ]);
          if (status === 200) given.push(text);
        }
      }
      const expected = given.map((text) => JSON.stringify(field.words(text))).filter((words) => words !== "[]");
      taken += expected.length;
      const calls = await settledCalls(expected.length);
      expect([field.name, ...calls.sort()]).toEqual([field.name, ...expected.sort()]);
    }
    expectNoCanary();
    expect(taken).toBeGreaterThan(100);
  });

  /** Runs are answered once they are started: their words are written a moment later. */
  async function settledCalls(count: number): Promise<string[]> {
    const calls: string[] = [];
    for (let tries = 0; tries === 0 || (calls.length < count && tries < 100); tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      calls.push(...recorder.takeCalls().map((words) => JSON.stringify(words)));
    }
    return calls;
  }
});

function profileAccount(account: object): object {
  const { ssh_host: HOST, ssh_user: USERNAME, ssh_port: PORT } = account as Record<string, unknown>;
  return { HOST, USERNAME, PORT };
}
