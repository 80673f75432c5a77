import { isLazyText, type LazyText } from "../presenters/lazy-text.js";
import { ByteWriter } from "./byte-writer.js";
import { jsonBytes } from "./json-bytes.js";

/** What is sent of a body, in a buffer of its own that can be transferred: UTF-8, JSON unless the body is a text. */
export function bodyBytes(body: unknown): Uint8Array {
  return isLazyText(body) ? textBytes(body) : jsonBytes(body);
}

function textBytes({ pieceCount, pieceAt }: LazyText): Uint8Array {
  const writer = new ByteWriter();
  for (let index = 0; index < pieceCount; index += 1) {
    const piece = pieceAt(index);
    writer.makeRoom(piece, { start: 0, done: index, total: pieceCount });
    writer.write(piece);
  }
  return writer.finish();
}
