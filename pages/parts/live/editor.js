// Editing points in a plot, by pointer and by keyboard. What is wished for is reported and drawn at once; whether it is done,
// the next scene says.

import { numberText } from "./format.js";
import { EDIT_LASTS, nearestSpot, roundTo, rowWithout, shownPoints } from "./points.js";

const REACH = 9; // px around a point that count as on it
const STILL = 3; // px a pointer may tremble without dragging
const STEPS = 50; // of the crosshair from end to end

/** Where the crosshair goes for a key: {x, y} within the limits of `axes`; null for other keys. `fine`: ten times finer. */
export function crossAfter(key, fine, { x, y }, { xLimits, yLimits, whole, down = false }) {
  const step = ([low, high]) => (high - low) / STEPS / (fine ? 10 : 1);
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, down ? -1 : 1], ArrowDown: [0, down ? 1 : -1] }[key];
  if (!move) return null;
  const within = (value, [low, high]) => Math.max(low, Math.min(high, value));
  return { x: within(x + move[0] * step(xLimits), xLimits), y: within(y + move[1] * (whole ? 1 : step(yLimits)), yLimits) };
}

/**
 * What is reported of an edit, without what is there for drawing alone. `removed` are the rows of removals that were reported
 * before it and are not in the scene yet: by its turn they are done, and rows behind them have moved up.
 */
export function reportOf(task, { op, row, x, y }, removed = []) {
  if (op === "add") return { op, task, x, y };
  const then = rowWithout(row, removed);
  return op === "move" ? { op, task, row: then, x, y } : { op, task, row: then };
}

/**
 * Makes `stack`, the plot of `task`, editable. `painter` draws on `surface`. What was wished for outlives the plot in `memory`:
 * {edits: per task its list, cross: per task where the keyboard's crosshair stands}.
 * `report(edit)` tells the page, `redraw()` draws anew and `say(text)` speaks to screen readers.
 */
export function createEditor({ stack, task, name, painter, surface, memory, report, redraw, say }) {
  const edits = (memory.edits[task] ??= []);
  const axes = () => painter.axes(surface);
  const now = () => performance.now();
  let drag = null; // {point, from: [px, py] of the point or pointer, at: [px, py] of the page, moved, edit, before}
  const timers = new Set();
  const listeners = [];
  const listen = (type, action, options) => {
    stack.addEventListener(type, action, options);
    listeners.push(() => stack.removeEventListener(type, action, options));
  };

  /** The point under the pointer, or null; of `some` points only. One without a row is not known to the page yet. */
  function pick(px, py, some = () => true) {
    const plot = axes();
    const shown = shownPoints(painter.points, painter.pending).filter(some);
    const at = nearestSpot(shown.map((point) => ({ px: plot.x(point.x), py: plot.heightOf(point) })), px, py, plot.whole && plot.yLimits[1] > 1 ? 4 : REACH);
    return shown[at] ?? null;
  }

  const pickAdded = (px, py) => pick(px, py, ({ added, row }) => added && row !== undefined);

  /** The place in units under the pointer, rounded; null outside the plot or where no value lies. */
  function placeOf(px, py, clamp = false) {
    const plot = axes();
    const { left, right, top, bottom } = plot.area;
    if (!clamp && (px < left - 1 || px > right + 1 || py < top - 1 || py > bottom + 1)) return null;
    const y = plot.yAt(Math.max(top, Math.min(bottom, py)));
    return y === null ? null : rounded(plot.xAt(Math.max(left, Math.min(right, px))), y, plot);
  }

  function rounded(x, y, plot) {
    return { x: roundTo(x, ...plot.xLimits), y: plot.whole ? y : roundTo(y, ...plot.yLimits) };
  }

  function show(next) {
    edits.splice(0, edits.length, ...next);
    painter.pending = edits;
    redraw();
  }

  function wish(edit) {
    const removed = Object.values(memory.edits).flat().filter(({ op }) => op === "remove").map(({ row }) => row);
    const told = { ...edit, born: now() };
    show([...edits.filter((other) => other.row === undefined || other.row !== edit.row), told]);
    expire(told);
    report(reportOf(task, edit, removed));
  }

  /** Shows what the scene says again when nobody has answered in time. */
  function expire(told) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (edits.includes(told)) show(edits.filter((other) => other !== told));
    }, Math.max(0, EDIT_LASTS - (now() - told.born)));
    timers.add(timer);
  }

  function setCross(cross) {
    painter.cross = memory.cross[task] = cross;
    redraw();
  }

  const spoken = ({ x, y }) => `x ${numberText(x)}, ${painter.axes(surface).whole ? `class ${y + 1}` : `y ${numberText(y)}`}`;

  function add(place) {
    wish({ op: "add", ...place });
    say(`${name}: a point added at ${spoken(place)}`);
  }

  function remove(point) {
    const { points } = painter;
    wish({ op: "remove", row: point.row, was: { x: points.x[point.at], y: points.y[point.at] } });
    say(`${name}: the point at ${spoken(point)} removed`);
  }

  function cursor(px, py) {
    const look = drag?.edit ? "grabbing" : pick(px, py)?.row !== undefined ? "grab" : placeOf(px, py) ? "crosshair" : "";
    if (stack.style.cursor !== look) stack.style.cursor = look;
  }

  listen("pointerdown", (event) => {
    if (event.button !== 0 || event.ctrlKey || drag) return; // with Ctrl it is a right-click on some machines
    const here = [event.offsetX, event.offsetY];
    if (painter.cross) setCross(null);
    if (event.altKey) {
      const added = pickAdded(...here);
      if (added) remove(added);
      return;
    }
    const point = pick(...here);
    if (point ? point.row === undefined : !placeOf(...here)) return;
    const plot = axes();
    drag = { point, from: point ? [plot.x(point.x), plot.heightOf(point)] : here, at: [event.clientX, event.clientY], moved: false, edit: null, before: [...edits] };
    stack.setPointerCapture(event.pointerId);
  });

  listen("pointermove", (event) => {
    if (!drag) return cursor(event.offsetX, event.offsetY);
    const [dx, dy] = [event.clientX - drag.at[0], event.clientY - drag.at[1]];
    drag.moved ||= Math.hypot(dx, dy) > STILL;
    if (!drag.moved || !drag.point) return;
    const place = placeOf(drag.from[0] + dx, drag.from[1] + dy, true);
    if (place) {
      drag.edit = { op: "move", row: drag.point.row, ...place };
      show([...drag.before.filter(({ row }) => row !== drag.point.row), { ...drag.edit, born: now() }]);
    }
    cursor(event.offsetX, event.offsetY);
  });

  listen("pointerup", (event) => {
    const done = drag;
    drag = null;
    if (!done) return;
    if (done.edit) wish(done.edit);
    else if (!done.point && !done.moved) {
      const place = placeOf(...done.from);
      if (place) add(place);
    }
    cursor(event.offsetX, event.offsetY);
    redraw();
  });

  for (const type of ["pointercancel", "lostpointercapture"]) listen(type, () => {
    if (!drag) return;
    const { edit, before } = drag;
    drag = null;
    if (edit) show(before);
    redraw();
  });

  listen("contextmenu", (event) => {
    const added = pickAdded(event.offsetX, event.offsetY);
    if (!added && !drag) return;
    event.preventDefault();
    if (!drag) remove(added); // what is being dragged stays
  });

  listen("touchstart", (event) => { // a finger on a point moves the point, not the page
    const { left, top } = stack.getBoundingClientRect();
    const touch = event.touches[0];
    if (event.touches.length === 1 && pick(touch.clientX - left, touch.clientY - top)) event.preventDefault();
  }, { passive: false });

  listen("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const plot = axes();
    const middle = { x: (plot.xLimits[0] + plot.xLimits[1]) / 2, y: plot.whole ? 0 : (plot.yLimits[0] + plot.yLimits[1]) / 2 };
    const next = crossAfter(event.key, event.shiftKey, painter.cross ?? middle, plot);
    const { cross } = painter;
    if (next) {
      setCross(next);
      say(spoken(rounded(next.x, next.y, plot)));
    } else if (event.key === "Enter") {
      if (cross) add(rounded(cross.x, cross.y, plot));
      else setCross(middle);
    } else if (cross && (event.key === "Delete" || event.key === "Backspace")) {
      const added = pickAdded(plot.x(cross.x), plot.heightOf({ y: cross.y, at: -1 }));
      if (added) remove(added);
    } else if (cross && event.key === "Escape") setCross(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  listen("blur", () => {
    if (painter.cross) setCross(null);
  });

  painter.pending = edits;
  painter.cross = memory.cross[task] ?? null;
  edits.forEach(expire);
  stack.classList.add("editable");
  stack.tabIndex = 0;
  stack.dataset.editor = task;
  stack.setAttribute("role", "application");
  stack.setAttribute("aria-roledescription", "plot with points to edit");
  return {
    get busy() {
      return drag !== null;
    },
    stop() {
      for (const forget of listeners) forget();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
