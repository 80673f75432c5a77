import type { GraphLayoutRecord } from "autosubmit-reader";

/** Where the jobs of a list are drawn, by position in the list; `y` grows downwards. Whole numbers. */
export interface Positions {
  x: Int32Array;
  y: Int32Array;
}

/** The stored drawing, if it has a place for every job (formats reference §2.5); null otherwise. */
export function storedPositions(names: readonly string[], stored: readonly GraphLayoutRecord[]): Positions | null {
  const byName = new Map(stored.map((record) => [record.job_name, record]));
  const positions = emptyPositions(names.length);
  for (const [index, name] of names.entries()) {
    const place = byName.get(name);
    if (place === undefined || !Number.isFinite(place.x) || !Number.isFinite(place.y)) return null;
    positions.x[index] = place.x;
    positions.y[index] = place.y;
  }
  return positions;
}

/** All jobs at the origin. */
export function emptyPositions(size: number): Positions {
  return { x: new Int32Array(size), y: new Int32Array(size) };
}
