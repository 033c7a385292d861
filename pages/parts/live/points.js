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

/** An edit's row once rows `gone` are taken away: those behind them move up. */
export function rowWithout(row, gone) {
  return row - gone.filter((other) => other < row).length;
}

/**
 * Per task the edits that a new scene does not hold yet and that are not too old, with rows as that scene numbers them.
 * `tasks`: [{pending, points, near}], `near` how far off coordinates may be; a removal knows where its point `was`.
 */
export function stillPending(tasks, now) {
  const holds = ({ points, near: [nearX, nearY] }, at, { x, y }) => Math.abs(points.x[at] - x) <= nearX && Math.abs(points.y[at] - y) <= nearY;
  const placeOf = ({ points }, row) => points.row?.indexOf(row) ?? -1;
  const gone = []; // rows whose removal the scene has: the next one may have taken the number
  const answered = new Set();
  const removals = tasks.flatMap((task) => task.pending.filter(({ op }) => op === "remove").map((edit) => ({ task, edit })));
  for (const { task, edit } of removals.sort((a, b) => a.edit.born - b.edit.born)) {
    const at = placeOf(task, rowWithout(edit.row, gone));
    if (at >= 0 && (!edit.was || holds(task, at, edit.was))) continue;
    gone.push(edit.row);
    answered.add(edit);
  }
  return tasks.map((task) => task.pending
    .filter((edit) => !answered.has(edit) && now - edit.born <= EDIT_LASTS)
    .map((edit) => (edit.row === undefined ? edit : { ...edit, row: rowWithout(edit.row, gone) }))
    .filter((edit) => {
      if (edit.op === "add") return !task.points.x.some((_, at) => task.points.added?.[at] && holds(task, at, edit));
      const at = placeOf(task, edit.row);
      return at >= 0 && (edit.op === "remove" || !holds(task, at, edit));
    }));
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
