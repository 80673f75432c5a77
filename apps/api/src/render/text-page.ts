/**
 * A stretch of a long text that is sent piece by piece: the body of a view that answers in pages, so that neither the
 * thread nor the main thread ever holds all of it.
 */
export interface TextPage {
  text: string;
  /** How many records the text holds. */
  records: number;
  /** What to ask for next; null at the end. */
  next: number | null;
}
