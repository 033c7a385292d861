// Editing points in a plot, by pointer and by keyboard. What is wished for is reported and drawn at once; whether it is done,
// the next scene says.

import { numberText } from "./format.js";
import { EDIT_LASTS, nearestSpot, roundTo, shownPoints } from "./points.js";

const REACH = 9; // px around a point that count as on it
const STILL = 3; // px a pointer may tremble without dragging
const STEPS = 50; // of the crosshair from end to end

/** Where the crosshair goes for a key: {x, y} within the limits of `axes`; null for other keys. Shift: ten times finer. */
export function crossAfter(key, fine, { x, y }, { xLimits, yLimits, whole }) {
  const step = ([low, high]) => (high - low) / STEPS / (fine ? 10 : 1);
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  if (!move) return null;
  const within = (value, [low, high]) => Math.max(low, Math.min(high, value));
  return { x: within(x + move[0] * step(xLimits), xLimits), y: within(y + move[1] * (whole ? 1 : step(yLimits)), yLimits) };
}

/** What is reported of an edit, without what is there for drawing alone. */
export function reportOf(task, { op, row, x, y }) {
  if (op === "add") return { op, task, x, y };
  return op === "move" ? { op, task, row, x, y } : { op, task, row };
}

/**
 * Makes `stack`, the plot of `task`, editable. `painter` draws on `surface`; `edits` is the list of what was wished for, which
 * outlives the plot; `report(edit)` tells the page, `redraw()` draws anew and `say(text)` speaks to screen readers.
 */
export function createEditor({ stack, task, name, painter, surface, edits, report, redraw, say }) {
  const axes = () => painter.axes(surface);
  const now = () => performance.now();
  let drag = null; // {point, from: [px, py], moved, edit}
  const timers = new Set();
  const listeners = [];
  const listen = (type, action, options) => {
    stack.addEventListener(type, action, options);
    listeners.push(() => stack.removeEventListener(type, action, options));
  };

  function pick(px, py) {
    const plot = axes();
    const shown = shownPoints(painter.points, painter.pending).filter(({ row }) => row !== undefined);
    const at = nearestSpot(shown.map((point) => ({ px: plot.x(point.x), py: plot.heightOf(point) })), px, py, plot.whole && plot.yLimits[1] > 1 ? 4 : REACH);
    return shown[at] ?? null;
  }

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
    const told = { ...edit, born: now() };
    show([...edits.filter((other) => other.row === undefined || other.row !== edit.row), told]);
    const timer = setTimeout(() => { // nobody has answered: what the scene says is shown again
      timers.delete(timer);
      if (edits.includes(told)) show(edits.filter((other) => other !== told));
    }, EDIT_LASTS);
    timers.add(timer);
    report(reportOf(task, edit));
  }

  const spoken = ({ x, y }) => `x ${numberText(x)}, ${painter.axes(surface).whole ? `class ${y + 1}` : `y ${numberText(y)}`}`;

  function add(place) {
    wish({ op: "add", ...place });
    say(`${name}: a point added at ${spoken(place)}`);
  }

  function remove(point) {
    wish({ op: "remove", row: point.row });
    say(`${name}: the point at ${spoken(point)} removed`);
  }

  function cursor(px, py) {
    const look = drag?.moved ? "grabbing" : pick(px, py) ? "grab" : placeOf(px, py) ? "crosshair" : "";
    if (stack.style.cursor !== look) stack.style.cursor = look;
  }

  listen("pointerdown", (event) => {
    if (event.button !== 0 || drag) return;
    const point = pick(event.offsetX, event.offsetY);
    if (painter.cross) {
      painter.cross = null;
      redraw();
    }
    if (event.altKey) {
      if (point?.added) remove(point);
      return;
    }
    if (!point && !placeOf(event.offsetX, event.offsetY)) return;
    drag = { point, from: [event.offsetX, event.offsetY], at: [event.clientX, event.clientY], moved: false, edit: null, before: [...edits] };
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

  listen("pointercancel", () => {
    if (drag?.edit) show(drag.before);
    drag = null;
    redraw();
  });

  listen("contextmenu", (event) => {
    const point = pick(event.offsetX, event.offsetY);
    if (!point?.added && !event.ctrlKey) return;
    event.preventDefault();
    if (point?.added) remove(point);
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
      painter.cross = next;
      say(spoken(rounded(next.x, next.y, plot)));
    } else if (event.key === "Enter") {
      if (cross) add(rounded(cross.x, cross.y, plot));
      else painter.cross = middle;
    } else if (cross && (event.key === "Delete" || event.key === "Backspace")) {
      const point = pick(plot.x(cross.x), plot.heightOf({ y: cross.y, at: -1 }));
      if (point?.added) remove(point);
    } else if (cross && event.key === "Escape") painter.cross = null;
    else return;
    event.preventDefault();
    event.stopPropagation();
    redraw();
  });

  listen("blur", () => {
    if (!painter.cross) return;
    painter.cross = null;
    redraw();
  });

  painter.pending = edits;
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
