import type { EventJournalRepository, JournalEvent } from "@autosubmit-api/db";
import type { TimeZone } from "@autosubmit-api/shared-types";
import type { Logger } from "pino";
import { eventFrame, heartbeatFrame, noticeFrame } from "./event-frames.js";
import type { EventSelection } from "./event-selection.js";
import type { ByeReason, EventStream } from "./event-stream.js";
import { type FollowerListener, JournalFollower } from "./journal-follower.js";

export interface LiveFeedSettings {
  journal: EventJournalRepository;
  timeZone: TimeZone;
  logger: Logger;
  /** Streams of one user, or of one address where nobody is logged in; and of all together. */
  mostPerUser: number;
  mostStreams: number;
  /** How long a client may leave what it was sent unread before it is sent away, in milliseconds. */
  patienceMs: number;
}

/** A client of the feed. */
interface Subscriber {
  stream: EventStream;
  selection: EventSelection;
  /** Events up to this number need not be sent any more. */
  cursor: number;
  /** Whether the follower's events go to it. While it reads more slowly than they come, it is sent them from the journal. */
  isLive: boolean;
  openedAt: number;
}

const HEARTBEAT_MS = 15_000;
/** Who may read may change: clients show their token again after that. */
const LONGEST_STREAM_MS = 3_600_000;
const REPLAY_PAGE = 1_000;

/** Sends events to any number of clients; the journal is read once for all. */
export class LiveFeed {
  readonly #settings: LiveFeedSettings;
  readonly #follower: JournalFollower;
  readonly #subscribers = new Set<Subscriber>();
  readonly #streamsByUser = new Map<string, number>();
  readonly #listener: FollowerListener;
  #heartbeat: NodeJS.Timeout | null = null;

  constructor(settings: LiveFeedSettings) {
    this.#settings = settings;
    this.#follower = new JournalFollower(settings);
    this.#listener = {
      events: (events) => this.#tell(events),
      restart: (position) => this.#restart(position),
    };
  }

  /** Streams that are open. */
  get size(): number {
    return this.#subscribers.size;
  }

  /** Takes a place for a stream of that user. @returns whether there was one; it must be given back with `release` */
  reserve(user: string): boolean {
    const { mostPerUser, mostStreams } = this.#settings;
    const own = this.#streamsByUser.get(user) ?? 0;
    if (own >= mostPerUser || this.#total() >= mostStreams) return false;
    this.#streamsByUser.set(user, own + 1);
    return true;
  }

  release(user: string): void {
    const left = (this.#streamsByUser.get(user) ?? 1) - 1;
    if (left > 0) this.#streamsByUser.set(user, left);
    else this.#streamsByUser.delete(user);
  }

  /**
   * Sends what the client missed and then what comes, until it goes. The response is not begun before the journal was read.
   * @param since the number of the last event that the client has; null to begin now
   * @throws DatabaseError when the journal cannot be read
   */
  async subscribe(since: number | null, selection: EventSelection, open: () => EventStream): Promise<void> {
    const { removedThrough, newest } = await this.#settings.journal.bounds();
    const position = await this.#follower.listen(this.#listener);
    const isGap = since !== null && (since < removedThrough || since > newest);
    const cursor = since === null || isGap ? Math.max(newest, position) : since;
    const stream = open();
    const subscriber: Subscriber = { stream, selection, cursor, isLive: false, openedAt: performance.now() };
    this.#subscribers.add(subscriber);
    this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
    stream.onClose(() => this.#drop(subscriber));
    stream.send(noticeFrame({ notice: isGap ? "reset" : "open", id: cursor }));
    void this.#catchUp(subscriber);
  }

  /** Ends all streams; clients come back after a moment, to a server that is there. */
  close(): void {
    for (const { stream } of this.#subscribers) stream.end("the server stops", 1_000 + Math.random() * 4_000);
    this.#follower.close();
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
  }

  #total(): number {
    let total = 0;
    for (const own of this.#streamsByUser.values()) total += own;
    return total;
  }

  #drop(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size > 0) return;
    this.#follower.leave(this.#listener);
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }

  /** Sends what the client has yet to be told, as fast as it reads, until it can take part in what the follower tells. */
  async #catchUp(subscriber: Subscriber): Promise<void> {
    const { logger, patienceMs } = this.#settings;
    const { stream } = subscriber;
    try {
      while (stream.isOpen && !subscriber.isLive) {
        if (await stream.drained(patienceMs)) await this.#sendMore(subscriber);
        else stream.end("too slow", 5_000);
      }
    } catch (error) {
      logger.warn({ err: error }, "a client of the feed could not be told what it missed");
      // It comes back with the number that it has reached.
      stream.cut();
    }
  }

  async #sendMore(subscriber: Subscriber): Promise<void> {
    const { cursor } = subscriber;
    const { position } = this.#follower;
    if (position === null || cursor >= position) {
      subscriber.isLive = true;
      return;
    }
    const missed = this.#follower.recentAfter(cursor) ?? (await this.#settings.journal.listAfter(cursor, REPLAY_PAGE));
    if (missed.length > 0) this.#send(subscriber, missed);
    else this.#reset(subscriber, position);
  }

  /** Sends events until there are no more, or the client has enough to read. */
  #send(subscriber: Subscriber, events: readonly JournalEvent[], frames?: Map<number, Buffer>): void {
    const { stream, selection } = subscriber;
    for (const event of events) {
      if (event.id <= subscriber.cursor) continue;
      if (stream.isFull) return;
      subscriber.cursor = event.id;
      if (selection.wants(event)) stream.send(this.#frameOf(event, frames));
    }
  }

  /** The frame of an event is made once for all clients. */
  #frameOf(event: JournalEvent, frames: Map<number, Buffer> | undefined): Buffer {
    const known = frames?.get(event.id);
    if (known !== undefined) return known;
    const frame = eventFrame(event, this.#settings.timeZone);
    frames?.set(event.id, frame);
    return frame;
  }

  #tell(events: readonly JournalEvent[]): void {
    const frames = new Map<number, Buffer>();
    const newest = events.at(-1)?.id ?? 0;
    for (const subscriber of this.#subscribers) {
      if (!subscriber.isLive) continue;
      this.#send(subscriber, events, frames);
      if (subscriber.cursor >= newest) continue;
      subscriber.isLive = false;
      void this.#catchUp(subscriber);
    }
  }

  #restart(position: number): void {
    for (const subscriber of this.#subscribers) this.#reset(subscriber, position);
  }

  #reset(subscriber: Subscriber, position: number): void {
    subscriber.cursor = position;
    subscriber.stream.send(noticeFrame({ notice: "reset", id: position }));
  }

  #beat(): void {
    const now = performance.now();
    for (const subscriber of this.#subscribers) {
      const { stream, selection, cursor, isLive, openedAt } = subscriber;
      if (now - openedAt > LONGEST_STREAM_MS) this.#farewell(stream, "the stream is old: open it again");
      else if (isLive) stream.send(heartbeatFrame(cursor));
      // What the records say of owners and statuses is a matter of minutes; a look that fails is made again.
      selection.refresh().catch(() => undefined);
    }
  }

  #farewell(stream: EventStream, reason: ByeReason): void {
    stream.end(reason, 100 + Math.random() * 1_000);
  }
}
