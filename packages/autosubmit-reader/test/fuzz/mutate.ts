/** A generator of whole numbers below `limit`, always the same ones for a seed. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const LONGEST_PIECE = 64;

/** One to four changes: bytes replaced, flipped, filled, removed, repeated, moved or cut off, or a word of the format put in. */
export function mutate(original: Buffer, words: readonly string[], random: (limit: number) => number): Buffer {
  let bytes = Buffer.from(original);
  for (let change = random(4); change >= 0 && bytes.length > 0; change -= 1) {
    const at = random(bytes.length);
    const piece = bytes.subarray(at, at + 1 + random(LONGEST_PIECE));
    const word = Buffer.from(words[random(Math.max(1, words.length))] ?? "\0");
    switch (random(8)) {
      case 0:
        bytes[at] = random(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        break;
      case 2:
        bytes.fill(random(2) * 0xff, at, Math.min(at + 8, bytes.length));
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + piece.length)]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), piece, piece, bytes.subarray(at)]);
        break;
      case 5:
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(random(bytes.length))]);
        break;
      case 6:
        bytes = Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(at + random(2) * word.length)]);
        break;
      default:
        bytes = bytes.subarray(0, at);
    }
  }
  return bytes;
}
