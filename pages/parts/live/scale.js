// Axes: nice ticks, linear and logarithmic scales, and limits that glide to where they should be.

/** 1, 2 or 5 times a power of ten, whichever makes the steps over `range` nearest to `count`. */
export function niceStep(range, count) {
  if (!(range > 0) || !Number.isFinite(range)) return 1;
  const rough = range / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  return power * (ratio > 7.07 ? 10 : ratio > 3.16 ? 5 : ratio > 1.41 ? 2 : 1);
}

/** Round values within [low, high], about `count` of them, and the step between them. */
export function niceTicks(low, high, count = 4) {
  const step = niceStep(high - low, count);
  const values = [];
  const first = Math.ceil(low / step - 1e-9);
  for (let at = first; at * step <= high + step * 1e-9 && values.length < 50; at += 1) values.push(Number((at * step).toPrecision(12)));
  return { values, step };
}

/** Powers of ten within [low, high], about `count` of them at most; with 2 and 5 times each where those are few. */
export function logTicks(low, high, count = 5) {
  const pick = (factors) => {
    const values = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
      for (const factor of factors) {
        const value = Number((factor * 10 ** power).toPrecision(6));
        if (value >= low * 0.999999 && value <= high * 1.000001) values.push(value);
      }
    }
    return values;
  };
  const tens = pick([1]);
  const fine = pick([1, 2, 5]);
  if (tens.length < 3 && (fine.length <= count + 2 || tens.length < 2)) return fine.length <= count + 2 ? fine : pick([1, 3]);
  const every = Math.ceil(tens.length / (count + 1));
  return tens.filter((_, at) => at % every === 0);
}

const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The smallest round upper limit at or above `value`. */
export function niceCeil(value) {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const ratio = value / power;
  return power * ROUND.find((round) => ratio <= round + 1e-9);
}

/** The largest such limit at or below `value`. */
export function niceFloor(value) {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return Number((power * ROUND.findLast((round) => round <= (value / power) * (1 + 1e-9))).toPrecision(2));
}

/** A function from [low, high] to [from, to]. */
export function linearScale(low, high, from, to) {
  const slope = (to - from) / (high - low || 1);
  return (value) => from + (value - low) * slope;
}

/** The same over powers; what is not positive has no place on it. */
export function logScale(low, high, from, to) {
  const inner = linearScale(Math.log10(low), Math.log10(high), from, to);
  return (value) => (value > 0 ? inner(Math.log10(value)) : NaN);
}

/** Axis limits that move to their aim within a quarter of a second instead of jumping. */
export function createLimits() {
  let goal = null;
  let before = 0;
  const limits = {
    low: 0,
    high: 1,
    /** Sets where to go; the first time, or with `snap`, it is there at once. */
    aim(low, high, snap = false) {
      if (goal === null || snap) [limits.low, limits.high] = [low, high];
      goal = [low, high];
    },
    /** Moves on to time `now` (ms); true while still moving. */
    step(now) {
      if (goal === null) return false;
      const share = 1 - Math.exp(-Math.min(64, Math.max(1, now - before)) / 70);
      before = now;
      const far = Math.abs(goal[0] - limits.low) + Math.abs(goal[1] - limits.high);
      if (far <= Math.abs(goal[1] - goal[0]) * 2e-3) {
        [limits.low, limits.high] = goal;
        return false;
      }
      limits.low += (goal[0] - limits.low) * share;
      limits.high += (goal[1] - limits.high) * share;
      return true;
    },
  };
  return limits;
}

/** The right end of the epoch axis: the whole run when short, else a round number a little ahead of `head`. */
export function epochEnd(head, epochs) {
  const all = Math.max(1, epochs, head);
  if (all <= 60) return all;
  return Math.min(all, niceCeil(Math.max(20, head * 1.1)));
}
