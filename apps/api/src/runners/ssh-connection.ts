import ssh2, { type Client, type ClientChannel } from "ssh2";
import type { SshSettings, SshTarget } from "./configuration.js";
import { SshError } from "./ssh-error.js";
import { type HostKeyCheck, prepareHostKeyCheck } from "./ssh-host-keys.js";
import { type Identities, readIdentities } from "./ssh-identities.js";

const KEEPALIVE_MS = 15_000;
const KEEPALIVES_LOST = 3;

/** A connection that is signed in. */
export interface SshConnection {
  readonly isAlive: boolean;
  /** Resolves when the connection is gone, for whatever reason. */
  readonly closed: Promise<void>;
  /** @throws SshError `CONNECTION_LOST` when no channel can be opened; nothing was run then */
  openChannel(commandLine: string): Promise<ClientChannel>;
  /** Ends it politely, and then in any case. */
  end(): void;
}

/** How machines are reached, and as whom. */
export interface SshAccess {
  settings: Pick<SshSettings, "knownHostsFiles" | "trustNewHosts" | "keyFiles" | "agentSocket" | "connectTimeoutMs">;
  /** Where `~/.ssh` is. */
  home: string;
}

/**
 * Connects, makes sure that the machine is the one that is meant, and signs in.
 * @throws SshError
 */
export async function connectSsh(
  target: SshTarget,
  { settings, home }: SshAccess,
  signal: AbortSignal,
): Promise<SshConnection> {
  const [hostKeys, identities] = await Promise.all([
    prepareHostKeyCheck(settings, target),
    readIdentities(settings, target, home),
  ]);
  if (identities.methods.length === 0)
    throw new SshError("AUTHENTICATION", "There is no key to sign in with", { notes: identities.notes });
  const client = new ssh2.Client();
  // The last word on errors: whatever happens to a connection after it was given away is told by its end.
  client.on("error", () => undefined);
  let isAlive = true;
  const closed = new Promise<void>((resolve) =>
    client.once("close", () => {
      isAlive = false;
      resolve();
    }),
  );
  await signIn(client, target, { hostKeys, identities, timeoutMs: settings.connectTimeoutMs, signal });
  return {
    get isAlive() {
      return isAlive;
    },
    closed,
    openChannel: (commandLine) => openChannel(client, target, commandLine, closed),
    end: () => {
      isAlive = false;
      client.end();
      setTimeout(() => client.destroy(), 1_000).unref();
    },
  };
}

interface SignIn {
  hostKeys: HostKeyCheck;
  identities: Identities;
  timeoutMs: number;
  signal: AbortSignal;
}

function signIn(client: Client, target: SshTarget, { hostKeys, identities, timeoutMs, signal }: SignIn): Promise<void> {
  return new Promise((resolve, reject) => {
    let progress: Progress = "connecting";
    const fail = (error: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      client.destroy();
      reject(hostKeys.failure() ?? explain(error, target, progress, identities.notes));
    };
    // Counts from before the name is looked up; ssh2's own time-out does not end until the machine has said something.
    const timer = setTimeout(() => fail(new ConnectTimeout()), timeoutMs);
    const giveUp = () => fail(new SshError("CONNECTION_LOST", "The connection is not wanted any more"));
    if (signal.aborted) return giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    let recorded: Promise<void> = Promise.resolve();
    client
      .once("connect", () => {
        // Signing in and sending scripts are many small packets: none should wait for the answer to the one before.
        client.setNoDelay(true);
        progress = "handshake";
      })
      .once("handshake", () => {
        progress = "signing in";
        recorded = hostKeys.record();
        recorded.catch(fail);
      })
      .once("ready", () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", giveUp);
        recorded.then(resolve, fail);
      })
      .on("error", (error) => {
        // An agent that is not there: the next method is tried.
        if (error.level !== "agent") fail(error);
        else identities.notes.push("the agent does not answer");
      })
      .once("close", () => fail(new Error("The connection was closed")));
    client.connect({
      host: target.host,
      port: target.port,
      username: target.username,
      authHandler: identities.methods,
      algorithms: { serverHostKey: hostKeys.algorithms },
      hostVerifier: (key: Buffer) => hostKeys.accept(key),
      readyTimeout: timeoutMs,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVES_LOST,
    });
  });
}

type Progress = "connecting" | "handshake" | "signing in";

class ConnectTimeout extends Error {
  override readonly name = "ConnectTimeout";
}

/** Messages of ssh2 and of the system stay in `cause`: they are for the log. */
function explain(error: unknown, { host, port, username }: SshTarget, progress: Progress, notes: string[]): SshError {
  if (error instanceof SshError) return error;
  const { level, code } = { level: propertyOf(error, "level"), code: propertyOf(error, "code") };
  if (error instanceof ConnectTimeout || level === "client-timeout")
    return new SshError("CONNECT_TIMEOUT", `${host} did not answer on port ${port} in time`, { cause: error });
  if (level === "client-dns" || code === "ENOTFOUND" || code === "EAI_AGAIN")
    return new SshError("HOST_NOT_FOUND", `There is no machine named ${host}`, { cause: error });
  if (progress === "signing in")
    return new SshError("AUTHENTICATION", `${host} does not let this API sign in as ${username}`, {
      cause: error,
      notes,
    });
  if (progress === "connecting")
    return new SshError("UNREACHABLE", `${host} cannot be reached on port ${port}`, { cause: error });
  return new SshError("HANDSHAKE", `${host} and this API do not agree on how to speak on port ${port}`, {
    cause: error,
  });
}

function propertyOf(error: unknown, name: string): unknown {
  return error instanceof Error ? Reflect.get(error, name) : undefined;
}

function openChannel(
  client: Client,
  { host }: SshTarget,
  commandLine: string,
  closed: Promise<void>,
): Promise<ClientChannel> {
  const lost = (cause?: unknown) =>
    new SshError("CONNECTION_LOST", `The connection to ${host} was lost`, cause === undefined ? {} : { cause });
  return new Promise((resolve, reject) => {
    void closed.then(() => reject(lost()));
    try {
      client.exec(commandLine, (error, channel) => (error ? reject(lost(error)) : resolve(channel)));
    } catch (error) {
      // ssh2 throws, rather than calls back, once the connection is gone.
      reject(lost(error));
    }
  });
}
