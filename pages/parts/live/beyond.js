// What lies outside the range that is trained on: shaded, named where there is room, and lines there in a lighter tone.

import { clipped } from "./chart.js";

const FAINT = 0.4;
const WORD = "never seen";

/** The stretches of [left, right] px that lie outside `known`, [[from, to] …]; none without a known range. */
export function unknownStretches(known, x, left, right) {
  if (!known || !known.every(Number.isFinite)) return [];
  const [low, high] = known.map((value) => Math.max(left, Math.min(right, Math.round(x(value)))));
  return [[left, low], [high, right]].filter(([from, to]) => to - from >= 1);
}

/** The stretch of [left, right] px within `known`. */
export function knownStretch(known, x, left, right) {
  if (!known || !known.every(Number.isFinite)) return [left, right];
  return known.map((value) => Math.max(left, Math.min(right, Math.round(x(value)))));
}

/** Shades what is unknown. */
export function shadeUnknown(ctx, box, known, x, theme) {
  ctx.fillStyle = theme.shade;
  for (const [from, to] of unknownStretches(known, x, box.left, box.right)) ctx.fillRect(from, box.top, to - from, box.bottom - box.top);
}

/** The words "never seen" at the top edge, `down` px below it, of each shaded stretch that has room for them. */
export function nameUnknown(ctx, box, known, x, theme, down = 3) {
  ctx.font = theme.small;
  [ctx.textAlign, ctx.textBaseline, ctx.lineJoin, ctx.lineWidth] = ["center", "top", "round", 3];
  const wide = ctx.measureText(WORD).width;
  for (const [from, to] of unknownStretches(known, x, box.left, box.right)) {
    if (to - from < wide + 4) continue;
    ctx.strokeStyle = theme.paper;
    ctx.strokeText(WORD, (from + to) / 2, box.top + down);
    ctx.fillStyle = theme.soft;
    ctx.fillText(WORD, (from + to) / 2, box.top + down);
  }
}

/** Calls `draw(alpha)` clipped to what is known, then with a lower alpha to what is not. */
export function inTones(ctx, box, known, x, draw) {
  const [left, right] = knownStretch(known, x, box.left, box.right);
  if (right > left) clipped(ctx, { ...box, left, right }, () => draw(1));
  for (const [from, to] of unknownStretches(known, x, box.left, box.right)) clipped(ctx, { ...box, left: from, right: to }, () => draw(FAINT));
}
