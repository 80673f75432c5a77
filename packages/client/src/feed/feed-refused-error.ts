/** The API refuses the feed, and would again: no or an expired login (401), no such experiment (404), a wrong parameter (422). */
export class FeedRefusedError extends Error {
  override readonly name = "FeedRefusedError";

  constructor(
    message: string,
    /** Of the answer. */
    readonly status: number,
    /** The number of the last event that was told, to go on from with `since`; null before the first. */
    readonly position: number | null,
  ) {
    super(message);
  }
}
