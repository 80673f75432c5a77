import type { FileWaitObserver } from "./file-wait.js";

/** After this part of the time-out, another thread takes the place of one that waits for the file system. */
const ASIDE_SHARE = 1 / 6;
/** How often, within that part, it is looked at. */
const LOOKS = 4;

/** Each is called once, with the path of the call that the thread is in. */
export interface FileHangHandlers {
  /** It may be long: nobody else should wait for this thread. */
  aside(path: string): void;
  /** It is too long. */
  tooLong(path: string): void;
}

/** Looks, until it is stopped, whether a thread waits for the file system. */
export function watchFileCalls(
  worker: { waitsForFile(): ReturnType<FileWaitObserver["look"]> },
  timeoutMs: number,
  { aside, tooLong }: FileHangHandlers,
): { stop(): void } {
  const asideMs = timeoutMs * ASIDE_SHARE;
  let isAside = false;
  const timer = setInterval(() => {
    const waiting = worker.waitsForFile();
    if (waiting === null || waiting.durationMs < asideMs) return;
    if (!isAside) aside(waiting.path);
    isAside = true;
    if (waiting.durationMs < timeoutMs) return;
    clearInterval(timer);
    tooLong(waiting.path);
  }, asideMs / LOOKS);
  return { stop: () => clearInterval(timer) };
}
