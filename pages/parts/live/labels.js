// Names and numbers beside a chart, level with where their lines have come to, and none over another.

import { shortenInside } from "./format.js";
import { drawShape, shapeOf } from "./shapes.js";

const NAME = 92, NUMBER = 38; // px beside a chart for names, and for each of two numbers where it is wide enough
const WIDE = 420, WIDER = 640;
const HEADS = ["train", "valid."];
export const LABEL_LINE = 13; // px from name to name

/** The px that labels have beside a chart of this width, and whether numbers stand among them. */
export function labelRoom(width) {
  return { width: width < WIDE ? NAME : width < WIDER ? NAME + 2 * NUMBER - 12 : NAME + 2 * NUMBER + 40, numbers: width >= WIDE };
}

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

/**
 * Labels right of `box`: [{number, name, color, y, losses}], the number, name and colour of a task, the height it would
 * like and two losses as text. `room` is a `labelRoom`.
 */
export function drawLabels(ctx, box, labels, order, room, theme) {
  ctx.font = theme.small;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const measure = (part) => ctx.measureText(part).width;
  const wanted = labels.map(({ y }) => (Number.isFinite(y) ? Math.max(box.top, Math.min(box.bottom, y)) : box.bottom));
  const right = (at) => box.right + room.width - 2 - NUMBER * (1 - at);
  const names = room.width - 24 - (room.numbers ? 2 * NUMBER : 0);
  if (room.numbers) {
    ctx.textAlign = "right";
    ctx.fillStyle = theme.soft;
    HEADS.forEach((head, at) => ctx.fillText(head, right(at), box.top - 3));
  }
  const top = box.top + (room.numbers ? LABEL_LINE - 2 : 0);
  spreadLabels(wanted, LABEL_LINE, top, box.bottom + 4, order).forEach((height, place) => {
    const { number, name, color, losses } = labels[place];
    drawShape(ctx, shapeOf(number), box.right + 15, height, 3.5, color, true);
    ctx.fillStyle = theme.ink;
    ctx.textAlign = "left";
    ctx.fillText(shortenInside(name, names, measure), box.right + 23, height + 0.5);
    if (!room.numbers) return;
    ctx.textAlign = "right";
    losses.forEach((loss, at) => ctx.fillText(loss, right(at), height + 0.5));
  });
}
