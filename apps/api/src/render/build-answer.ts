import { createHash } from "node:crypto";
import { createTimeZone, type TimeZone } from "@autosubmit-api/shared-types";
import type { Site } from "autosubmit-reader";
import { LRUCache } from "lru-cache";
import { answerHoldsForMs } from "./answer-validity.js";
import { bodyBytes } from "./body-bytes.js";
import { codingFor, compress } from "./compress.js";
import { toErrorData } from "./error-data.js";
import { freeMemory } from "./free-memory.js";
import type { RenderAnswer, RenderTask, ThreadSettings } from "./protocol.js";
import { RenderCancelledError, Snapshot, SourceCache, type UsedSource } from "./snapshot.js";
import { ReadLog, type ThreadWork } from "./thread-work.js";
import type { View, ViewContext, ViewNote } from "./view.js";
import { VIEWS } from "./views/index.js";

/** Answers of some 2 kB each. */
const REMEMBERED_BYTES = 4 * 1024 * 1024;
/** Of an answer that is remembered, and of each source that it used, beside their texts. */
const ANSWER_BYTES = 500;
const SOURCE_BYTES = 150;
/** Smaller bodies are left to the garbage collector. */
const LARGE_BYTES = 1024 * 1024;

/** What a finished answer was built from: enough to tell later, without building it again, whether it still holds. */
interface Built {
  etag: string;
  used: readonly UsedSource[];
  /** Epoch milliseconds of tasks: from then on, the clock has changed it. */
  holdsUntilMs: number;
}

/** An answer before it is said what work it was. */
type Answer = RenderAnswer extends infer Kind
  ? Kind extends { work: ThreadWork }
    ? Omit<Kind, "work">
    : never
  : never;

/** Answers tasks one after the other, keeping parsed sources between them. */
export class AnswerBuilder {
  readonly #site: Site;
  readonly #timeZone: TimeZone;
  readonly #sources: SourceCache;
  /** The body of the last answer, before it was packed. */
  #leftOver: Uint8Array | null = null;
  readonly #built = new LRUCache<string, Built>({ maxSize: REMEMBERED_BYTES, sizeCalculation: sizeOf });

  constructor(site: Site, settings: Pick<ThreadSettings, "timeZone" | "sourceCacheBytes">) {
    this.#site = site;
    this.#timeZone = createTimeZone(settings.timeZone);
    this.#sources = new SourceCache(settings.sourceCacheBytes);
  }

  /** Never rejects: whatever goes wrong is data. */
  async answer(task: RenderTask): Promise<RenderAnswer> {
    const notes: ViewNote[] = [];
    const log = new ReadLog();
    const startedAtMs = Date.now();
    const start = performance.now();
    const withWork = (answer: Answer): RenderAnswer => {
      const { reads, reused } = log;
      const durationMs = performance.now() - start;
      return {
        ...answer,
        work: { startedAtMs, durationMs, reads, reused, sourceCacheBytes: this.#sources.sizeBytes },
      };
    };
    try {
      return withWork(await this.#answerOrThrow(task, notes, log));
    } catch (error) {
      if (error instanceof RenderCancelledError) return { kind: "cancelled" };
      return withWork({ kind: "failed", error: toErrorData(error), notes });
    }
  }

  async #answerOrThrow(task: RenderTask, notes: ViewNote[], log: ReadLog): Promise<Answer> {
    const start = performance.now();
    const view = viewOf(task.view);
    const key = JSON.stringify([task.view, task.expid, task.parameters]);
    const cancelled = new Int32Array(task.cancelled);
    const isCancelled = () => Atomics.load(cancelled, 0) === 1;
    const unanswered = new Set(task.unanswered);
    const snapshot = new Snapshot(this.#site, task.expid, this.#sources, isCancelled, log, unanswered);

    const before = this.#built.get(key);
    if (before !== undefined && before.etag === task.knownEtag && (await stillHolds(before, snapshot, task.nowMs)))
      return { kind: "unchanged", etag: before.etag, notes };

    const context: ViewContext = {
      now: new Date(task.nowMs),
      timeZone: this.#timeZone,
      note: (note) => void notes.push(note),
    };
    const { status, body, changesWithTime } = await view.build(snapshot, task.parameters, context);
    if (isCancelled()) throw new RenderCancelledError();
    const bytes = bodyBytes(body);
    const etag = `"${createHash("sha1").update(`${status} `).update(bytes).digest("base64url")}"`;
    const holdsForMs = answerHoldsForMs(view, changesWithTime, performance.now() - start);
    if (holdsForMs > 0)
      this.#built.set(key, { etag, used: [...snapshot.used.values()], holdsUntilMs: task.nowMs + holdsForMs });
    this.#leftOver = bytes;
    if (etag === task.knownEtag) return { kind: "unchanged", etag, notes };
    const coding = status === 200 ? codingFor(task.coding, bytes.byteLength) : "identity";
    const contentBytes = bytes.byteLength;
    return { kind: "built", status, etag, coding, bytes: compress(bytes, coding), contentBytes, notes };
  }

  /** To be called once the last answer is on its way: frees what is large of it and was not sent. */
  tidyUp(): void {
    // Of a body that was sent as it is, nothing is left here.
    if (this.#leftOver !== null && this.#leftOver.byteLength >= LARGE_BYTES) freeMemory(this.#leftOver.buffer);
    this.#leftOver = null;
  }
}

function viewOf(name: string): View {
  const view: View | undefined = Object.hasOwn(VIEWS, name) ? (VIEWS as Record<string, View>)[name] : undefined;
  if (view === undefined) throw new Error(`there is no view ${name}`);
  return view;
}

function sizeOf({ etag, used }: Built, key: string): number {
  const ofSource = ({ name, was }: UsedSource) => SOURCE_BYTES + name.length + (was?.length ?? 0);
  return used.reduce((bytes, source) => bytes + ofSource(source), ANSWER_BYTES + key.length + etag.length);
}

/** Looks at all sources at once: one after the other would wait for the file system thirty times. */
async function stillHolds({ used, holdsUntilMs }: Built, snapshot: Snapshot, nowMs: number): Promise<boolean> {
  if (nowMs >= holdsUntilMs) return false;
  const now = await Promise.all(used.map((source) => snapshot.fingerprint(source)));
  return used.every(({ was }, index) => now[index] === was);
}
