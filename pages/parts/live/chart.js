// Axes, lines, bands and points on a canvas.

import { briefText, logText, shorten, tickText } from "./format.js";
import { logTicks, niceTicks } from "./scale.js";

const FAR = 1e5; // px

/** Ticks as [{value, text}] for limits [low, high]. */
export function axisTicks(low, high, count, log = false) {
  const powers = log ? logTicks(low, high, count) : [];
  if (powers.length > 1) return powers.map((value) => ({ value, text: logText(value) }));
  const { values, step } = niceTicks(low, high, count);
  return values.map((value) => ({ value, text: tickText(value, step) }));
}

/**
 * Grid lines at y ticks, labels left and below. `box` is {left, top, right, bottom}; `xAxis` and `yAxis` are
 * {scale, ticks, title}; `xAxis.end` is a word at the end of the line of labels.
 */
export function drawAxes(ctx, box, xAxis, yAxis, theme) {
  ctx.font = theme.small;
  ctx.fillStyle = theme.soft;
  ctx.lineWidth = 1;
  ctx.textBaseline = "middle";
  ctx.textAlign = "right";
  ctx.strokeStyle = theme.grid;
  ctx.beginPath();
  let above = Infinity; // where the label before stands
  for (const { value, text } of yAxis.ticks) {
    const y = Math.round(yAxis.scale(value)) + 0.5;
    if (y < box.top - 1 || y > box.bottom + 1) continue;
    ctx.moveTo(box.left, y);
    ctx.lineTo(box.right, y);
    if (Math.abs(above - y) < 11) continue;
    above = y;
    ctx.fillText(ctx.measureText(text).width > box.left - 6 ? briefText(value) : text, box.left - 6, y);
  }
  ctx.stroke();
  ctx.strokeStyle = theme.axis;
  ctx.beginPath();
  ctx.moveTo(box.left, Math.round(box.bottom) + 0.5);
  ctx.lineTo(box.right, Math.round(box.bottom) + 0.5);
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  let free = -Infinity;
  const edge = box.right + (box.spill ?? 4);
  const inside = xAxis.ticks.map((tick) => ({ ...tick, x: Math.round(xAxis.scale(tick.value)) + 0.5 })).filter(({ x }) => x >= box.left - 1 && x <= box.right + 1);
  let until = Infinity;
  if (xAxis.end) {
    const last = inside.at(-1);
    const merged = last && last.x + ctx.measureText(last.text).width / 2 > edge - ctx.measureText(xAxis.end).width - 6;
    const word = merged ? `${xAxis.end} ${last.text}` : xAxis.end;
    ctx.textAlign = "right";
    ctx.fillText(word, merged ? Math.min(edge, last.x + ctx.measureText(last.text).width / 2) : edge, box.bottom + 6);
    ctx.textAlign = "center";
    until = (merged ? Math.min(edge, last.x + ctx.measureText(last.text).width / 2) : edge) - ctx.measureText(word).width - 6;
  }
  for (const { text, x } of inside) {
    const half = ctx.measureText(text).width / 2;
    const middle = Math.min(x, edge - half);
    ctx.moveTo(x, box.bottom);
    ctx.lineTo(x, box.bottom + 3);
    if (middle - half < free || middle + half > until) continue;
    ctx.fillText(text, middle, box.bottom + 6);
    free = middle + half + 6;
  }
  ctx.stroke();
  if (xAxis.title) {
    ctx.fillText(shorten(xAxis.title, box.right - box.left, (text) => ctx.measureText(text).width), (box.left + box.right) / 2, box.bottom + 20);
  }
  if (yAxis.title) {
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    ctx.fillText(shorten(yAxis.title, box.right, (text) => ctx.measureText(text).width), 0, box.top - 6);
  }
}

/** Where a picture's axes lie: with titles beside them, or lean, with numbers alone. */
export function plotBox(surface, lean, titled = true) {
  if (lean) return { left: 30, top: 7, right: surface.width - 6, bottom: surface.height - 20, spill: 6 };
  return { left: 40, top: titled ? 22 : 8, right: surface.width - 8, bottom: surface.height - 36 };
}

/** Draws within the box only. */
export function clipped(ctx, box, draw, margin = 0) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left - margin, box.top - margin, box.right - box.left + 2 * margin, box.bottom - box.top + 2 * margin);
  ctx.clip();
  draw();
  ctx.restore();
}

/** A line through flat [x, y, …]; NaN breaks it. What lies far out is drawn as far as a canvas can: it is seen to leave. */
export function strokeLine(ctx, points, color, width = 2, dash = []) {
  ctx.beginPath();
  let open = false;
  for (let at = 0; at < points.length; at += 2) {
    const y = Math.max(-FAR, Math.min(FAR, points[at + 1]));
    if (Number.isNaN(y)) open = false;
    else if (open) ctx.lineTo(points[at], y);
    else {
      ctx.moveTo(points[at], y);
      open = true;
    }
  }
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.lineJoin = "round";
  ctx.lineCap = dash.length ? "butt" : "round";
  ctx.setLineDash(dash);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** The area between two lines of flat [x, y, …]. */
export function fillBand(ctx, low, high, color) {
  if (low.length < 4) return;
  const safe = (value) => (Number.isFinite(value) ? Math.max(-1e5, Math.min(1e5, value)) : 0);
  ctx.beginPath();
  for (let at = 0; at < low.length; at += 2) ctx.lineTo(low[at], safe(low[at + 1]));
  for (let at = high.length - 2; at >= 0; at -= 2) ctx.lineTo(high[at], safe(high[at + 1]));
  ctx.closePath();
  ctx.fillStyle = color;
  ctx.fill();
}

/** One round point: filled, or hollow with the paper showing through. */
export function dot(ctx, x, y, radius, color, filled, paper) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  if (filled) {
    ctx.fillStyle = color;
    ctx.fill();
    return;
  }
  if (paper) {
    ctx.fillStyle = paper;
    ctx.fill();
  }
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.25;
  ctx.stroke();
}
