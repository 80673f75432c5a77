/** An eigenvalue and its eigenvector, of length 1. */
export interface Eigenpair {
  value: number;
  vector: Float64Array;
}

const BISECTIONS = 80;
const INVERSE_ITERATIONS = 3;

/**
 * The largest eigenvalue of a symmetric tridiagonal matrix and its eigenvector: the value by bisection with Sturm counts,
 * the vector by inverse iteration. Linear in the size.
 * @param diagonal n entries, n ≥ 1
 * @param offDiagonal the n − 1 entries beside it
 */
export function largestTridiagonalEigenpair(diagonal: Float64Array, offDiagonal: Float64Array): Eigenpair {
  const value = largestEigenvalue(diagonal, offDiagonal);
  const size = diagonal.length;
  let vector: Float64Array = new Float64Array(size).fill(1 / Math.sqrt(size));
  for (let pass = 0; pass < INVERSE_ITERATIONS; pass += 1) {
    vector = normalised(solveShifted(diagonal, offDiagonal, value, vector));
  }
  return { value, vector };
}

function largestEigenvalue(diagonal: Float64Array, offDiagonal: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  // Gershgorin: every eigenvalue lies within the neighbours' weight of a diagonal entry.
  for (let row = 0; row < diagonal.length; row += 1) {
    const reach = Math.abs(offDiagonal[row - 1] ?? 0) + Math.abs(offDiagonal[row] ?? 0);
    low = Math.min(low, (diagonal[row] ?? 0) - reach);
    high = Math.max(high, (diagonal[row] ?? 0) + reach);
  }
  for (let step = 0; step < BISECTIONS && high - low > Number.EPSILON * Math.abs(high); step += 1) {
    const middle = (low + high) / 2;
    if (countAbove(diagonal, offDiagonal, middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** How many eigenvalues are greater than `shift`: the positive pivots of the shifted matrix (Sylvester). */
function countAbove(diagonal: Float64Array, offDiagonal: Float64Array, shift: number): number {
  let count = 0;
  let pivot = 1;
  for (let row = 0; row < diagonal.length; row += 1) {
    const beside = offDiagonal[row - 1] ?? 0;
    pivot = (diagonal[row] ?? 0) - shift - (beside * beside) / pivot;
    if (pivot === 0) pivot = Number.EPSILON;
    if (pivot > 0) count += 1;
  }
  return count;
}

/** Solves (T − shift I) x = right by elimination with row exchanges, which keeps it stable next to an eigenvalue. */
function solveShifted(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  shift: number,
  right: Float64Array,
): Float64Array {
  const size = diagonal.length;
  const main = Float64Array.from(diagonal, (entry) => entry - shift);
  const above = Float64Array.from(offDiagonal);
  const farAbove = new Float64Array(size);
  const solution = Float64Array.from(right);
  for (let row = 0; row + 1 < size; row += 1) {
    const below = offDiagonal[row] ?? 0;
    const pivot = main[row] ?? 0;
    const nextMain = main[row + 1] ?? 0;
    const nextAbove = above[row + 1] ?? 0;
    const isExchanged = Math.abs(below) > Math.abs(pivot);
    const [p, a, f] = isExchanged ? [below, nextMain, nextAbove] : [orTiny(pivot), above[row] ?? 0, 0];
    const [q, b, g] = isExchanged ? [pivot, above[row] ?? 0, 0] : [below, nextMain, nextAbove];
    const factor = q / p;
    main[row] = p;
    above[row] = a;
    farAbove[row] = f;
    main[row + 1] = b - factor * a;
    if (row + 2 < size) above[row + 1] = g - factor * f;
    const [own, next] = [solution[row] ?? 0, solution[row + 1] ?? 0];
    solution[row] = isExchanged ? next : own;
    solution[row + 1] = isExchanged ? own - factor * next : next - factor * own;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    const known = (above[row] ?? 0) * (solution[row + 1] ?? 0) + (farAbove[row] ?? 0) * (solution[row + 2] ?? 0);
    solution[row] = ((solution[row] ?? 0) - known) / orTiny(main[row] ?? 0);
  }
  return solution;
}

function orTiny(value: number): number {
  return value === 0 ? Number.EPSILON : value;
}

function normalised(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const entry of vector) largest = Math.max(largest, Math.abs(entry));
  let squares = 0;
  for (const entry of vector) squares += (entry / largest) ** 2;
  const length = largest * Math.sqrt(squares);
  return vector.map((entry) => entry / length);
}
