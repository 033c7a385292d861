// Where a run blew up: found in a frame, and drawn in red from where a line was last seen. Knows nothing of why, nor of
// records: a record is of a whole epoch, the explosion is one step's.

import { dot, strokeLine } from "./chart.js";
import { roughText } from "./format.js";
import { extent } from "./series.js";

const WILD = 1000; // times its first value: too far for equal steps

/**
 * Where a frame's run blew up, {task, twin, epoch, step, loss}: the loss is null where it is no longer a number. Null when
 * nothing blew up.
 */
export function explosionOf(tasks, frame) {
  if (!frame?.failure || frame.status !== "failed") return null;
  const { epoch, step, failure } = frame;
  const task = tasks.findIndex(({ name }) => failure.task === name);
  return task < 0 ? null : { task, twin: failure.twin, epoch, step, loss: failure.loss };
}

/** Whether values and the loss of an explosion lie too far apart for a linear axis. */
export function isWild(values, loss) {
  const first = values.find((value) => value > 0);
  return Math.max(extent([values])?.[1] ?? 0, loss ?? 0) > WILD * first;
}

/** What is written where it blew up. */
export function explosionText({ step, loss }) {
  return `↑ ${loss === null ? "no number" : roughText(loss)} at step ${step}`;
}

/**
 * A red line from [x, y], where a line was last seen, to the explosion at `x`; to the top of `box` where `y` is no number.
 * `text` may be empty; `line` is the line of text it stands on.
 */
export function drawExplosion(ctx, box, from, { x, y, text, line = 0 }, theme) {
  const inside = Number.isFinite(y) && y >= box.top;
  const end = inside ? y : box.top - 8;
  if (from) strokeLine(ctx, [from[0], Math.max(box.top - 8, Math.min(box.bottom, from[1])), x, end], theme.bad, 1.75, [3, 2]);
  if (inside) dot(ctx, x, y, 3.5, theme.bad, true);
  if (!text) return;
  ctx.font = theme.small;
  const width = ctx.measureText(text).width;
  const left = x + 6 + width > box.right ? x - 6 - width : x + 6;
  const top = (inside ? Math.min(y - 5, box.bottom - 14) : box.top) + 13 * line;
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = theme.paper;
  ctx.strokeText(text, left, top);
  ctx.fillStyle = theme.bad;
  ctx.fillText(text, left, top);
}
