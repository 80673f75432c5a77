import { AutosubmitReadError, type ReadErrorCode } from "autosubmit-reader";
import { RenderFailedError } from "./errors.js";

/** An error as data, since classes do not survive the thread border. */
export interface ErrorData {
  name: string;
  message: string;
  stack: string;
  /** Null for anything but a read error. */
  read: ReadErrorData | null;
}

interface ReadErrorData {
  code: ReadErrorCode;
  expid: string | null;
  path: string | null;
  offset: number | null;
  line: number | null;
  column: number | null;
}

export function toErrorData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: "", read: null };
  const { name, message } = error;
  const read = error instanceof AutosubmitReadError ? readErrorData(error) : null;
  return { name, message, stack: withCauses(error), read };
}

function readErrorData({ code, expid, path, offset, line, column }: AutosubmitReadError): ReadErrorData {
  return { code, expid, path, offset, line, column };
}

/** The stack and those of what caused it, as Node prints them; at most five, for causes that form a ring. */
function withCauses(error: Error): string {
  const stacks: string[] = [];
  for (let current: unknown = error; current instanceof Error && stacks.length < 5; current = current.cause)
    stacks.push(current.stack ?? `${current.name}: ${current.message}`);
  return stacks.join("\ncaused by ");
}

/** A read error as it was thrown; anything else, a programming error, as the cause of a `RenderFailedError`. */
export function fromErrorData(data: ErrorData): Error {
  const error = data.read === null ? new RenderFailedError(data) : rebuildReadError(data.message, data.read);
  error.stack = data.stack;
  return error;
}

function rebuildReadError(message: string, { code, ...details }: ReadErrorData): AutosubmitReadError {
  const given = Object.entries(details).filter(([, value]) => value !== null);
  return new AutosubmitReadError(code, message, Object.fromEntries(given));
}
