import { AutosubmitReadError, SourceUnavailableError } from "autosubmit-reader";
import type { Logger } from "pino";
import { AnswerCache } from "./answer-cache.js";
import { type ContentCoding, recode } from "./compress.js";
import { fromErrorData } from "./error-data.js";
import { RenderAbandonedError, RenderOverloadedError, RenderTimeoutError } from "./errors.js";
import type { RenderLane } from "./lane.js";
import { LaneSet, type LaneSetSettings } from "./lane-set.js";
import type { Body, RenderAnswer, RenderTask } from "./protocol.js";
import type { PoolState, RenderObserver, RenderOutcome } from "./render-observer.js";
import type { ViewParameters } from "./view.js";
import type { ParametersOf, ViewName } from "./views/index.js";

export interface RenderPoolSettings extends LaneSetSettings {
  /** Memory for finished answers. */
  answerCacheBytes: number;
}

/** What to build. */
export interface RenderRequest<Name extends ViewName> extends AnyRequest {
  view: Name;
  parameters: ParametersOf<Name>;
}

interface AnyRequest {
  view: string;
  /** Null for views of the whole site. */
  expid: string | null;
  parameters: ViewParameters;
  /** False for an answer that is asked for once, such as a page of a long text: it would only push out others. */
  keep?: boolean;
  /** Few small reads, of however large an experiment: it never waits for views that read one whole, see `LaneSet`. */
  light?: boolean;
  /**
   * The ETag of the answer that the client has. When that still holds and is not kept here, being too large or of an earlier
   * time, the answer is status 304 without bytes instead of being built again.
   */
  clientEtag?: string;
  /** How the client takes the bytes; small ones come as they are. Default `identity`. */
  coding?: ContentCoding;
  /** The id of the request, for the log lines of what was met while it was answered. */
  requestId?: string;
}

interface Flight {
  answer: Promise<Body>;
  waiting: number;
  abandon: AbortController;
}

/** What of a task depends on what is asked. */
type AskedTask = Pick<RenderTask, "view" | "expid" | "parameters" | "knownEtag" | "coding">;

/** Experiments that are found not to answer while one answer is built. */
const MOST_LEFT_OUT = 4;
const CODINGS: readonly ContentCoding[] = ["br", "gzip", "identity"];
/** Joining so many bytes on the main thread takes some milliseconds. */
const MOST_UNPACKED_BYTES = 8 * 1024 * 1024;

function keyOf({ view, expid, parameters }: AnyRequest, coding: ContentCoding): string {
  return JSON.stringify([coding, view, expid, parameters]);
}

function unchanged(etag: string): Body {
  return { status: 304, etag, coding: "identity", bytes: new Uint8Array(0), contentBytes: 0 };
}

/**
 * Builds views in threads. Each experiment always meets the same thread, so that its parsed sources are there; identical
 * requests at the same time are built once; unchanged answers are kept and only checked.
 */
export class RenderPool {
  readonly #lanes: LaneSet;
  readonly #flights = new Map<string, Flight>();
  readonly #answers: AnswerCache;
  readonly #clock: () => Date;
  readonly #logger: Logger;
  /** What each lane's thread said last of the sources that it keeps. */
  readonly #sourceBytes = new Map<RenderLane, number>();
  readonly #observers: RenderObserver[] = [];

  constructor(settings: RenderPoolSettings, clock: () => Date) {
    const logger = settings.logger.child({ component: "render" });
    this.#lanes = new LaneSet(settings, logger);
    this.#answers = new AnswerCache(settings.answerCacheBytes, (buffer) => this.#lanes.free(buffer));
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Resolves when every thread has loaded its program. @throws RenderThreadLostError */
  async start(): Promise<void> {
    await Promise.all(this.#lanes.all.map(({ lane }) => lane.start()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.all.map(({ lane }) => lane.close()));
  }

  /** Tells `observer` of every answer from now on. */
  observe(observer: RenderObserver): void {
    this.#observers.push(observer);
  }

  /** What the pool holds and is at, for metrics. */
  get state(): PoolState {
    const lanes = this.#lanes.all.map(({ kind, lane }) => {
      const { waiting, isBusy, threadsLost } = lane;
      return { kind, waiting, isBusy, threadsLost, sourceCacheBytes: this.#sourceBytes.get(lane) ?? 0 };
    });
    return {
      lanes,
      answers: { count: this.#answers.count, bytes: this.#answers.sizeBytes },
      waitingForFiles: this.#lanes.files.count,
    };
  }

  /**
   * How many bytes there are to read of an experiment, see `readExperimentBytes`. Looked at in a thread: what waits for a
   * file system that hangs must not be one of the few threads that Node has for the files of the whole process.
   */
  async measureExperiment(expid: string): Promise<number> {
    const task = this.#task({ view: "experiment-bytes", expid, parameters: {}, knownEtag: null, coding: "identity" });
    const answer = await this.#lanes.lightOf(expid).run(task, new AbortController().signal, false);
    return answer.kind === "built" ? Number(new TextDecoder().decode(answer.bytes)) : 0;
  }

  /**
   * The answer, or status 304 without bytes, see `clientEtag`. Its bytes stay until they are released.
   * @param signal the client went away
   * @throws AutosubmitReadError as the view threw it, and the errors of `./errors.js`
   */
  async render<Name extends ViewName>(request: RenderRequest<Name>, signal?: AbortSignal): Promise<Body> {
    const key = keyOf(request, request.coding ?? "identity");
    // Clients that have different answers only share one that is whole.
    const flightKey = this.#answers.find(key) === null ? `${key} ${request.clientEtag ?? ""}` : key;
    let flight = this.#flights.get(flightKey);
    if (flight !== undefined) for (const observer of this.#observers) observer.joined(request.view);
    if (flight === undefined) {
      flight = this.#takeOff(flightKey, request);
      this.#flights.set(flightKey, flight);
    }
    return this.#board(flightKey, flight, signal);
  }

  /** To be called once the bytes of an answer were sent, or are not going to be: they must not be used after. */
  release(body: Body): void {
    this.#answers.release(body);
  }

  #takeOff(flightKey: string, request: AnyRequest): Flight {
    const abandon = new AbortController();
    const answer = this.#build(request, abandon.signal).finally(() => this.#land(flightKey, flight));
    answer.then(
      // By then, everybody who waits for it holds it.
      (body) => void setImmediate(() => this.release(body)),
      // Clients that are still there hear of a failure themselves; when all left, nobody does.
      () => undefined,
    );
    const flight: Flight = { answer, waiting: 0, abandon };
    return flight;
  }

  #board(key: string, flight: Flight, signal: AbortSignal | undefined): Promise<Body> {
    if (signal?.aborted) return Promise.reject(new RenderAbandonedError());
    flight.waiting += 1;
    const held = flight.answer.then((body) => {
      if (!signal?.aborted) this.#answers.hold(body);
      return body;
    });
    if (signal === undefined) return held;
    return new Promise((resolve, reject) => {
      const leave = () => {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          this.#land(key, flight);
          flight.abandon.abort();
        }
        reject(new RenderAbandonedError());
      };
      signal.addEventListener("abort", leave, { once: true });
      held.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    });
  }

  #land(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }

  /** The answer, held once. */
  async #build(request: AnyRequest, signal: AbortSignal): Promise<Body> {
    const known = this.#answers.find(keyOf(request, request.coding ?? "identity"));
    const sibling = known === null ? this.#findInOtherCoding(request, request.coding ?? "identity") : null;
    const found = known ?? sibling;
    // While the thread looks whether they still hold, others may push them out of the cache.
    if (found !== null) this.#answers.hold(found);
    try {
      const body = await this.#buildUnlessKnown(request, { known, sibling }, signal);
      this.#answers.hold(body);
      return this.#keep(request, body);
    } finally {
      if (found !== null) this.release(found);
    }
  }

  async #buildUnlessKnown(
    request: AnyRequest,
    { known, sibling }: { known: Body | null; sibling: Body | null },
    signal: AbortSignal,
  ): Promise<Body> {
    const { view, expid, parameters, coding = "identity", clientEtag } = request;
    const knownEtag = known?.etag ?? sibling?.etag ?? clientEtag ?? null;
    const asked = { view, expid, parameters, knownEtag, coding };
    const answer = await this.#observed(request, known !== null, (lane) => {
      if (knownEtag === null && this.#lanes.isForLarge(lane)) this.#answers.makeWay();
      return this.#runUnhindered(lane, asked, signal);
    });
    this.#logNotes(request, answer);
    if (answer.kind === "cancelled") throw new RenderAbandonedError();
    if (answer.kind === "failed") throw fromErrorData(answer.error);
    if (answer.kind === "built") {
      const { kind, notes, work, ...body } = answer;
      return body;
    }
    if (known !== null) return known;
    if (sibling === null || clientEtag === answer.etag) return unchanged(answer.etag);
    const bytes = await recode(sibling.bytes, sibling.coding, coding);
    return { ...sibling, coding, bytes };
  }

  /** Views of the whole site go on without the experiments that turn out not to answer. */
  async #runUnhindered(lane: RenderLane, asked: AskedTask, signal: AbortSignal): Promise<RenderAnswer> {
    for (let left = MOST_LEFT_OUT; ; left -= 1) {
      try {
        return await lane.run(this.#task(asked), signal);
      } catch (error) {
        const isOfOne = error instanceof SourceUnavailableError && error.expid !== null && asked.expid === null;
        if (!isOfOne || left === 0) throw error;
      }
    }
  }

  #task(asked: AskedTask): Omit<RenderTask, "cancelled"> {
    return { ...asked, nowMs: this.#clock().getTime(), unanswered: this.#lanes.files.expids };
  }

  #keep(request: AnyRequest, body: Body): Body {
    const isKept = this.#answers.find(keyOf(request, request.coding ?? "identity")) === body;
    if (body.status === 200 && request.keep !== false && !isKept)
      this.#answers.keep(keyOf(request, request.coding ?? "identity"), body);
    return body;
  }

  /** The same answer as other clients take it. What is large is not unpacked: that would only move the work to this thread. */
  #findInOtherCoding(request: AnyRequest, coding: ContentCoding): Body | null {
    for (const other of CODINGS) {
      const body = this.#answers.find(keyOf(request, other));
      if (body !== null && (coding !== "identity" || body.contentBytes <= MOST_UNPACKED_BYTES)) return body;
    }
    return null;
  }

  async #observed(
    request: AnyRequest,
    isKept: boolean,
    run: (lane: RenderLane) => Promise<RenderAnswer>,
  ): Promise<RenderAnswer> {
    const { view, expid } = request;
    const startedAtMs = Date.now();
    const start = performance.now();
    const lane = await this.#lanes.of(request);
    const tell = (outcome: RenderOutcome, answer: RenderAnswer | null) => {
      const work = answer === null || answer.kind === "cancelled" ? null : answer.work;
      if (work !== null) this.#sourceBytes.set(lane, work.sourceCacheBytes);
      const durationMs = performance.now() - start;
      for (const observer of this.#observers)
        observer.answered({ view, expid, outcome, startedAtMs, durationMs, work });
    };
    try {
      const answer = await run(lane);
      tell(answer.kind === "unchanged" ? (isKept ? "kept" : "not-modified") : answer.kind, answer);
      return answer;
    } catch (error) {
      tell(outcomeOf(error), null);
      throw error;
    }
  }

  #logNotes({ view, expid, requestId }: AnyRequest, answer: RenderAnswer): void {
    if (answer.kind === "cancelled") return;
    for (const { level, message, fields } of answer.notes)
      this.#logger[level]({ ...(requestId && { reqId: requestId }), view, expid, ...fields }, message);
  }
}

function outcomeOf(error: unknown): RenderOutcome {
  if (error instanceof RenderAbandonedError) return "cancelled";
  if (error instanceof AutosubmitReadError) return "failed";
  if (error instanceof RenderOverloadedError) return "overloaded";
  return error instanceof RenderTimeoutError ? "timeout" : "lost";
}
