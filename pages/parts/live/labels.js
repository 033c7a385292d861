// Names beside a chart, level with where their lines have come to, and none over another.

import { shortenInside } from "./format.js";
import { drawShape, shapeOf } from "./shapes.js";

export const LABEL_WIDTH = 92; // px beside a chart for names
export const LABEL_LINE = 13; // px from name to name

/**
 * Heights for labels that would like to stand at `wanted`: in their order, `gap` apart where there is room, within
 * [top, bottom]. `order` is the one of last time, and is brought up to date: two change places only when clearly apart.
 */
export function spreadLabels(wanted, gap, top, bottom, order = []) {
  const room = Math.min(gap, (bottom - top) / Math.max(1, wanted.length - 1));
  const clear = order.length === wanted.length ? gap / 2 : 0;
  if (!clear) order.splice(0, order.length, ...wanted.keys());
  for (let end = order.length - 1; end > 0; end -= 1) {
    for (let at = 0; at < end; at += 1) {
      if (wanted[order[at]] > wanted[order[at + 1]] + clear) [order[at], order[at + 1]] = [order[at + 1], order[at]];
    }
  }
  const placed = [];
  let free = top;
  for (const at of order) {
    placed[at] = Math.max(free, Math.min(bottom, wanted[at]));
    free = placed[at] + room;
  }
  let most = bottom;
  for (const at of [...order].reverse()) {
    placed[at] = Math.min(placed[at], most);
    most = placed[at] - room;
  }
  return placed;
}

/** Labels right of `box`: [{number, name, color, y}], the number, name and colour of a task and the height it would like. */
export function drawLabels(ctx, box, labels, order, theme) {
  ctx.font = theme.small;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const measure = (part) => ctx.measureText(part).width;
  const wanted = labels.map(({ y }) => (Number.isFinite(y) ? Math.max(box.top, Math.min(box.bottom, y)) : box.bottom));
  spreadLabels(wanted, LABEL_LINE, box.top, box.bottom + 4, order).forEach((height, place) => {
    const { number, name, color } = labels[place];
    drawShape(ctx, shapeOf(number), box.right + 15, height, 3.5, color, true);
    ctx.fillStyle = theme.ink;
    ctx.fillText(shortenInside(name, LABEL_WIDTH - 24, measure), box.right + 23, height + 0.5);
  });
}
