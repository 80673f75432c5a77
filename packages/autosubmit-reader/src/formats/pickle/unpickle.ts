import { scanPickle } from "./scan.js";
import { createValueReader, type PickleValue, readValue } from "./values.js";

/** Bounds of one `unpickle`. */
export interface UnpickleOptions {
  /** Larger input is refused; 1 GiB unless told. */
  maxBytes?: number;
  /** Keys, values and items in the result, a container counting 4 more; 2^25 unless told. A small file can describe many. */
  maxValues?: number;
}

/**
 * Reads a Python pickle of protocol 0 to 5 as plain data (see `PickleValue`). No name in it is ever looked up outside an
 * allow-list of our own constructors, and nothing is called: a pickle made to run code gives an `OpaqueValue`. Text of
 * Python 2 (`STRING`, `BINSTRING`) is decoded as latin1. Bytes behind the end of the pickle are ignored.
 *
 * differs: where CPython fails on account of a value (an unhashable dict key, an impossible date, invalid UTF-8) the value is
 * kept as it is, opaque, or with U+FFFD, and the rest is read.
 *
 * @throws AutosubmitReadError `SOURCE_CORRUPT` (`PickleTruncatedError` when the input ends before the pickle does) or
 *   `SOURCE_TOO_LARGE`; `offset` is the byte of the opcode at fault
 */
export function unpickle(bytes: Uint8Array, options: UnpickleOptions = {}): PickleValue {
  const tape = scanPickle(bytes, options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes });
  return readValue(createValueReader(tape, options.maxValues), tape.root);
}
