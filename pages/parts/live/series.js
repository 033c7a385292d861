// Records as columns of numbers, extended as records arrive; and thinning for drawing that keeps every spike.

const emptyBand = () => ({ mean: [], low: [], high: [] });

/** Columns for `count` tasks: epoch, objective, and each task's training and validation loss, and its twin's. */
export function createColumns(count) {
  return {
    held: [],
    epoch: [],
    objective: emptyBand(),
    tasks: Array.from({ length: count }, () => ({ train: emptyBand(), validation: emptyBand(), twin: { train: emptyBand(), validation: emptyBand() } })),
  };
}

function put(band, at, value) {
  const [mean, low, high] = Array.isArray(value) ? value : [value, value, value];
  band.mean[at] = mean ?? NaN;
  band.low[at] = low ?? NaN;
  band.high[at] = high ?? NaN;
}

/** Brings the columns up to `records`: what is already in them is not read again. */
export function extendColumns(columns, records) {
  let same = Math.min(columns.held.length, records.length);
  while (same > 0 && columns.held[same - 1] !== records[same - 1]) same -= 1;
  const bands = [columns.objective, ...columns.tasks.flatMap(({ train, validation, twin }) => [train, validation, twin.train, twin.validation])];
  if (same < columns.held.length) {
    for (const list of [columns.held, columns.epoch, ...bands.flatMap((band) => [band.mean, band.low, band.high])]) list.length = same;
  }
  for (let at = same; at < records.length; at += 1) {
    const record = records[at];
    columns.held[at] = record;
    columns.epoch[at] = record.epoch;
    put(columns.objective, at, record.objective);
    columns.tasks.forEach((task, number) => {
      put(task.train, at, record.train?.[number]?.loss);
      put(task.validation, at, record.validation?.[number]?.loss);
      put(task.twin.train, at, record.twin?.train?.[number]?.loss);
      put(task.twin.validation, at, record.twin?.validation?.[number]?.loss);
    });
  }
  return columns;
}

/** An earlier branch as columns like those of records: its epochs, and bands of one line. */
export function ghostColumns({ epochs, objective, tasks }) {
  const band = (values) => {
    const mean = values.map((value) => value ?? NaN);
    return { mean, low: mean, high: mean };
  };
  return { epoch: epochs, objective: band(objective), tasks: tasks.map(({ train, validation }) => ({ train: band(train), validation: band(validation) })) };
}

/** [smallest, largest] finite value over lists, above `floor` only; null when there is none. */
export function extent(lists, floor = -Infinity) {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (const value of list) {
      if (!Number.isFinite(value) || value <= floor) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return high < low ? null : [low, high];
}

/**
 * The top of a list's usual values: its largest, unless that stands out from nearly all of the last 60 % and from
 * the first value; then the largest of those. Of a long list a sample is looked at.
 */
export function usualTop(values) {
  const known = values.filter(Number.isFinite);
  if (!known.length) return -Infinity;
  const most = extent([known])[1];
  const late = known.slice(Math.floor(known.length * 0.4));
  const every = Math.max(1, Math.floor(late.length / 500));
  const sample = late.filter((_, at) => (late.length - 1 - at) % every === 0).sort((a, b) => a - b);
  const usual = Math.max(known[0], sample[Math.floor((sample.length - 1) * 0.95)]);
  return usual > 0 && most > 2 * usual ? usual : most;
}

/** The highest entry, {at, value}, of each stretch of values above `top`. */
export function peaksAbove(values, top) {
  const peaks = [];
  let peak = null;
  values.forEach((value, at) => {
    if (!(value > top * 1.001)) peak = null;
    else if (!peak) peaks.push((peak = { at, value }));
    else if (value > peak.value) Object.assign(peak, { at, value });
  });
  return peaks;
}

/** The number of the last entry of sorted `list` that is at most `value`; -1 when there is none. */
export function lastAtMost(list, value) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The entry of sorted `list` nearest to `value`; -1 when it is empty. */
export function nearest(list, value) {
  const before = lastAtMost(list, value);
  if (before + 1 >= list.length) return before;
  return before < 0 || list[before + 1] - value < value - list[before] ? before + 1 : before;
}

/**
 * Points of a line up to `head`, the last one on its way there, as flat [x, y, x, y …]; NaN marks a break. With more
 * than two points a pixel column, each column keeps its first, lowest, highest and last: no spike is lost.
 */
export function linePoints(epochs, values, head, x, y) {
  const points = [];
  const last = lastAtMost(epochs, head);
  const width = last < 0 ? 0 : Math.abs(x(epochs[last]) - x(epochs[0]));
  if (last + 1 <= 2 * width + 8) {
    for (let at = 0; at <= last; at += 1) points.push(x(epochs[at]), y(values[at]));
  } else {
    for (let at = 0; at <= last;) {
      const column = Math.floor(x(epochs[at]));
      let [end, low, high] = [at, at, at];
      while (end + 1 <= last && Math.floor(x(epochs[end + 1])) === column) {
        end += 1;
        if (values[end] < values[low]) low = end;
        if (values[end] > values[high]) high = end;
      }
      for (const keep of [...new Set([at, Math.min(low, high), Math.max(low, high), end])]) points.push(x(epochs[keep]), y(values[keep]));
      at = end + 1;
    }
  }
  if (last >= 0 && last + 1 < epochs.length && head > epochs[last]) {
    const share = (head - epochs[last]) / (epochs[last + 1] - epochs[last]);
    points.push(x(head), y(values[last] + (values[last + 1] - values[last]) * share));
  }
  return points;
}
