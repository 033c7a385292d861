// The view of one input: the points and the fitted line of a task, with its band over replicas.

import { axisTicks, clipped, drawAxes, fillBand, plotBox, strokeLine } from "./chart.js";
import { classHue, css } from "./color.js";
import { named } from "./format.js";
import { linearScale } from "./scale.js";
import { extent } from "./series.js";
import { drawShape, shapeOf } from "./shapes.js";
import { taskColor } from "./theme.js";

/** Limits of a task's y axis: from its points alone, so that nothing on the axis moves while the line does. */
export function curveLimits(task, points) {
  if (task.kind !== "regression") return [-0.06, 1.06];
  const [low, high] = extent([points?.y ?? []]) ?? [-1, 1];
  const room = (high - low || Math.abs(high) || 1) * 0.1;
  return [low - room, high + room];
}

/** One line's numbers after the other: mean, low, high of the first, then of the second. */
export function packLines(lines) {
  const size = lines[0]?.mean.length ?? 0;
  const packed = new Float32Array(lines.length * 3 * size);
  lines.forEach((line, number) => {
    ["mean", "low", "high"].forEach((part, offset) => packed.set((line[part] ?? line.mean).map((value) => value ?? NaN), (number * 3 + offset) * size));
  });
  return packed;
}

export function createCurvePainter(scene, number, lean) {
  const shape = shapeOf(number);
  const task = scene.tasks[number];
  const { input, x: grid, points: all } = scene.view;
  const points = all?.[number] ?? { x: [], y: [], part: [] };
  const [bottom, top] = curveLimits(task, points);
  const several = task.kind === "multiclass";
  const strip = several ? 6 * task.classes.length : 0;
  const xLimits = extent([grid]) ?? [0, 1];
  const reach = points.x.length > 400 ? 2 : points.x.length > 150 ? 2.5 : 3;
  const yTitle = lean ? "" : task.kind === "regression" ? task.unit : several ? "probability" : `probability of ${task.classes[1] ?? "yes"}`;
  const box = (surface) => plotBox(surface, lean, Boolean(yTitle));
  const scales = (area) => [linearScale(...xLimits, area.left, area.right), linearScale(bottom, top, area.bottom, area.top + strip)];

  function yTicks(area) {
    if (task.kind === "regression") return axisTicks(bottom, top, Math.max(2, Math.min(5, (area.bottom - area.top) / (lean ? 24 : 40))));
    return [0, 0.5, 1].map((value) => ({ value, text: String(value) }));
  }

  // Where a point stands: its value, or for several classes a strip at the top edge, one row a class.
  const place = (y, at) => (several || task.kind === "regression" ? y : y + ((at * 7) % 5 - 2) * 0.008);

  return {
    stillOnTop: false,
    legend: several ? (theme) => task.classes.map((name, at) => ({ color: css(classHue(at, theme.dark)), label: name })) : null,
    pack: (view) => packLines(view),
    drawStill(surface, theme) {
      const { ctx } = surface;
      const area = box(surface);
      const [x, y] = scales(area);
      drawAxes(ctx, area,
        { scale: x, ticks: axisTicks(...xLimits, Math.max(2, Math.min(8, (area.right - area.left) / (lean ? 40 : 55)))), title: lean ? "" : named(input.name, input.unit) },
        { scale: y, ticks: yTicks(area), title: yTitle }, theme);
      const color = taskColor(task, theme);
      clipped(ctx, area, () => {
        points.x.forEach((value, at) => {
          if (points.y[at] === null || points.y[at] === undefined) return;
          const hue = several ? classHue(points.y[at], theme.dark) : color;
          const height = several ? area.top + 2 + points.y[at] * 6 : y(place(points.y[at], at));
          drawShape(ctx, shape, x(value), height, several ? 2 : reach, css(hue, points.part?.[at] ? 0.75 : theme.dark ? 0.55 : 0.42), !points.part?.[at]);
        });
      }, 4);
    },
    drawMoving(surface, values, theme) {
      const { ctx } = surface;
      const area = box(surface);
      const [x, y] = scales(area);
      const size = grid.length;
      const color = taskColor(task, theme);
      clipped(ctx, area, () => {
        for (let line = 0; (line + 1) * 3 * size <= values.length; line += 1) {
          const part = (offset) => {
            const flat = new Array(2 * size);
            const from = (line * 3 + offset) * size;
            for (let at = 0; at < size; at += 1) {
              flat[2 * at] = x(grid[at]);
              flat[2 * at + 1] = y(values[from + at]);
            }
            return flat;
          };
          const hue = several ? classHue(line, theme.dark) : color;
          if (scene.replicas > 1) fillBand(ctx, part(1), part(2), css(hue, 0.2));
          strokeLine(ctx, part(0), css(hue), 2.25);
        }
      });
    },
  };
}
