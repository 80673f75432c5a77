import { type Eigenpair, largestTridiagonalEigenpair } from "./tridiagonal.js";

/** A symmetric matrix, known by what it does to a vector: `result` is overwritten. */
export type SymmetricOperator = (vector: Float64Array, result: Float64Array) => void;

/** How far to go: the work is bounded, what is found by then is what there is. */
export interface LanczosLimits {
  /** Numbers that the basis may hold; its length is this divided by the size of the matrix. */
  basisNumbers: number;
  /** Multiplications spent on one eigenvector. */
  multiplications: number;
  /** Residual at which an eigenvector counts as found, by its eigenvalue. */
  tolerance(value: number): number;
}

const SHORTEST_BASIS = 20;
const STEPS_BETWEEN_CHECKS = 10;
const MOSTLY_REMOVED = 0.7;
const NOTHING_LEFT = 1e-10;

/**
 * Eigenvectors of the largest eigenvalues of a symmetric matrix, largest first. Each is looked for by restarted Lanczos
 * iterations in the space orthogonal to those found before (locking), so that a repeated eigenvalue is found as often as
 * it occurs; plain Lanczos finds it once. Vectors are kept orthogonal to the whole basis. The start is pseudo-random with
 * a fixed seed: the same matrix gives the same vectors.
 * @param locked unit eigenvectors that are known already and not wanted
 */
export function largestEigenvectors(
  multiply: SymmetricOperator,
  size: number,
  count: number,
  locked: readonly Float64Array[],
  limits: LanczosLimits,
): Eigenpair[] {
  const found: Eigenpair[] = [];
  const random = pseudoRandom(size);
  const wanted = Math.min(count, size - locked.length);
  while (found.length < wanted) {
    const avoided = [...locked, ...found.map((pair) => pair.vector)];
    const start = Float64Array.from({ length: size }, () => random() - 0.5);
    found.push(findOne(multiply, start, avoided, limits));
  }
  return found;
}

function findOne(
  multiply: SymmetricOperator,
  start: Float64Array,
  avoided: readonly Float64Array[],
  limits: LanczosLimits,
): Eigenpair {
  const size = start.length;
  const room = Math.max(SHORTEST_BASIS, Math.floor(limits.basisNumbers / size));
  const basisLength = Math.min(room, size - avoided.length);
  let spent = 0;
  let vector = start;
  for (;;) {
    const attempt = iterate(multiply, vector, avoided, { basisLength, tolerance: limits.tolerance });
    spent += attempt.steps * size * (attempt.steps + avoided.length);
    const isStuck = attempt.steps === 0;
    if (isStuck || attempt.residual <= limits.tolerance(attempt.pair.value) || spent >= limits.multiplications)
      return attempt.pair;
    vector = attempt.pair.vector;
  }
}

/** One run of Lanczos iterations: the best eigenpair in the space that they span. */
function iterate(
  multiply: SymmetricOperator,
  start: Float64Array,
  avoided: readonly Float64Array[],
  { basisLength, tolerance }: { basisLength: number; tolerance: LanczosLimits["tolerance"] },
): { pair: Eigenpair; residual: number; steps: number } {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let next = start;
  let wholeLength = norm(start);
  let best = { pair: { value: 0, vector: start }, residual: Number.POSITIVE_INFINITY };
  for (;;) {
    removeComponents(next, avoided);
    removeComponents(next, basis);
    const length = norm(next);
    // What is left of a vector inside the basis is rounding errors, which point anywhere.
    const isExhausted = !(length > wholeLength * NOTHING_LEFT);
    if (basis.length > 0 && (isExhausted || basis.length >= basisLength || basis.length % STEPS_BETWEEN_CHECKS === 0)) {
      best = ritzPair(basis, diagonal, beside, length);
      if (isExhausted || basis.length >= basisLength || best.residual <= tolerance(best.pair.value)) break;
    }
    if (isExhausted) break;
    if (basis.length > 0) beside.push(length);
    const previous = basis.at(-1);
    const unit = next.map((entry) => entry / length);
    basis.push(unit);
    next = new Float64Array(unit.length);
    multiply(unit, next);
    wholeLength = norm(next);
    const onDiagonal = dot(unit, next);
    diagonal.push(onDiagonal);
    // In theory all that is to be removed; done first, one pass over the whole basis is mostly enough.
    addMultiple(next, unit, -onDiagonal);
    if (previous !== undefined) addMultiple(next, previous, -length);
  }
  return { ...best, steps: basis.length };
}

/** The largest eigenpair of the matrix as the basis sees it; `remainder` is the length of what the basis misses. */
function ritzPair(basis: readonly Float64Array[], diagonal: number[], beside: number[], remainder: number) {
  const small = largestTridiagonalEigenpair(Float64Array.from(diagonal), Float64Array.from(beside));
  const vector = new Float64Array(basis[0]?.length ?? 0);
  basis.forEach((unit, place) => {
    addMultiple(vector, unit, small.vector[place] ?? 0);
  });
  const residual = remainder * Math.abs(small.vector.at(-1) ?? 0);
  return { pair: { value: small.value, vector }, residual };
}

/**
 * Makes `vector` orthogonal to unit vectors, in place; again when most of it was taken away, since then what is left is
 * mostly rounding errors (Kahan and Parlett: twice is enough).
 */
function removeComponents(vector: Float64Array, units: readonly Float64Array[]): void {
  const before = norm(vector);
  for (const unit of units) addMultiple(vector, unit, -dot(vector, unit));
  if (norm(vector) < before * MOSTLY_REMOVED) for (const unit of units) addMultiple(vector, unit, -dot(vector, unit));
}

// The two loops that all the time goes into. Entries are asserted to be there: with a fallback for missing ones, V8 boxes
// every number, and a drawing of 130,000 jobs takes ten times as long.
function addMultiple(vector: Float64Array, other: Float64Array, factor: number): void {
  for (let entry = 0; entry < vector.length; entry += 1)
    vector[entry] = (vector[entry] as number) + factor * (other[entry] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let entry = 0; entry < a.length; entry += 1) sum += (a[entry] as number) * (b[entry] as number);
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

/** Numbers from 0 to 1 that look random and are always the same (mulberry32). */
function pseudoRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
