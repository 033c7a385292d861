// Phases as bars over the epochs: a phase is {first, last, ramp}, last null where it goes on to the end. Knows nothing of the DOM.

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Where a phase begins and ends on an axis of so many epochs. */
export function endsOf({ first, last }, epochs) {
  return [Math.min(first, epochs), Math.min(last ?? epochs, epochs)];
}

/** The phase with its "first", "last" or "ramp" moved to an epoch, or all of it ("whole") moved so that it begins there. */
export function moved(phase, part, epoch, epochs) {
  const [first, end] = endsOf(phase, epochs), at = Math.round(epoch), length = Math.max(end - first, 1);
  let next = { ...phase };
  if (part === "first") next.first = clamp(at, 0, Math.max(end - 1, 0));
  else if (part === "last") next.last = clamp(at, first + 1, Math.max(epochs, first + 1));
  else if (part === "ramp") next.ramp = clamp(at - first, 0, end - first);
  else {
    const start = clamp(at, 0, epochs - length);
    next = { ...next, first: start, last: start + length };
  }
  if (next.last !== null && next.last >= epochs) next.last = null;
  const [start, stop] = endsOf(next, epochs);
  return { ...next, ramp: clamp(next.ramp, 0, Math.max(stop - start, 0)) };
}

/** How far a key moves something: an epoch, ten with Shift, or to one of the ends; null for other keys. */
export function keyed(key, shift, value, epochs) {
  const step = shift ? 10 : 1;
  if (key === "ArrowLeft" || key === "ArrowDown") return value - step;
  if (key === "ArrowRight" || key === "ArrowUp") return value + step;
  return { Home: 0, End: epochs }[key] ?? null;
}

/** A phase in words. */
export function spoken(name, phase, epochs) {
  const [first, end] = endsOf(phase, epochs);
  const when = first === 0 && end === epochs ? "all the time" : first >= epochs ? "never" : `from epoch ${first} to ${end}`;
  return `${name}: trained ${when}${phase.ramp ? `, growing over ${phase.ramp}` : ""}`;
}

/** Round numbers to write below the axis. */
export function ticks(epochs, most = 6) {
  const rough = epochs / most, power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? epochs;
  const found = [];
  for (let at = 0; at <= epochs; at += step) found.push(at);
  return found;
}

/** How large each task's share of an epoch's batches was, over all replicas, in words; empty where all train on each. */
export function sharesOf(batches, names) {
  if (!batches?.length) return "";
  const sums = names.map((_, task) => batches.reduce((sum, replica) => sum + replica[task], 0));
  const all = sums.reduce((a, b) => a + b, 0);
  return all ? `Batches of the last epoch: ${names.map((name, task) => `${name} ${Math.round((100 * sums[task]) / all)} %`).join(", ")}.` : "";
}

/** Per task the epochs at which replicas stopped early, each once. */
export function stopsOf(stopped, count) {
  return Array.from({ length: count }, (_, task) => [...new Set((stopped ?? []).map((replica) => replica[task]).filter((at) => at !== null))]);
}
