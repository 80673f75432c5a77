/** A body that is text and no JSON: its pieces are only made when they are written, one after the other. */
export interface LazyText {
  readonly pieceCount: number;
  pieceAt(index: number): string;
}

export function isLazyText(value: unknown): value is LazyText {
  return typeof value === "object" && value !== null && "pieceAt" in value;
}
