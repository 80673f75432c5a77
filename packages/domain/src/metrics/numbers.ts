/**
 * `value` rounded to `digits` decimals, ties to the even neighbour: what Python's `round` gives, so that rounded figures
 * agree with the reference in the last digit. Non-finite values come back as they are.
 */
export function roundHalfEven(value: number, digits: number): number {
  const scale = 10 ** digits;
  const scaled = value * scale;
  // A double lies exactly between two decimals only if it is a multiple of 2^-(digits+1).
  if (Math.abs(scaled % 1) === 0.5 && Number.isInteger(value * 2 ** (digits + 1))) {
    const below = Math.floor(scaled);
    return (below % 2 === 0 ? below : below + 1) / scale;
  }
  return Math.abs(value) < 1e21 ? Number(value.toFixed(digits)) : value;
}

/**
 * The sum of `values`, correctly rounded whatever their order (Shewchuk's partial sums, as Python's `math.fsum`), so that
 * no metric depends on the order in which jobs were read.
 */
export function sumExactly(values: Iterable<number>): number {
  const partials: number[] = [];
  for (const value of values) addPartial(partials, value);
  return roundPartials(partials);
}

/** Adds `value` to a list of non-overlapping partial sums, in place. */
function addPartial(partials: number[], value: number): void {
  let carried = value;
  let kept = 0;
  for (const partial of partials) {
    const [large, small] = Math.abs(carried) < Math.abs(partial) ? [partial, carried] : [carried, partial];
    const high = large + small;
    const low = small - (high - large);
    if (low !== 0) partials[kept++] = low;
    carried = high;
  }
  partials.length = kept;
  partials.push(carried);
}

/** The partial sums as one number; a remainder that lies exactly half way is rounded by the sign of what follows it. */
function roundPartials(partials: readonly number[]): number {
  let index = partials.length - 1;
  let high = partials[index] ?? 0;
  let low = 0;
  while (index > 0 && low === 0) {
    index -= 1;
    const before = high;
    const partial = partials[index] ?? 0;
    high = before + partial;
    low = partial - (high - before);
  }
  const next = partials[index - 1] ?? 0;
  if (index > 0 && ((low < 0 && next < 0) || (low > 0 && next > 0))) {
    const doubled = low * 2;
    const rounded = high + doubled;
    if (rounded - high === doubled) return rounded;
  }
  return high;
}

/**
 * The sum of figures that are rounded to 2 decimals, divided by `count` and rounded to 4, ties to even; in whole numbers,
 * since half of a last digit is common among such quotients and sums of doubles fall on either side of it.
 */
export function divideSumOfHundredths(figures: readonly number[], count: number): number {
  const hundredths = figures.reduce((sum, figure) => sum + BigInt(Math.round(figure * 100)), 0n);
  const divisor = BigInt(count);
  // In ten-thousandths, doubled, so that a remainder tells which side of a half the quotient is on.
  const doubled = hundredths * 200n;
  const quotient = (doubled - (doubled < 0n ? 2n * divisor - 1n : 0n)) / (2n * divisor);
  const remainder = doubled - quotient * 2n * divisor;
  const isUp = remainder > divisor || (remainder === divisor && quotient % 2n !== 0n);
  return Number(isUp ? quotient + 1n : quotient) / 10_000;
}

/** The mean of `values`, independent of their order; null when there are none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sumExactly(values) / values.length;
}

/** The median of `values`, the mean of the two middle ones when their number is even; null when there are none. */
export function median(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[sorted.length >> 1];
  if (upper === undefined) return null;
  const lower = sorted[(sorted.length - 1) >> 1] ?? upper;
  return (lower + upper) / 2;
}
