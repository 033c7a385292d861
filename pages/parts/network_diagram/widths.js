// The widths that - and + step through. Knows nothing of layers.

/** The next width in a direction (1 or -1): powers of two, or one unit at a time when `fine`. */
export function nextWidth(width, direction, most, fine = false) {
  if (fine) return Math.min(most, Math.max(1, width + direction));
  const power = Math.log2(width);
  const next = 2 ** (direction > 0 ? Math.floor(power + 1e-9) + 1 : Math.ceil(power - 1e-9) - 1);
  return Math.min(most, Math.max(1, next));
}
