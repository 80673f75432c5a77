import type { Positions } from "./positions.js";

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Coordinates stay far below this, so that two of them make one exact number. */
const COORDINATE_RANGE = 2 ** 26;

/**
 * Moves jobs that share a square of a grid apart, in place, so that no two lie on the same spot: they are set around the
 * first one like the seeds of a sunflower. Jobs that are alone on their square stay where they are.
 * @param distance width of the squares, and about the distance of the seeds
 */
export function separateOverlaps(positions: Positions, distance: number): void {
  const seeds = new Map<number, number>();
  const taken = new Set<number>();
  for (let job = 0; job < positions.x.length; job += 1) {
    let x = positions.x[job] ?? 0;
    let y = positions.y[job] ?? 0;
    const square = spotOf(Math.floor(x / distance), Math.floor(y / distance));
    const seed = seeds.get(square) ?? 0;
    seeds.set(square, seed + 1);
    x = Math.round(x + distance * Math.sqrt(seed) * Math.cos(seed * GOLDEN_ANGLE));
    y = Math.round(y + distance * Math.sqrt(seed) * Math.sin(seed * GOLDEN_ANGLE));
    // Seeds of neighbouring squares may meet: a step aside is enough.
    while (taken.has(spotOf(x, y))) x += 1;
    taken.add(spotOf(x, y));
    positions.x[job] = x;
    positions.y[job] = y;
  }
}

function spotOf(x: number, y: number): number {
  return x * COORDINATE_RANGE + y;
}
