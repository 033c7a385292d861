// The speeds one can ask for: steps per second, in words; null is as fast as it can.

export const SPEEDS = [
  { value: 1, word: "slow motion" },
  { value: 5, word: "very slow" },
  { value: 20, word: "slow" },
  { value: 60, word: "normal" },
  { value: 200, word: "fast" },
  { value: 1000, word: "very fast" },
  { value: null, word: "full speed" },
];

/** The stop nearest to a speed, by ratio. */
export function speedStop(value) {
  if (value === null || value === undefined) return SPEEDS.length - 1;
  let best = 0;
  SPEEDS.forEach((speed, at) => {
    if (speed.value !== null && Math.abs(Math.log(speed.value / value)) < Math.abs(Math.log(SPEEDS[best].value / value))) best = at;
  });
  return best;
}

/** "60 steps/s", "1 step/s" or "no limit". */
export function speedText({ value }) {
  if (value === null) return "no limit";
  return value === 1 ? "1 step/s" : `${value} steps/s`;
}
