// The view of one input: the points and the fitted line of a task, its band over replicas, and the lines it is held against.

import { inTones, nameUnknown, shadeUnknown } from "./beyond.js";
import { axisTicks, clipped, drawAxes, fillBand, plotBox, strokeLine } from "./chart.js";
import { classHue, css } from "./color.js";
import { named } from "./format.js";
import { shownPoints } from "./points.js";
import { linearScale } from "./scale.js";
import { extent } from "./series.js";
import { drawShape, shapeOf } from "./shapes.js";
import { taskColor } from "./theme.js";

const MOST_TWINS = 3; // classes whose lines without activations are drawn; of more, the first alone
const TWIN_DASH = [7, 4];
const UNDER = 8, UNDER_TONE = 0.2; // the least-squares line lies below the others, which is seen also where they meet
const STRIP = 6; // px a class

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

/** The twin's lines that are drawn. */
export function twinLines(lines) {
  return !lines ? [] : lines.length > MOST_TWINS ? lines.slice(0, 1) : lines;
}

export function createCurvePainter(scene, number, lean) {
  const shape = shapeOf(number);
  const task = scene.tasks[number];
  const { input, x: grid, points: all, known = null } = scene.view;
  const points = all?.[number] ?? { x: [], y: [], part: [] };
  const straight = scene.twin ? scene.view.least_squares?.[number] : null;
  const [bottom, top] = curveLimits(task, points);
  const several = task.kind === "multiclass";
  const strip = several ? STRIP * task.classes.length : 0;
  const xLimits = extent([grid]) ?? [0, 1];
  const reach = points.x.length > 400 ? 2 : points.x.length > 150 ? 2.5 : 3;
  const yTitle = lean ? "" : task.kind === "regression" ? task.unit : several ? "probability" : `probability of ${task.classes[1] ?? "yes"}`;
  const box = (surface) => plotBox(surface, lean, Boolean(yTitle));
  const scales = (area) => [linearScale(...xLimits, area.left, area.right), linearScale(bottom, top, area.bottom, area.top + strip)];
  const hueOf = (line, theme) => (several ? classHue(line, theme.dark) : taskColor(task, theme));
  let owned = 0; // lines of the network itself, of all that are packed

  function yTicks(area) {
    if (task.kind === "regression") return axisTicks(bottom, top, Math.max(2, Math.min(5, (area.bottom - area.top) / (lean ? 24 : 40))));
    return [0, 0.5, 1].map((value) => ({ value, text: String(value) }));
  }

  // Where a point stands: its value, or for several classes a strip at the top edge, one row a class.
  function heightOf({ y: value, at }, area, y) {
    if (several) return area.top + 2 + value * STRIP;
    return y(task.kind === "regression" || at < 0 ? value : value + ((at * 7) % 5 - 2) * 0.008);
  }

  function drawPoints(ctx, area, x, y, theme) {
    const color = taskColor(task, theme);
    clipped(ctx, area, () => {
      for (const point of shownPoints(points, painter.pending)) {
        const hue = several ? classHue(point.y, theme.dark) : color;
        const [px, py] = [x(point.x), heightOf(point, area, y)];
        const size = several ? 2 : reach;
        if (!point.added) drawShape(ctx, shape, px, py, size, css(hue, point.part ? 0.75 : theme.dark ? 0.55 : 0.42), !point.part);
        else {
          drawShape(ctx, shape, px, py, size + (several ? 0.5 : 1), css(hue), !point.part, theme.paper);
          drawShape(ctx, shape, px, py, size + (several ? 1.5 : 3), theme.ink, false);
        }
      }
    }, 4);
  }

  function drawCross(ctx, area, x, y, theme) {
    const [px, py] = [x(painter.cross.x), heightOf({ y: painter.cross.y, at: -1 }, area, y)].map((value) => Math.round(value) + 0.5);
    strokeLine(ctx, [px, area.top, px, area.bottom], theme.ink, 1, [3, 2]);
    strokeLine(ctx, [area.left, py, area.right, py], theme.ink, 1, [3, 2]);
  }

  const painter = {
    stillOnTop: false,
    legend: several ? (theme) => task.classes.map((name, at) => ({ color: css(classHue(at, theme.dark)), label: name })) : null,
    points,
    pending: [], // edits that are shown though the scene does not have them yet
    cross: null, // {x, y} of the keyboard's crosshair
    ghost: null, // {x, lines} as they were before the latest change
    pack(view, theme, twin) {
      owned = view.length;
      return packLines([...view, ...twinLines(twin)]);
    },
    /** The plot's axes for whoever edits: limits, scales in px, and which value a height means (null: none). */
    axes(surface) {
      const area = box(surface);
      const [x, y] = scales(area);
      const back = linearScale(area.bottom, area.top + strip, bottom, top);
      return {
        area, x, reach, xLimits,
        yLimits: task.kind === "regression" ? [bottom, top] : [0, several ? task.classes.length - 1 : 1],
        whole: task.kind !== "regression",
        down: several, // the first class stands at the top
        heightOf: (point) => heightOf(point, area, y),
        xAt: linearScale(area.left, area.right, ...xLimits),
        yAt(py) {
          if (!several) return task.kind === "regression" ? back(py) : back(py) > 0.5 ? 1 : 0;
          const row = Math.floor((py - area.top + 1) / STRIP);
          return row >= 0 && row < task.classes.length ? row : null;
        },
      };
    },
    drawStill(surface, theme) {
      const { ctx } = surface;
      const area = box(surface);
      const [x, y] = scales(area);
      shadeUnknown(ctx, area, known, x, theme);
      drawAxes(ctx, area,
        { scale: x, ticks: axisTicks(...xLimits, Math.max(2, Math.min(8, (area.right - area.left) / (lean ? 40 : 55)))), title: lean ? "" : named(input.name, input.unit) },
        { scale: y, ticks: yTicks(area), title: yTitle }, theme);
      drawPoints(ctx, area, x, y, theme);
      if (straight) {
        const line = straight.flatMap((value, at) => [x(grid[at]), value === null ? NaN : y(value)]);
        inTones(ctx, area, known, x, (alpha) => strokeLine(ctx, line, css(theme.text, UNDER_TONE * alpha), UNDER));
      }
      nameUnknown(ctx, area, known, x, theme, task.kind === "binary" ? y(1) - area.top + 9 : strip + 3);
      if (painter.cross) drawCross(ctx, area, x, y, theme);
    },
    drawMoving(surface, values, theme) {
      const { ctx } = surface;
      const area = box(surface);
      const [x, y] = scales(area);
      const size = grid.length;
      const flatOf = (xs, ys) => {
        const flat = new Array(2 * xs.length);
        for (let at = 0; at < xs.length; at += 1) [flat[2 * at], flat[2 * at + 1]] = [x(xs[at]), ys[at] === null ? NaN : y(ys[at])];
        return flat;
      };
      const lines = Array.from({ length: Math.floor(values.length / (3 * size)) || 0 }, (_, line) => {
        const part = (offset) => flatOf(grid, values.subarray((line * 3 + offset) * size, (line * 3 + offset + 1) * size));
        return { mean: part(0), band: scene.replicas > 1 && line < owned ? [part(1), part(2)] : null };
      });
      const ghosts = (painter.ghost?.lines ?? []).map(({ mean }) => flatOf(painter.ghost.x, mean));
      inTones(ctx, area, known, x, (alpha) => {
        lines.slice(owned).forEach(({ mean }, line) => strokeLine(ctx, mean, css(several ? hueOf(line, theme) : theme.twin, alpha), several ? 1.5 : 2, several ? TWIN_DASH : []));
        ghosts.forEach((line, at) => strokeLine(ctx, line, css(hueOf(at, theme), alpha < 1 ? 0.2 : 0.35), 1.5));
        lines.slice(0, owned).forEach(({ mean, band }, line) => {
          if (band) fillBand(ctx, ...band, css(hueOf(line, theme), 0.2 * alpha));
          strokeLine(ctx, mean, css(hueOf(line, theme), alpha), 2.25);
        });
      });
    },
  };
  return painter;
}
