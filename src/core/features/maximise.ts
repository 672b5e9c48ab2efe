/** Share of the interval at which the golden section puts its point. */
const golden = (3 - Math.sqrt(5)) / 2;
/** Share of x to which the top is found. Beyond the square root of the precision of values there is nothing to find. */
const tolerance = 1e-6;
const maxIter = 100;

/** Three points of which the middle one is the highest, or the middle one stands at a bound. */
interface Bracket {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  readonly atMiddle: number;
}

/**
 * Where a function of one top has it, between two bounds: steps of double length uphill, then R. Brent's method
 * (1973, "Algorithms for minimization without derivatives", chapter 5), which scipy.optimize.brent uses as well.
 *
 * @param from, to where to begin, inside the bounds
 */
export async function maximise(
  valueAt: (x: number) => Promise<number>,
  from: number,
  to: number,
  bounds: { readonly low: number; readonly high: number },
): Promise<number> {
  return brent(valueAt, await bracket(valueAt, from, to, bounds));
}

async function bracket(
  valueAt: (x: number) => Promise<number>,
  from: number,
  to: number,
  bounds: { readonly low: number; readonly high: number },
): Promise<Bracket> {
  let [low, middle, high] = [from, (from + to) / 2, to];
  let [atLow, atMiddle, atHigh] = [await valueAt(low), await valueAt(middle), await valueAt(high)];
  while (atHigh > atMiddle && high < bounds.high) {
    const next = Math.min(bounds.high, high + 2 * (high - middle));
    [low, middle, high] = [middle, high, next];
    [atMiddle, atHigh] = [atHigh, await valueAt(next)];
  }
  while (atLow > atMiddle && low > bounds.low) {
    const next = Math.max(bounds.low, low - 2 * (middle - low));
    [low, middle, high] = [next, low, middle];
    [atLow, atMiddle] = [await valueAt(next), atLow];
  }
  return { low, middle, high, atMiddle };
}

async function brent(
  valueAt: (x: number) => Promise<number>,
  { low, middle, high, atMiddle }: Bracket,
): Promise<number> {
  let best = middle;
  let second = middle;
  let third = middle;
  let atBest = atMiddle;
  let [atSecond, atThird] = [atBest, atBest];
  let step = 0;
  let stepBefore = 0;
  for (let iteration = 0; iteration < maxIter; iteration++) {
    const center = (low + high) / 2;
    const least = tolerance * Math.abs(best) + tolerance / 10;
    if (Math.abs(best - center) <= 2 * least - (high - low) / 2) break;
    const parabola = parabolaStep(best, second, third, atBest, atSecond, atThird);
    const isInside = best + parabola > low && best + parabola < high;
    // A parabola must do better than half of the step before the last one, else it does not converge.
    if (Math.abs(stepBefore) > least && isInside && Math.abs(parabola) < Math.abs(stepBefore / 2)) {
      stepBefore = step;
      step = parabola;
      const u = best + step;
      if (u - low < 2 * least || high - u < 2 * least) step = center > best ? least : -least;
    } else {
      stepBefore = best >= center ? low - best : high - best;
      step = golden * stepBefore;
    }
    const next = best + (Math.abs(step) >= least ? step : step > 0 ? least : -least);
    const atNext = await valueAt(next);
    if (atNext >= atBest) {
      if (next >= best) low = best;
      else high = best;
      [third, second, best] = [second, best, next];
      [atThird, atSecond, atBest] = [atSecond, atBest, atNext];
      continue;
    }
    if (next < best) low = next;
    else high = next;
    if (atNext >= atSecond || second === best) {
      [third, second] = [second, next];
      [atThird, atSecond] = [atSecond, atNext];
    } else if (atNext >= atThird || third === best || third === second) {
      [third, atThird] = [next, atNext];
    }
  }
  return best;
}

/** From the best of three points to the top of the parabola through them; NaN or infinite where there is none. */
function parabolaStep(
  best: number,
  second: number,
  third: number,
  atBest: number,
  atSecond: number,
  atThird: number,
): number {
  const r = (best - second) * (atBest - atThird);
  const q = (best - third) * (atBest - atSecond);
  return ((best - second) * r - (best - third) * q) / (2 * (q - r));
}
