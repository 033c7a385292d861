// The view of two inputs: what a task predicts everywhere, as a picture, with the points on top.

import { axisTicks, clipped, drawAxes, plotBox, strokeLine } from "./chart.js";
import { blend, classHue, css, diverging, NEGATIVE, POSITIVE } from "./color.js";
import { named, tickText } from "./format.js";
import { mapBorder } from "./map_border.js";
import { linearScale, niceStep } from "./scale.js";
import { extent } from "./series.js";
import { drawShape, shapeOf } from "./shapes.js";

const MOST_WIDE = 1.25; // times as wide as high, or as high as wide: circles should look like circles

/** Base64 as bytes. */
export function decodeBytes(text) {
  const raw = atob(text ?? "");
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes;
}

/** What a byte means: a number, a probability of yes, or a class and how sure it is of it. */
export function readByte(byte, kind, low = 0, high = 1) {
  if (kind === "multiclass") return { class: byte >> 4, confidence: (byte & 15) / 15 };
  return kind === "binary" ? byte / 255 : low + (byte / 255) * (high - low);
}

/** Middle and half width of a number's colours: around 0 when the points lie on both sides of it. */
export function colorRange(values) {
  const [low, high] = extent([values]) ?? [-1, 1];
  if (low < 0 && high > 0 && Math.min(-low, high) > 0.1 * Math.max(-low, high)) return { middle: 0, span: Math.max(-low, high) };
  return { middle: (low + high) / 2, span: (high - low) / 2 || 1 };
}

/** 256 colours, one a byte, as flat [red, green, blue …]. */
export function colorTable(kind, zero, dark, { low = 0, high = 1, middle = 0, span = 1 } = {}) {
  const table = new Float32Array(768);
  for (let byte = 0; byte < 256; byte += 1) {
    const value = readByte(byte, kind, low, high);
    let color;
    if (kind === "multiclass") color = blend(zero, classHue(value.class, dark), 0.85 * value.confidence);
    else color = diverging(0.85 * Math.max(-1, Math.min(1, kind === "binary" ? 2 * value - 1 : (value - middle) / span)), zero);
    table.set(color, byte * 3);
  }
  return table;
}

/** Styles for what is drawn in all of a box of any size, in CSS: as large as its plot, inside `margins`, is near square; centred. */
export function nearSquare({ left, top, right, bottom }) {
  const [across, along] = [left + right, top + bottom];
  return {
    position: "absolute", inset: "0", margin: "auto",
    width: `min(100%, calc((100cqh - ${along}px) * ${MOST_WIDE} + ${across}px))`,
    height: `min(100%, calc((100cqw - ${across}px) * ${MOST_WIDE} + ${along}px))`,
  };
}

export function createMapPainter(scene, number, lean) {
  const shape = shapeOf(number);
  const task = scene.tasks[number];
  const { inputs, bounds, n, points: all } = scene.view;
  const points = all?.[number] ?? { x: [], y: [], value: [], part: [] };
  const range = task.kind === "regression" ? colorRange(points.value.filter((value) => value !== null)) : { middle: 0, span: 1 };
  const [x0, x1, y0, y1] = bounds;
  const image = new ImageData(n, n);
  image.data.fill(255);
  const reach = points.x.length > 400 ? 2 : points.x.length > 150 ? 2.6 : 3.2;
  const box = (surface) => plotBox(surface, lean);
  const rest = box({ width: 0, height: 0 });
  const margins = { left: rest.left, top: rest.top, right: -rest.right, bottom: -rest.bottom };

  let border = null; // {of, n, line}: worked out once for each ghost

  function drawGhost(ctx, area, theme) {
    const { ghost } = painter;
    if (!ghost) return;
    if (border?.of !== ghost) {
      const bytes = decodeBytes(ghost.bytes);
      border = { of: ghost, n: Math.sqrt(bytes.length), line: mapBorder(task.kind, bytes, { ...ghost, middle: range.middle }) };
    }
    const x = linearScale(-0.5, border.n - 0.5, area.left, area.right);
    const y = linearScale(-0.5, border.n - 0.5, area.bottom, area.top);
    strokeLine(ctx, border.line.map((value, at) => (at % 2 ? y : x)(value)), css(theme.text, 0.55), 1.5);
  }

  const endText = (value) => tickText(value, niceStep(2 * range.span, 20));

  function pointColor(value, theme) {
    if (task.kind === "multiclass") return classHue(value, theme.dark);
    return diverging(task.kind === "binary" ? 2 * value - 1 : (value - range.middle) / range.span, theme.zero);
  }

  const painter = {
    stillOnTop: true,
    ghost: null, // {bytes, low, high} as they were before the latest change
    ghostStill: true, // it is drawn with what does not move
    inner: nearSquare(margins),
    stretched: { size: n, margins }, // the browser stretches the small picture: far cheaper than drawing it large
    legend(theme) {
      if (task.kind === "multiclass") return task.classes.map((name, at) => ({ color: css(classHue(at, theme.dark)), label: name }));
      const ends = task.kind === "binary" ? [task.classes[0] ?? "no", task.classes[1] ?? "yes"]
        : [endText(range.middle - range.span), `${endText(range.middle + range.span)} ${task.unit}`.trim()];
      return [{ gradient: `linear-gradient(90deg, ${css(NEGATIVE)}, ${css(theme.zero)}, ${css(POSITIVE)})`, label: ends[1], before: ends[0] }];
    },
    pack(view, theme) {
      const bytes = decodeBytes(view.bytes);
      const table = colorTable(task.kind, theme.zero, theme.dark, { low: view.low, high: view.high, ...range });
      const packed = new Float32Array(n * n * 3);
      for (let at = 0; at < n * n; at += 1) {
        const from = bytes[at] * 3;
        packed[at * 3] = table[from];
        packed[at * 3 + 1] = table[from + 1];
        packed[at * 3 + 2] = table[from + 2];
      }
      return packed;
    },
    drawStill(surface, theme) {
      const { ctx } = surface;
      const area = box(surface);
      const [x, y] = [linearScale(x0, x1, area.left, area.right), linearScale(y0, y1, area.bottom, area.top)];
      const ticks = (low, high, room, each) => axisTicks(low, high, Math.max(2, Math.min(6, room / each)));
      drawAxes(ctx, area,
        { scale: x, ticks: ticks(x0, x1, area.right - area.left, 55), title: lean ? "" : named(inputs[0].name, inputs[0].unit) },
        { scale: y, ticks: ticks(y0, y1, area.bottom - area.top, 40), title: lean ? "" : named(inputs[1].name, inputs[1].unit) },
        { ...theme, grid: "transparent" });
      const rim = theme.dark ? "rgba(255, 255, 255, 0.6)" : "rgba(20, 24, 32, 0.65)";
      clipped(ctx, area, () => {
        drawGhost(ctx, area, theme);
        points.x.forEach((value, at) => {
          if (points.value[at] === null || points.value[at] === undefined) return;
          const color = css(pointColor(points.value[at], theme));
          const [px, py] = [x(value), y(points.y[at])];
          drawShape(ctx, shape, px, py, reach + 0.8, rim, true);
          drawShape(ctx, shape, px, py, reach, color, true);
          if (points.part?.[at]) drawShape(ctx, shape, px, py, reach * 0.5, theme.paper, true);
        });
      });
    },
    drawMoving(surface, values) {
      for (let row = 0; row < n; row += 1) {
        for (let column = 0; column < n; column += 1) {
          const from = ((n - 1 - row) * n + column) * 3;
          const to = (row * n + column) * 4;
          image.data[to] = values[from];
          image.data[to + 1] = values[from + 1];
          image.data[to + 2] = values[from + 2];
        }
      }
      surface.ctx.putImageData(image, 0, 0);
    },
  };
  return painter;
}
