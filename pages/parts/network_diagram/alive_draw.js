// Draws weights as lines and units as small pictures on a canvas. Knows nothing of where the numbers come from.

import { blend, classHue, css, diverging, NEGATIVE, POSITIVE } from "../live/color.js";
import { shares } from "./alive_data.js";

const FAINTEST = 0.05, THICKEST = 3.6; // weights below this share of the largest are not drawn; the width of the largest
const LOWEST_PICTURE = 4; // pixels
const TONES = 12; // lines of about the same width and colour are drawn in one go
const BESIDE_UNIT = 4; // the width of the bars of tasks beside a unit

/** The colours of a theme: `paper`, `ink` as [red, green, blue], `dark`, `zero`: that of nothing. */
export function palette(paper, ink, dark) {
  const zero = dark ? [52, 57, 66] : [232, 234, 235];
  const ramp = new Uint8ClampedArray(256 * 3);
  for (let at = 0; at < 256; at += 1) ramp.set(diverging((at - 128) / 127, zero), 3 * at);
  const lighter = (color) => (dark ? blend(color, [255, 255, 255], 0.18) : color);
  const signs = [lighter(NEGATIVE), lighter(POSITIVE)];
  return { paper, ink, dark, zero, ramp, signs, frame: css(blend(paper, ink, 0.28)), grey: css(blend(paper, ink, 0.16)), axis: css(ink, 0.22), sheet: css(paper) };
}

/** The lines of one link. `weights` in shares of the largest, input by unit; without `from` sizes of what comes in, in one row. */
export function drawLink(ctx, { link, from, x1, x2, bend, starts, ends, layer, beside }, weights, theme, alpha = 1) {
  const mid = (x1 + bend) / 2, groups = new Map(), count = ends.length, rows = from ? starts.length : weights.length / count;
  const crowd = Math.min(1, Math.sqrt(90 / Math.max(1, count * starts.length * Math.sqrt(beside))));
  for (let input = 0; input < starts.length; input += 1) {
    for (let unit = 0; unit < count; unit += 1) {
      const weight = from ? weights[input * count + unit] : sizeOf(weights, unit, count, rows), size = Math.min(1, Math.abs(weight));
      if (!(size >= FAINTEST)) continue;
      const step = Math.ceil(size * TONES) * (weight < 0 ? -1 : 1);
      if (!groups.has(step)) groups.set(step, []);
      groups.get(step).push(starts[input], ends[unit]);
    }
  }
  ctx.lineCap = "butt";
  for (const step of [...groups.keys()].sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const size = Math.abs(step) / TONES, pairs = groups.get(step);
    ctx.strokeStyle = css(from ? theme.signs[step < 0 ? 0 : 1] : theme.ink, (from ? 0.1 + 0.75 * size ** 1.4 : 0.08 + 0.3 * size) * (0.3 + 0.7 * crowd) * alpha * (link.alpha ?? 1));
    ctx.lineWidth = Math.max(0.4, THICKEST * size * (0.4 + 0.6 * crowd));
    ctx.beginPath();
    for (let at = 0; at < pairs.length; at += 2) {
      ctx.moveTo(x1, pairs[at]);
      ctx.bezierCurveTo(mid, pairs[at], mid, pairs[at + 1], bend, pairs[at + 1]);
      if (x2 > bend) ctx.lineTo(x2, pairs[at + 1]);
    }
    ctx.stroke();
  }
  return layer;
}

function sizeOf(weights, unit, count, rows) {
  let sum = 0;
  for (let row = 0; row < rows; row += 1) sum += Math.abs(weights[row * count + unit]);
  return sum / rows;
}

/** The box of a layer with its units. `values`: the responses in motion, 0 to 255; `look`: {theme, kind, color, tasks, classes, sprite, Path}. */
export function drawBox(ctx, { node, layer, cells }, values, look) {
  const { theme, color } = look, { x, y, w, h } = node, each = values.length / Math.max(1, layer.count);
  ctx.globalAlpha = node.alpha ?? 1;
  ctx.fillStyle = theme.sheet;
  ctx.beginPath();
  ctx.roundRect(x - w / 2, y - h / 2, w, h, Math.min(9, w / 3, h / 3));
  ctx.fill();
  if (node.compact || cells[0]?.h < LOWEST_PICTURE) drawStrip(ctx, cells, layer, values, each, look);
  else if (look.kind === "map") drawMaps(ctx, cells, layer, values, look);
  else {
    ctx.fillStyle = css(color, 0.07);
    for (const cell of cells) ctx.fillRect(cell.x - cell.w / 2, cell.y - cell.h / 2, cell.w, cell.h);
    if (look.kind === "curve") drawCurves(ctx, cells, layer, values, each, look);
    else drawBars(ctx, cells, layer, values, each, look);
  }
  if (!node.compact && cells[0]?.h >= LOWEST_PICTURE) for (const place of layer.dead) drawDead(ctx, cells[place], theme);
  if (layer.use) drawShares(ctx, cells, layer.use, node.x + node.w / 2 - BESIDE_UNIT, look.tasks);
  if (layer.pull) drawShares(ctx, cells, layer.pull, node.x - node.w / 2, look.tasks);
  ctx.globalAlpha = 1;
}

/** One unit's picture in `width` by `height` pixels. `values`, `look`: as for the box of its layer. */
export function drawUnit(ctx, layer, place, values, look, width, height) {
  const each = values.length / Math.max(1, layer.count), cell = { x: width / 2, y: height / 2, w: width, h: height };
  const one = { ...layer, count: 1, low: [layer.low[place]], high: [layer.high[place]], dead: new Set(layer.dead.has(place) ? [0] : []) };
  const own = values.subarray(place * each, (place + 1) * each);
  ctx.fillStyle = css(look.color, 0.07);
  ctx.fillRect(0, 0, width, height);
  if (look.kind === "map") drawMaps(ctx, [cell], one, own, look);
  else if (look.kind === "curve") drawCurves(ctx, [cell], one, own, each, look);
  else drawBars(ctx, [cell], one, own, each, look);
  if (one.dead.size) drawDead(ctx, cell, look.theme);
}

/** Where there is no room for pictures: a cell for each unit at both edges, in the colour of its mean. */
function drawStrip(ctx, cells, layer, values, each, { theme, kind, color }) {
  cells.forEach((cell, unit) => {
    let mean = 0;
    for (let at = unit * each; at < (unit + 1) * each; at += 1) mean += values[at] / each;
    const [low, high] = [layer.low[unit], layer.high[unit]], peak = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const value = kind === "table" ? (Math.abs(high) > Math.abs(low) ? high : low) / peak : (low + (mean / 255) * (high - low)) / peak;
    ctx.fillStyle = layer.dead.has(unit) ? theme.grey : kind === "table" ? css(color, 0.5) : css(diverging(value, theme.zero));
    for (const x of [cell.x - cell.w / 2 - 2, cell.x + cell.w / 2 - 2]) ctx.fillRect(x, cell.y - cell.h / 2, 4, cell.h);
  });
}

/** Curves over the one input: blue above nothing, orange below. */
function drawCurves(ctx, cells, layer, values, each, { theme, Path = Path2D }) {
  const line = new Path(), filled = [new Path(), new Path()];
  cells.forEach((cell, unit) => {
    if (layer.dead.has(unit)) return;
    const [low, high] = [layer.low[unit], layer.high[unit]], span = high - low || 1;
    const left = cell.x - cell.w / 2, bottom = cell.y + cell.h / 2, zero = bottom + (low / span) * cell.h;
    const step = cell.w / (each - 1), above = values.subarray(unit * each, (unit + 1) * each);
    filled.forEach((path, side) => {
      path.moveTo(left, zero);
      above.forEach((value, at) => {
        const place = bottom - (value / 255) * cell.h;
        path.lineTo(left + at * step, side ? Math.min(zero, place) : Math.max(zero, place));
      });
      path.lineTo(left + cell.w, zero);
    });
    above.forEach((value, at) => line[at ? "lineTo" : "moveTo"](left + at * step, bottom - (value / 255) * cell.h));
  });
  filled.forEach((path, side) => {
    ctx.fillStyle = css(theme.signs[side], 0.42);
    ctx.fill(path);
  });
  ctx.strokeStyle = css(theme.ink, 0.85);
  ctx.lineWidth = 1;
  ctx.stroke(line);
}

/** Maps over two inputs, as wide as high, in the colours of signs. */
function drawMaps(ctx, cells, layer, values, { theme, sprite }) {
  const each = values.length / layer.count, side = Math.round(Math.sqrt(each)), image = sprite(side, side * layer.count);
  if (!image) return;
  for (let unit = 0; unit < layer.count; unit += 1) {
    const [low, high] = [layer.low[unit], layer.high[unit]], peak = Math.max(Math.abs(low), Math.abs(high)) || 1;
    for (let at = 0; at < each; at += 1) {
      const value = (low + (values[unit * each + at] / 255) * (high - low)) / peak;
      const from = 3 * Math.max(1, Math.min(255, Math.round(128 + 127 * value)));
      const to = 4 * (unit * each + (side - 1 - Math.floor(at / side)) * side + (at % side)); // the first row lies below
      image.data[to] = theme.ramp[from];
      image.data[to + 1] = theme.ramp[from + 1];
      image.data[to + 2] = theme.ramp[from + 2];
      image.data[to + 3] = 255;
    }
  }
  const canvas = image.flush();
  ctx.imageSmoothingEnabled = false;
  cells.forEach((cell, unit) => {
    const size = Math.min(cell.w, Math.max(cell.h, 8));
    const wide = cell.w > 1.6 * size ? cell.w : size;
    ctx.drawImage(canvas, 0, unit * side, side, side, cell.x - wide / 2, cell.y - cell.h / 2, wide, cell.h);
  });
}

/** Histograms of what a unit says over the rows, classes upon each other. */
function drawBars(ctx, cells, layer, values, each, { theme, color, classes }) {
  const kinds = layer.classes ?? 1, bins = each / kinds, known = classes(layer.by, kinds), stacked = cells.map(() => new Float32Array(bins));
  for (let kind = 0; kind < kinds; kind += 1) {
    ctx.fillStyle = css(known?.[kind] ?? color, theme.dark ? 0.9 : 0.8);
    cells.forEach((cell, unit) => {
      if (layer.dead.has(unit)) return;
      const wide = cell.w / bins, left = cell.x - cell.w / 2, bottom = cell.y + cell.h / 2;
      for (let bin = 0; bin < bins; bin += 1) {
        const tall = (values[unit * each + kind * bins + bin] / 255) * cell.h;
        if (tall < 0.3) continue;
        ctx.fillRect(left + bin * wide, bottom - stacked[unit][bin] - tall, Math.max(0.6, wide - 0.5), tall);
        stacked[unit][bin] += tall;
      }
    });
  }
}

/** The colours of classes: no and yes in those of signs, others one by one. */
export function classColors(count, theme) {
  return count === 2 ? theme.signs : Array.from({ length: count }, (_, number) => classHue(number, theme.dark));
}

function drawDead(ctx, cell, theme) {
  ctx.fillStyle = theme.grey;
  ctx.fillRect(cell.x - cell.w / 2, cell.y - cell.h / 2, cell.w, cell.h);
  ctx.strokeStyle = theme.axis;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(cell.x - cell.w / 2, cell.y + cell.h / 2);
  ctx.lineTo(cell.x + cell.w / 2, cell.y - cell.h / 2);
  ctx.stroke();
}

/** A bar beside each unit, in the colours of the tasks: the higher, the more it is used or pulled at. */
function drawShares(ctx, cells, bytes, x, tasks) {
  cells.forEach((cell, unit) => {
    const { parts, size } = shares(bytes, unit, cells.length), tall = cell.h * (0.2 + 0.8 * size);
    let top = cell.y - tall / 2;
    parts.forEach((part, task) => {
      if (!tasks[task]) return; // the picture knows the new tasks first, the numbers a moment later
      ctx.fillStyle = css(tasks[task]);
      ctx.fillRect(x, top, BESIDE_UNIT, tall * part);
      top += tall * part;
    });
  });
}
