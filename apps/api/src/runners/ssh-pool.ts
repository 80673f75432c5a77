import type { SshConnection } from "./ssh-connection.js";
import { SshError } from "./ssh-error.js";

export interface PoolLimits {
  /** Connections to one account on one machine. */
  connections: number;
  /**
   * Commands at once on one of them. OpenSSH's servers allow 10 (`MaxSessions`), and count those that ended a moment ago and
   * one that ends a command whose time is up.
   */
  channels: number;
  /** Commands that may wait for their turn; further ones are refused. */
  waiting: number;
  /** How long an unused connection is kept. */
  idleMs: number;
}

export const POOL_LIMITS: PoolLimits = { connections: 2, channels: 5, waiting: 200, idleMs: 60_000 };

interface Member {
  connection: Promise<SshConnection>;
  /** Commands on it now. */
  channels: number;
  idle: NodeJS.Timeout | null;
}

/** The connections to one account on one machine: opened when needed, shared, and closed when nobody used them for a while. */
export class SshPool {
  readonly #open: (signal: AbortSignal) => Promise<SshConnection>;
  readonly #limits: PoolLimits;
  readonly #members = new Set<Member>();
  readonly #waiting: (() => void)[] = [];
  #opening = new AbortController();
  #busy = 0;

  constructor(open: (signal: AbortSignal) => Promise<SshConnection>, limits: PoolLimits) {
    this.#open = open;
    this.#limits = limits;
  }

  /** Does `work` on a connection. @throws SshError `BUSY` when too many wait already */
  async use<Result>(work: (connection: SshConnection) => Promise<Result>): Promise<Result> {
    await this.#enter();
    const member = this.#pick();
    member.channels += 1;
    if (member.idle !== null) clearTimeout(member.idle);
    member.idle = null;
    try {
      return await work(await member.connection);
    } finally {
      member.channels -= 1;
      this.#rest(member);
      this.#leave();
    }
  }

  /** Takes a connection out: nothing new is given to it; it is closed when its last command is done. */
  retire(connection: SshConnection): void {
    for (const member of this.#members) {
      member.connection.then(
        (other) => {
          if (other !== connection) return;
          this.#members.delete(member);
          if (member.channels === 0) other.end();
        },
        () => undefined,
      );
    }
  }

  /** Ends every connection, those that are being made too. What is asked afterwards makes new ones. */
  async close(): Promise<void> {
    this.#opening.abort();
    this.#opening = new AbortController();
    const members = [...this.#members];
    this.#members.clear();
    for (const { idle } of members) if (idle !== null) clearTimeout(idle);
    const connections = await Promise.allSettled(members.map(({ connection }) => connection));
    for (const settled of connections) if (settled.status === "fulfilled") settled.value.end();
  }

  async #enter(): Promise<void> {
    if (this.#busy < this.#limits.connections * this.#limits.channels) {
      this.#busy += 1;
      return;
    }
    if (this.#waiting.length >= this.#limits.waiting)
      throw new SshError("BUSY", "Too many commands wait for this machine; try again later");
    // Whoever leaves hands over its place.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy -= 1;
    else next();
  }

  #pick(): Member {
    const free = [...this.#members].filter(({ channels }) => channels < this.#limits.channels);
    const [best] = free.sort((a, b) => a.channels - b.channels);
    return best ?? this.#add();
  }

  #add(): Member {
    const member: Member = { connection: this.#open(this.#opening.signal), channels: 0, idle: null };
    this.#members.add(member);
    const forget = () => {
      this.#members.delete(member);
      if (member.idle !== null) clearTimeout(member.idle);
    };
    member.connection.then((connection) => connection.closed.then(forget), forget);
    return member;
  }

  #rest(member: Member): void {
    if (member.channels > 0) return;
    const end = () =>
      member.connection.then(
        (connection) => connection.end(),
        () => undefined,
      );
    if (!this.#members.has(member)) void end();
    else {
      member.idle = setTimeout(() => {
        this.#members.delete(member);
        void end();
      }, this.#limits.idleMs);
      member.idle.unref();
    }
  }
}
