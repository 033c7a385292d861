// Between two frames: what was last drawn moves to what has just arrived, over the time frames take to come.

/** Each number of `to`, `share` of the way from `from`; what has no counterpart is taken as it is. */
export function interpolate(from, to, share, out = new Float32Array(to.length)) {
  if (!from || from.length !== to.length || share >= 1) {
    out.set(to);
    return out;
  }
  for (let at = 0; at < to.length; at += 1) {
    const step = to[at] - from[at];
    out[at] = step === step ? from[at] + step * share : to[at];
  }
  return out;
}

/** A list of numbers in motion. */
export function createMotion() {
  let from = null;
  let to = null;
  let shown = null;
  let began = 0;
  let span = 0;
  const motion = {
    /** Sets off from what is shown at `now` to `target`, to be there after `time` ms; at once when `time` is 0. */
    go(target, now, time) {
      const goal = target instanceof Float32Array ? target : Float32Array.from(target);
      const current = to && to.length === goal.length && time > 0 ? Float32Array.from(motion.at(now)) : null;
      [from, to, began, span] = [current, goal, now, current ? time : 0];
      if (shown?.length !== goal.length) shown = new Float32Array(goal.length);
    },
    /** The numbers at `now`, in an array that the next call overwrites; null before the first target. */
    at(now) {
      return to && interpolate(from, to, span > 0 ? Math.max(0, (now - began) / span) : 1, shown);
    },
    moving: (now) => to !== null && now - began < span,
    get target() {
      return to;
    },
  };
  return motion;
}

/** How long a move should take, given the measured time between frames: what is drawn trails by one frame at most. */
export function travelTime(interval, still) {
  return still ? 0 : Math.max(50, Math.min(450, interval));
}
