// Snapshots for the tests, as Python makes them.

export function coded(bytes) {
  return Buffer.from(Int8Array.from(bytes).buffer).toString("base64");
}

/** A layer of a snapshot: `count` of `of` units, `rows` weights into each. */
export function told(name, from, rows, count, fields = {}) {
  const units = Array.from({ length: count }, (_, unit) => unit), n = 4;
  const made = { name, of: count, units, response: coded(Array.from({ length: n * count }, (_, at) => 40 * (at % n))), low: units.map(() => -1), high: units.map(() => 1), dead: [] };
  const weights = { from, inputs: Array.from({ length: from ? rows : 0 }, (_, at) => at), scale: 0.5, weights: coded(Array.from({ length: rows * count }, (_, at) => (at % 2 ? -100 : 127))) };
  return { ...made, ...(rows ? weights : {}), ...fields };
}

/** The network of `spec([4], [[3], []])`, hard sharing. */
export function snapshot(fields = {}) {
  return { layers: [
    told("inputs", "", 0, 12), told("trunk.0", "inputs", 12, 4, { use: coded([100, 50, 0, 10, 20, 50, 0, 90]), ...fields }),
    told("tower0.0", "trunk.0", 4, 3), told("output0", "tower0.0", 3, 1), told("output1", "trunk.0", 4, 1),
  ] };
}
