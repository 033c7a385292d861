// Where a map changes its answer: between yes and no, above and below a number, from class to class.

/**
 * The line along which numbers on a grid of `n` by `n`, row by row, cross `threshold`: pieces as flat [x, y, x, y, NaN, NaN …], in
 * cells, the first number's middle at (0, 0). It goes on to the outer rims of the cells at the edge. (Marching squares.)
 */
export function thresholdBorder(values, n, threshold) {
  const line = [];
  const inside = (at) => Math.max(0, Math.min(n - 1, at));
  const rim = (at) => Math.max(-0.5, Math.min(n - 0.5, at));
  for (let row = -1; row < n; row += 1) {
    for (let column = -1; column < n; column += 1) {
      const ring = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
      const above = ring.map(([x, y]) => values[inside(y) * n + inside(x)] - threshold);
      const cuts = [];
      ring.forEach(([x, y], at) => {
        const next = (at + 1) % 4;
        if (above[at] >= 0 === above[next] >= 0) return;
        const share = above[at] / (above[at] - above[next]);
        cuts.push([rim(x + share * (ring[next][0] - x)), rim(y + share * (ring[next][1] - y))]);
      });
      const centre = above.reduce((sum, value) => sum + value, 0);
      if (cuts.length === 4 && centre >= 0 !== above[0] >= 0) cuts.unshift(cuts.pop()); // a saddle: the first corner is cut off
      for (let at = 0; at < cuts.length; at += 2) line.push(...cuts[at], ...cuts[at + 1], NaN, NaN);
    }
  }
  return line;
}

/** The lines between classes of bytes (see `readByte`): where the surest class changes, nearer to the less sure side. */
export function classBorder(bytes, n) {
  const classes = [...new Set(bytes.map((byte) => byte >> 4))];
  return classes.slice(1).flatMap((one) => { // what remains of the first is between it and the others
    const lead = Float32Array.from(bytes, (byte) => ((byte >> 4 === one) ? 1 : -1) * ((byte & 15) + 0.5));
    return thresholdBorder(lead, n, 0);
  });
}

/** The border of a map's bytes by the kind of its task: at a probability of one half, at the number `middle`, or between classes. */
export function mapBorder(kind, bytes, { low = 0, high = 1, middle = 0.5 } = {}) {
  const n = Math.floor(Math.sqrt(bytes.length));
  if (kind === "multiclass") return classBorder(bytes, n);
  const share = kind === "binary" ? 0.5 : (middle - low) / (high - low);
  return Number.isFinite(share) ? thresholdBorder(bytes, n, 255 * share) : [];
}
