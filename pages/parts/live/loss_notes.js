// What is noted in a loss chart: changes on the way, how high a clipped line goes, and a box beside the pointer.

import { strokeLine } from "./chart.js";
import { roughText, shorten } from "./format.js";
import { peaksAbove } from "./series.js";
import { drawShape, shapeOf } from "./shapes.js";

const NOTE_LINE = 13; // px from line to line
const OUT = 10; // times the top of a chart: no mere peak

/** Changes on the way, {epoch, text}: a dotted line each with a flag on top. Returns those near `pointer`, an epoch or null. */
export function drawMarks(ctx, box, x, marks, pointer, theme) {
  const reach = 7 / Math.abs(x(1) - x(0) || 1);
  const told = pointer === null ? [] : marks.filter((mark) => Math.abs(pointer - mark.epoch) <= reach);
  let free = -Infinity;
  for (const mark of marks) {
    const at = Math.round(x(mark.epoch)) + 0.5;
    if (at < box.left - 1 || at > box.right + 1) continue;
    const near = told.includes(mark);
    strokeLine(ctx, [at, box.top - 8, at, box.bottom], near ? theme.ink : theme.soft, 1, [2, 3]);
    if (at < free) continue;
    free = at + 3;
    ctx.beginPath();
    ctx.moveTo(at, box.top - 9);
    ctx.lineTo(at + 8, box.top - 6);
    ctx.lineTo(at, box.top - 3);
    ctx.fillStyle = near ? theme.ink : theme.soft;
    ctx.fill();
  }
  return told;
}

/** The peaks of a band above `top`; `out`: the line has left the chart by far and is not back. */
function peaksOf({ mean }, top) {
  const peaks = peaksAbove(mean, top);
  return peaks.map((peak, at) => ({ ...peak, out: at === peaks.length - 1 && mean.at(-1) > OUT * top }));
}

/** Where a line of `bands` leaves the chart at `top`: how high it goes. The highest come first where room is short. */
export function drawPeaks(ctx, box, x, epochs, bands, top, theme) {
  const peaks = bands.flatMap((band) => peaksOf(band, top)).sort((a, b) => b.value - a.value);
  const taken = [];
  ctx.font = theme.small;
  ctx.textBaseline = "top";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  for (const { at, value, out } of peaks) {
    const text = `↑ ${roughText(value)}`;
    const width = ctx.measureText(text).width;
    const wanted = x(epochs[at]) + 5;
    const left = wanted + width > box.right ? wanted - width - 10 : wanted;
    if (taken.some(([from, to]) => left < to + 6 && left + width > from - 6)) continue;
    taken.push([left, left + width]);
    ctx.lineWidth = 3;
    ctx.strokeStyle = theme.paper;
    ctx.strokeText(text, left, box.top);
    ctx.fillStyle = out ? theme.bad : theme.ink;
    ctx.fillText(text, left, box.top);
  }
}

/** A small box of lines, {text, number?, color?}, beside the pointer at `x`. */
export function drawTold({ ctx, width: wide, height: high }, box, x, told, theme) {
  ctx.font = theme.small;
  const chip = told.some(({ color }) => color) ? 14 : 0;
  const measure = (part) => ctx.measureText(part).width;
  const rows = told.slice(0, Math.max(1, Math.floor((high - 8) / NOTE_LINE))).map((line) => ({ ...line, text: shorten(line.text, box.right - box.left - 24, measure) }));
  const width = Math.max(...rows.map(({ text }) => measure(text))) + 12 + chip;
  const height = rows.length * NOTE_LINE + 7;
  const left = x + 10 + width > wide ? Math.max(0, x - 10 - width) : x + 10;
  const top = Math.min(box.top, high - height - 1);
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, 4);
  ctx.fillStyle = theme.paper;
  ctx.fill();
  ctx.strokeStyle = theme.axis;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  rows.forEach(({ text, color, number }, at) => {
    const middle = top + 4 + (at + 0.5) * NOTE_LINE;
    if (color) drawShape(ctx, shapeOf(number), left + 11, middle, 3.5, color, true);
    ctx.fillStyle = theme.ink;
    ctx.fillText(text, left + 6 + (color ? chip : 0), middle + 0.5);
  });
}
