/**
 * Where lines of a log start, so that line 10,000,000 is found without counting from the start again. Lines and bytes (of
 * the text, so after decompression) count from 0. It is at most some 100 KB large, whatever the log.
 */
export interface LineIndex {
  /** Rising; lines in between are counted from the one before. */
  marks: { line: number; offset: number }[];
  /** Bytes from one mark to the next, at least. */
  step: number;
  /** How many lines and bytes there are; null until the end was seen. */
  total: { lines: number; bytes: number } | null;
}

const FIRST_STEP = 1024 * 1024;
const MOST_MARKS = 4_096;

export function createLineIndex(): LineIndex {
  return { marks: [{ line: 0, offset: 0 }], step: FIRST_STEP, total: null };
}

/** The last mark at or before a line. */
export function markBefore(index: LineIndex, line: number): { line: number; offset: number } {
  return findLast(index, (mark) => mark.line <= line);
}

/** The last mark at or before a byte. */
export function markBeforeByte(index: LineIndex, offset: number): { line: number; offset: number } {
  return findLast(index, (mark) => mark.offset <= offset);
}

function findLast({ marks }: LineIndex, holds: (mark: { line: number; offset: number }) => boolean) {
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const mark = marks[middle];
    if (mark !== undefined && holds(mark)) low = middle;
    else high = middle - 1;
  }
  return marks[low] ?? { line: 0, offset: 0 };
}

/** Notes where a line starts, when it is far enough from the last note. */
export function markLine(index: LineIndex, line: number, offset: number): void {
  const last = index.marks.at(-1);
  if (last !== undefined && offset - last.offset < index.step) return;
  index.marks.push({ line, offset });
  if (index.marks.length <= MOST_MARKS) return;
  index.marks = index.marks.filter((_, position) => position % 2 === 0);
  index.step *= 2;
}
