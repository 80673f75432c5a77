import { AutosubmitReadError, type ReadErrorCode } from "autosubmit-reader";

/** One source that a thread read, for metrics and traces. */
export interface SourceRead {
  /** The source's name without its parameters, so that there are few of them. */
  source: string;
  /** Epoch milliseconds. */
  startedAtMs: number;
  durationMs: number;
  /** Null when it was read. */
  error: ReadErrorCode | "UNEXPECTED" | null;
}

/** What a thread did for one task. */
export interface ThreadWork {
  /** Epoch milliseconds. */
  startedAtMs: number;
  durationMs: number;
  /** The first of them, in the order in which they ended. */
  reads: SourceRead[];
  /** How often a source was as it had been, and was not read again; by name. */
  reused: Record<string, number>;
  /** Parsed sources that the thread keeps. */
  sourceCacheBytes: number;
}

/** Views of the whole site read sources of thousands of experiments; a sample of that size tells enough. */
const RECORDED_READS = 200;

/** Keeps count of what one task reads. */
export class ReadLog {
  readonly reads: SourceRead[] = [];
  readonly reused: Record<string, number> = {};

  /** Measures `read`; whatever it throws is thrown. */
  async measure<Value>(name: string, read: () => Promise<Value>): Promise<Value> {
    const startedAtMs = Date.now();
    const start = performance.now();
    let error: SourceRead["error"] = null;
    try {
      return await read();
    } catch (cause) {
      error = cause instanceof AutosubmitReadError ? cause.code : "UNEXPECTED";
      throw cause;
    } finally {
      if (this.reads.length < RECORDED_READS)
        this.reads.push({ source: familyOf(name), startedAtMs, durationMs: performance.now() - start, error });
    }
  }

  reuse(name: string): void {
    const family = familyOf(name);
    this.reused[family] = (this.reused[family] ?? 0) + 1;
  }
}

/** `run-configuration/3` is one of `run-configuration`. */
function familyOf(name: string): string {
  const slash = name.indexOf("/");
  return slash < 0 ? name : name.slice(0, slash);
}
