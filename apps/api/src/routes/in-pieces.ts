import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";

/** What a client that keeps up takes in a fraction of a millisecond. */
const PIECE_BYTES = 512 * 1024;

/**
 * A body as it is to be sent: a large one in pieces, each in a turn of the event loop of its own. Given to the socket as a
 * whole, a body is written for as long as its client keeps up, and nobody else is served meanwhile: 44 ms for one of 170 MB.
 */
export function inPieces(body: Buffer): Buffer | Readable {
  return body.byteLength <= 2 * PIECE_BYTES ? body : Readable.from(piecesOf(body), { objectMode: false });
}

async function* piecesOf(body: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < body.byteLength; start += PIECE_BYTES) {
    yield body.subarray(start, start + PIECE_BYTES);
    await nextTurn();
  }
}
