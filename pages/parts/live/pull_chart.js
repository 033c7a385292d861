// One small chart over epochs with a line a task: weights, lengths of gradients, or progress.

import { axisTicks, clipped, dot, drawAxes, fillBand, strokeLine } from "./chart.js";
import { css } from "./color.js";
import { createFigure } from "./figure.js";
import { numberText } from "./format.js";
import { powerLimits } from "./inside_series.js";
import { epochTicks, lossScale, lossTicks } from "./loss_axes.js";
import { drawMarks, drawTold } from "./loss_notes.js";
import { rangeLimits } from "./pull_series.js";
import { createLimits, linearScale } from "./scale.js";
import { lastAtMost, linePoints, nearest } from "./series.js";
import { taskColor } from "./theme.js";

const THIN = 1.5;
/** Lines that lie on each other are all seen: the first tasks' are wider. */
const widthOf = (number, count) => THIN + 1.25 * Math.max(0, Math.min(3, count) - 1 - number);

/** {element, aim(snap), draw(picture, theme, now), epochAt(event)} of a chart of `kind` in `columns`. */
export function createPullChart(scene, columns, sizes, wake, { kind, title, hint, log = false }) {
  const figure = createFigure(sizes, wake, { title, hint });
  const { surface } = figure;
  const limits = createLimits();
  const boxNow = () => ({ left: 40, top: 8, right: surface.width - 8, bottom: surface.height - 20, spill: 8 });
  const ranges = () => columns.tasks.map((task) => task[kind]);
  let epochsNow = { low: 0, high: 1 };

  function drawTask(ctx, number, { head, x, y }, theme) {
    const range = columns.tasks[number][kind];
    const color = taskColor(scene.tasks[number], theme);
    const line = (values) => linePoints(columns.epoch, values, head, x, y);
    if (scene.replicas > 1) fillBand(ctx, line(range.low), line(range.high), css(color, 0.14));
    const points = line(range.mean);
    strokeLine(ctx, points, css(color), columns.epoch.length > 3 * surface.width ? 1 : widthOf(number, scene.tasks.length));
    if (columns.epoch.length <= 2 && points.length) dot(ctx, points.at(-2), points.at(-1), 3, css(color), true);
  }

  return {
    ...figure,
    aim: (snap) => limits.aim(...(log ? powerLimits(ranges().map(({ mean }) => mean)) : rangeLimits(ranges())), snap),
    /** The epoch that lies under a pointer event. */
    epochAt(event) {
      const area = boxNow();
      return linearScale(area.left, area.right, epochsNow.low, epochsNow.high)(event.offsetX);
    },
    draw({ head, epochs, marks, at, chosen }, theme, now) {
      const moving = limits.step(now);
      if (!surface.begin()) return moving;
      epochsNow = { low: epochs.low, high: epochs.high };
      const { ctx } = surface;
      const area = boxNow();
      const x = linearScale(epochs.low, epochs.high, area.left, area.right);
      const y = lossScale(limits, log, area.bottom, area.top);
      const room = area.bottom - area.top;
      const ticks = log ? lossTicks(limits, true, room) : axisTicks(limits.low, limits.high, Math.max(2, Math.min(5, room / 26)));
      drawAxes(ctx, area, { scale: x, ticks: epochTicks(epochs, area.right - area.left), end: "epoch" }, { scale: y, ticks }, theme);
      clipped(ctx, area, () => {
        if (!log && limits.low < 0) strokeLine(ctx, [area.left, y(0), area.right, y(0)], theme.axis, 1);
        scene.tasks.forEach((_, number) => drawTask(ctx, number, { head, x, y }, theme));
      }, 3);
      drawMarks(ctx, area, x, marks, null, theme);
      if (!columns.epoch.length) return moving;
      if (chosen) strokeLine(ctx, [x(columns.epoch[at]), area.top, x(columns.epoch[at]), area.bottom], theme.ink, 1);
      const pointer = figure.pointer();
      if (!pointer) return moving;
      const under = Math.max(0, Math.min(nearest(columns.epoch, linearScale(area.left, area.right, epochs.low, epochs.high)(pointer.x)), lastAtMost(columns.epoch, head)));
      const px = Math.round(x(columns.epoch[under])) + 0.5;
      strokeLine(ctx, [px, area.top, px, area.bottom], theme.axis, 1);
      const told = scene.tasks.map((task, number) => ({
        number, color: css(taskColor(task, theme)), text: `${numberText(columns.tasks[number][kind].mean[under])}  ${task.name}`,
      }));
      drawTold(surface, area, px, [{ text: `epoch ${columns.epoch[under]}` }, ...told], theme);
      return moving;
    },
  };
}
