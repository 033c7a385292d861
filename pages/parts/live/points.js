// The points of a task as they are drawn: those of the scene, with edits that its server has not answered yet.

export const EDIT_LASTS = 5000; // ms an edit is shown without an answer

/** A coordinate, rounded to four significant digits of its axis. */
export function roundTo(value, low, high) {
  const step = 10 ** (Math.floor(Math.log10(Math.abs(high - low) || 1)) - 3);
  return Number((Math.round(value / step) * step).toPrecision(12));
}

/** [{x, y, part, at, row, added}] of `points` with the `pending` edits: {op, x, y, row, born}. `at` is -1 for new ones. */
export function shownPoints(points, pending = []) {
  const found = [];
  const latest = new Map(pending.filter(({ op }) => op !== "add").map((edit) => [edit.row, edit]));
  points.x.forEach((x, at) => {
    const row = points.row?.[at];
    const edit = row === undefined ? undefined : latest.get(row);
    if (points.y[at] === null || points.y[at] === undefined || edit?.op === "remove") return;
    found.push({ x: edit?.x ?? x, y: edit?.y ?? points.y[at], part: points.part?.[at] ?? 0, at, row, added: Boolean(points.added?.[at]) });
  });
  for (const { op, x, y } of pending) if (op === "add") found.push({ x, y, part: 0, at: -1, added: true });
  return found;
}

/** The edits that the scene's `points` do not hold yet and that are not too old; `near` is how far off coordinates may be. */
export function stillPending(pending, points, now, [nearX, nearY]) {
  const same = (edit, at) => Math.abs(points.x[at] - edit.x) <= nearX && Math.abs(points.y[at] - edit.y) <= nearY;
  return pending.filter((edit) => {
    if (now - edit.born > EDIT_LASTS) return false;
    if (edit.op === "add") return !points.x.some((_, at) => points.added?.[at] && same(edit, at));
    const at = points.row?.indexOf(edit.row) ?? -1;
    return at >= 0 && (edit.op === "remove" || !same(edit, at));
  });
}

/** The nearest of `spots`, [{px, py}], within `reach` px; -1 when there is none. Of equals the last, which lies on top. */
export function nearestSpot(spots, px, py, reach) {
  let [best, least] = [-1, reach];
  spots.forEach((spot, at) => {
    const far = Math.hypot(spot.px - px, spot.py - py);
    if (far <= least) [best, least] = [at, far];
  });
  return best;
}
