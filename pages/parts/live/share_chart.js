// One small chart over epochs: parts of a whole above each other, or a line each.

import { axisTicks, clipped, drawAxes, fillBand, strokeLine } from "./chart.js";
import { css } from "./color.js";
import { createFigure } from "./figure.js";
import { epochTicks } from "./loss_axes.js";
import { linearScale } from "./scale.js";
import { linePoints } from "./series.js";

/** {element, stop(), draw(epochs, lines, end, theme)}: lines are [{color, values}], `end` the last epoch of the axis. */
export function createShareChart(sizes, wake, { title, hint, stacked = false, top = 1 }) {
  const figure = createFigure(sizes, wake, { title, hint });
  const { surface } = figure;

  return {
    ...figure,
    draw(epochs, lines, end, theme) {
      if (!surface.begin() || !epochs.length) return;
      const { ctx } = surface;
      const area = { left: 40, top: 8, right: surface.width - 8, bottom: surface.height - 20, spill: 8 };
      const x = linearScale(0, Math.max(end, 1), area.left, area.right), y = linearScale(0, top, area.bottom, area.top);
      const ticks = axisTicks(0, top, Math.max(2, Math.min(5, (area.bottom - area.top) / 26)));
      drawAxes(ctx, area, { scale: x, ticks: epochTicks({ low: 0, high: Math.max(end, 1) }, area.right - area.left), end: "epoch" }, { scale: y, ticks }, theme);
      clipped(ctx, area, () => {
        let below = new Array(epochs.length).fill(0);
        const along = (values) => linePoints(epochs, values, epochs.at(-1), x, y);
        for (const { color, values } of lines) {
          if (!stacked) {
            strokeLine(ctx, along(values), css(color), 2);
            continue;
          }
          const above = values.map((value, at) => below[at] + value);
          fillBand(ctx, along(below), along(above), css(color, 0.55));
          strokeLine(ctx, along(above), css(color), 1.5);
          below = above;
        }
      }, 3);
    },
  };
}
