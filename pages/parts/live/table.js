// The view of tables with more inputs than a picture has: predicted against true, for each task kind.

import { axisTicks, clipped, drawAxes, plotBox, strokeLine } from "./chart.js";
import { blend, css, NEGATIVE, POSITIVE, readable } from "./color.js";
import { named, shorten } from "./format.js";
import { createLimits, linearScale, niceCeil } from "./scale.js";
import { extent } from "./series.js";
import { shapeOf, traceShape } from "./shapes.js";
import { taskColor } from "./theme.js";

/** Counts of probabilities in `bins` bins: first of the rows whose true class is 1, then of those whose class is 0. */
export function histogram(probabilities, truth, bins) {
  const counts = new Float32Array(2 * bins);
  probabilities.forEach((probability, at) => {
    if (probability === null || truth[at] === null || truth[at] === undefined || !Number.isFinite(probability)) return;
    const bin = Math.max(0, Math.min(bins - 1, Math.floor(probability * bins)));
    counts[(truth[at] === 1 ? 0 : bins) + bin] += 1;
  });
  return counts;
}

/** Each row of a confusion matrix as shares of its row. */
export function rowShares(counts, size) {
  return Array.from(counts, (count, at) => {
    const row = Math.floor(at / size) * size;
    let total = 0;
    for (let column = 0; column < size; column += 1) total += counts[row + column];
    return total ? count / total : 0;
  });
}

function createScatterPainter(task, truth, shape, lean) {
  const [low, high] = extent([truth]) ?? [0, 1];
  const room = (high - low || 1) * 0.08;
  const limits = [low - room, high + room];
  const box = (surface) => plotBox(surface, lean);
  const scales = (area) => [linearScale(...limits, area.left, area.right), linearScale(...limits, area.bottom, area.top)];
  return {
    stillOnTop: false,
    pack: (view) => Float32Array.from(view.predicted, (value) => value ?? NaN),
    drawStill(surface, theme) {
      const area = box(surface);
      const [x, y] = scales(area);
      drawAxes(surface.ctx, area,
        { scale: x, ticks: axisTicks(...limits, Math.max(2, Math.min(6, (area.right - area.left) / (lean ? 40 : 55)))), title: lean ? "" : named("true", task.unit) },
        { scale: y, ticks: axisTicks(...limits, Math.max(2, Math.min(6, (area.bottom - area.top) / (lean ? 24 : 40)))), title: lean ? "" : named("predicted", task.unit) }, theme);
      strokeLine(surface.ctx, [area.left, area.bottom, area.right, area.top], theme.axis, 1, [4, 3]);
    },
    drawMoving(surface, values, theme) {
      const area = box(surface);
      const [x, y] = scales(area);
      const { ctx } = surface;
      clipped(ctx, area, () => {
        ctx.beginPath(); // all points in one path, hollow: the network has not learned from them
        truth.forEach((value, at) => {
          if (value === null || !Number.isFinite(values[at])) return;
          traceShape(ctx, shape, x(value), Math.max(area.top, Math.min(area.bottom, y(values[at]))), 2.75);
        });
        ctx.strokeStyle = css(taskColor(task, theme), 0.85);
        ctx.lineWidth = 1.25;
        ctx.stroke();
      }, 3);
    },
  };
}

const BINS = 20;

function createHistogramPainter(task, truth, lean) {
  const limits = createLimits();
  const box = (surface) => plotBox(surface, lean);
  const [no, yes] = [task.classes[0] ?? "no", task.classes[1] ?? "yes"];
  return {
    stillOnTop: false,
    pack: (view) => histogram(view.yes, truth, BINS),
    drawStill() {},
    drawMoving(surface, values, theme, now, still) {
      const { ctx } = surface;
      const area = box(surface);
      limits.aim(0, niceCeil(Math.max(4, ...values) * 1.05), still);
      const moving = limits.step(now);
      const most = limits.high;
      const x = linearScale(0, 1, area.left, area.right);
      const y = linearScale(-most, most, area.bottom, area.top);
      const up = axisTicks(0, most, 2).filter((tick) => tick.value > 0);
      const ticks = [...up, { value: 0, text: "0" }, ...up.map((tick) => ({ value: -tick.value, text: tick.text }))];
      drawAxes(ctx, area,
        { scale: x, ticks: (lean ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1]).map((value) => ({ value, text: String(value) })), title: lean ? "" : `predicted probability of ${yes}` },
        { scale: y, ticks }, theme);
      const wide = (area.right - area.left) / BINS;
      for (let bin = 0; bin < BINS; bin += 1) {
        const left = area.left + bin * wide + 1;
        ctx.fillStyle = css(POSITIVE, 0.85);
        ctx.fillRect(left, y(values[bin]), wide - 2, y(0) - y(values[bin]));
        ctx.fillStyle = css(NEGATIVE, 0.9);
        ctx.fillRect(left, y(0), wide - 2, y(-values[BINS + bin]) - y(0));
      }
      strokeLine(ctx, [area.left, y(0), area.right, y(0)], theme.axis, 1);
      strokeLine(ctx, [x(0.5), area.top, x(0.5), area.bottom], theme.soft, 1, [4, 3]);
      ctx.font = theme.small;
      const fit = (text) => shorten(text, (area.right - area.left) / 2 - 12, (part) => ctx.measureText(part).width);
      // Each in the corner that stays empty when the task is learned.
      for (const [text, x, align, y, base] of [[lean ? yes : `truly ${yes}`, area.left + 5, "left", area.top + 1, "top"], [lean ? no : `truly ${no}`, area.right - 3, "right", area.bottom - 2, "bottom"]]) {
        [ctx.textAlign, ctx.textBaseline] = [align, base];
        ctx.lineWidth = 3;
        ctx.strokeStyle = theme.paper;
        ctx.strokeText(fit(text), x, y);
        ctx.fillStyle = theme.ink;
        ctx.fillText(fit(text), x, y);
      }
      return moving;
    },
  };
}

function createConfusionPainter(task, lean) {
  const size = task.classes.length;
  return {
    stillOnTop: false,
    jumps: true, // counts are whole numbers: nothing to see in between
    pack: (view) => Float32Array.from(view.confusion.flat()),
    drawStill() {},
    drawMoving(surface, values, theme) {
      const { ctx } = surface;
      ctx.font = theme.small;
      const measure = (text) => ctx.measureText(text).width;
      const aside = lean ? 0 : 14; // the word "true"
      const left = Math.ceil(Math.min(surface.width * 0.28, (lean ? 8 : 16) + Math.max(...task.classes.map(measure)))) + aside;
      const area = { left, top: lean ? 18 : 40, right: surface.width - 8, bottom: surface.height - 6 };
      const [wide, high] = [(area.right - area.left) / size, (area.bottom - area.top) / size];
      const shares = rowShares(values, size);
      const color = taskColor(task, theme);
      ctx.textBaseline = "middle";
      for (let row = 0; row < size; row += 1) {
        for (let column = 0; column < size; column += 1) {
          const at = row * size + column;
          const [x, y] = [area.left + column * wide, area.top + row * high];
          const fill = blend(theme.background, color, 0.05 + 0.8 * shares[at]);
          ctx.fillStyle = css(fill);
          ctx.fillRect(x + 1, y + 1, wide - 2, high - 2);
          if (row === column) {
            ctx.strokeStyle = css(color);
            ctx.lineWidth = 1;
            ctx.strokeRect(x + 1.5, y + 1.5, wide - 3, high - 3);
          }
          if (wide < 16 || high < 12) continue;
          ctx.font = high > 30 && wide > 34 ? theme.label : theme.small;
          ctx.textAlign = "center";
          const quiet = values[at] < 0.5 ? [blend(theme.background, theme.text, 0.66)] : []; // a zero steps back
          ctx.fillStyle = css(readable(fill, [...quiet, theme.text, theme.background]));
          ctx.fillText(String(Math.round(values[at])), x + wide / 2, y + high / 2 + 0.5);
        }
      }
      ctx.font = theme.small;
      ctx.fillStyle = theme.soft;
      task.classes.forEach((name, at) => {
        ctx.textAlign = "right";
        if (high >= 11) ctx.fillText(shorten(name, left - aside - (lean ? 6 : 10), measure), area.left - 6, area.top + (at + 0.5) * high);
        ctx.textAlign = "center";
        if (wide >= 14) ctx.fillText(shorten(name, wide - 4, measure), area.left + (at + 0.5) * wide, area.top - 8);
      });
      if (lean) return false;
      ctx.fillText("predicted", (area.left + area.right) / 2, area.top - 24);
      ctx.save();
      ctx.translate(7, (area.top + area.bottom) / 2);
      ctx.rotate(-Math.PI / 2);
      ctx.fillText("true", 0, 0);
      ctx.restore();
      return false;
    },
  };
}

export function createTablePainter(scene, number, lean) {
  const task = scene.tasks[number];
  const truth = scene.view.tasks[number]?.true ?? [];
  if (task.kind === "regression") return createScatterPainter(task, truth, shapeOf(number), lean);
  return task.kind === "binary" ? createHistogramPainter(task, truth, lean) : createConfusionPainter(task, lean);
}
