// What records say of layers, as columns of numbers: per layer its gradient, dead and saturated units over epochs.

const MEASURES = ["gradient", "dead", "saturated"];

export function createInside() {
  return { held: [], epoch: [], layers: new Map() };
}

/** Brings the columns up to `records`; NaN where a layer has no such number. */
export function extendInside(columns, records) {
  let same = Math.min(columns.held.length, records.length);
  while (same > 0 && columns.held[same - 1] !== records[same - 1]) same -= 1;
  if (same === 0) columns.layers.clear();
  const lists = [...columns.layers.values()].flatMap((layer) => MEASURES.map((name) => layer[name]));
  for (const list of [columns.held, columns.epoch, ...lists]) list.length = Math.min(list.length, same);
  for (let at = same; at < records.length; at += 1) {
    columns.held[at] = records[at];
    columns.epoch[at] = records[at].epoch;
    for (const layer of columns.layers.values()) MEASURES.forEach((name) => (layer[name][at] = NaN));
    for (const layer of records[at].layers ?? []) {
      if (!columns.layers.has(layer.name)) columns.layers.set(layer.name, Object.fromEntries(MEASURES.map((name) => [name, new Array(at).fill(NaN)])));
      MEASURES.forEach((name) => (columns.layers.get(layer.name)[name][at] = layer[name] ?? NaN));
    }
  }
  return columns;
}

/** The names of the layers that have any such number. */
export function layersWith(columns, measure) {
  return [...columns.layers].filter(([, layer]) => layer[measure].some(Number.isFinite)).map(([name]) => name);
}

/** Limits of a logarithmic axis, in powers of ten, for lists of numbers: whole thirds, at least two powers apart. */
export function powerLimits(lists) {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (const value of list) {
      if (!(value > 0) || value === Infinity) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (high < low) return [-3, 0];
  const top = Math.ceil((Math.log10(high) + 0.02) * 3) / 3;
  const bottom = Math.max(top - 14, Math.floor((Math.log10(low) - 0.02) * 3) / 3);
  return [Math.min(bottom, top - 2), top];
}
