import { randomBytes } from "node:crypto";
import type { ClientChannel } from "ssh2";
import type { SshConnection } from "./ssh-connection.js";
import { SshError } from "./ssh-error.js";

/** What a login shell may print by itself before the script answers. */
const MAX_NOISE_BYTES = 65_536;
const NEWLINE = 0x0a;

/** How a script ended. */
export interface ScriptResult {
  exitCode: number | null;
  signal: string | null;
}

/** A script on the other machine, from its sending on. */
export interface Session {
  /** What stands behind the nonce in its answer; null when it ended without one. */
  readonly answer: Promise<string | null>;
  /** Rejects when the connection is lost. */
  readonly ended: Promise<ScriptResult>;
  /** What it printed after its answer, so far. */
  output(): { stdout: Buffer; stderr: Buffer; truncated: boolean };
  /** What was printed instead of an answer, for a message. */
  noise(): string;
  close(): void;
}

/**
 * The same line for every script, so that it means the same to every login shell: a POSIX shell reads the script from its
 * standard input. Start files of login shells may read from there too; the script is run only when all of it has arrived,
 * from the nonce at its beginning to the one at its end. No backslash, line end, quote or exclamation mark inside the quotes: csh and fish see them otherwise.
 */
const RECEIVE = `exec /bin/sh -c '${[
  "s=$(cat && echo .)",
  `case $s in "#$1"*"#$1.") eval "\${s%?}" ;; *) echo "$1 damaged"; exit 125 ;; esac`,
].join("; ")}' sh`;

/** Sends a script. `write` is given the nonce that the script's answer has to start with. @throws SshError when nothing was sent */
export async function runSession(
  connection: SshConnection,
  write: (nonce: string) => string,
  outputBytes: number,
): Promise<Session> {
  const nonce = randomBytes(16).toString("hex");
  const script = write(nonce);
  const channel = await connection.openChannel(`${RECEIVE} ${nonce}`);
  const stdout = collect(channel, nonce, outputBytes);
  const stderr = collect(channel.stderr, nonce, outputBytes);
  const ended = waitForEnd(channel, connection);
  // Whoever is interested awaits it; nobody has to.
  ended.catch(() => undefined);
  channel.end(`#${nonce}\n${script}\n#${nonce}`);
  return {
    answer: Promise.race([stdout.answer, ended.then(() => stdout.answerSoFar())]),
    ended,
    output: () => ({
      stdout: stdout.bytes(),
      stderr: stderr.bytes(),
      truncated: stdout.isTruncated() || stderr.isTruncated(),
    }),
    noise: () => Buffer.concat([stderr.noise(), stdout.noise()]).toString("utf8", 0, 300),
    close: () => channel.close(),
  };
}

/** Splits a stream at the line that starts with the nonce, and keeps at most `maxBytes` of what comes after it. */
function collect(stream: NodeJS.ReadableStream, nonce: string, maxBytes: number) {
  let before: Buffer = Buffer.alloc(0);
  let answer: string | null = null;
  const kept: Buffer[] = [];
  let room = maxBytes;
  let isTruncated = false;
  let settle: (answer: string) => void = () => undefined;
  const answered = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const keep = (bytes: Buffer) => {
    if (bytes.length > room) isTruncated = true;
    if (room > 0 && bytes.length > 0) kept.push(bytes.subarray(0, room));
    room -= Math.min(room, bytes.length);
  };
  stream.on("data", (bytes: Buffer) => {
    if (answer !== null) return keep(bytes);
    before = Buffer.concat([before, bytes]);
    const start = before.indexOf(nonce);
    const end = start < 0 ? -1 : before.indexOf(NEWLINE, start);
    if (end >= 0) {
      answer = before.toString("utf8", start + nonce.length, end).trim();
      settle(answer);
      keep(Buffer.from(before.subarray(end + 1)));
      before = before.subarray(0, start);
    } else if (before.length > MAX_NOISE_BYTES) before = before.subarray(-MAX_NOISE_BYTES);
  });
  return {
    answer: answered,
    answerSoFar: () => answer,
    bytes: () => Buffer.concat(kept),
    isTruncated: () => isTruncated,
    noise: () => before,
  };
}

function waitForEnd(channel: ClientChannel, connection: SshConnection): Promise<ScriptResult> {
  return new Promise((resolve, reject) => {
    let result: ScriptResult | null = null;
    const lost = () => reject(new SshError("CONNECTION_LOST", "The connection was lost while a command ran"));
    channel.on("exit", (code: number | null, signal?: string) => {
      result = { exitCode: code, signal: signal === undefined ? null : `SIG${signal.replace(/^SIG/, "")}` };
    });
    // The last bytes of both streams come before it.
    channel.on("close", () => (result === null ? lost() : resolve(result)));
    channel.on("error", lost);
    void connection.closed.then(lost);
  });
}
