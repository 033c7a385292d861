// How the layers fare over epochs: units that are dead or saturated, and how long gradients are.

import { clipped, drawAxes, dot, strokeLine } from "./chart.js";
import { css } from "./color.js";
import { createFigure } from "./figure.js";
import { numberText } from "./format.js";
import { createInside, extendInside, layersWith, powerLimits } from "./inside_series.js";
import { layerColor, layerPlace, layerShades, layerWords } from "./layer_names.js";
import { epochTicks, lossScale, lossTicks } from "./loss_axes.js";
import { drawMarks, drawTold } from "./loss_notes.js";
import { createMotion, travelTime } from "./playback.js";
import { keyItem, lineSample } from "./samples.js";
import { createLimits, epochEnd, linearScale } from "./scale.js";
import { lastAtMost, linePoints, nearest } from "./series.js";
import { make } from "./surface.js";

const CHARTS = [
  { measure: "dead", title: "dead units", hint: "The share of a layer's units that give zero on every row: nothing comes out of them, and with ReLU no gradient goes in." },
  { measure: "saturated", title: "saturated units", hint: "The share of units in the outermost hundredth of the activation's range, where its slope is close to nothing; the mean over rows." },
  { measure: "gradient", title: "gradient, per layer", hint: "How long the gradient of a layer's weights was at the latest step: one far below the others hardly learns, one on the floor (exactly 0) not at all.", log: true },
];
const SHARES = [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, text: `${100 * value} %` }));
const OUTPUT_DASH = [5, 3];
const NUMBER_ROOM = 10; // px from one number at a line's end to the next

/** A share in words: "12 %", "<1 %". */
export function shareText(value) {
  if (!Number.isFinite(value)) return "\u2013";
  return value > 0 && value < 0.005 ? "<1 %" : `${Math.round(100 * value)} %`;
}

/** A height on a log axis, where exactly 0 has no place: it lies on the floor. */
export function onFloor(value, scale, floor) {
  return value === 0 ? floor : scale(value);
}

/**
 * The layers' numbers beside the ends [{name, x, y}] of their lines: of hidden ones of which several share a colour. Where there is no
 * room, the next layer's goes with the one before ("1–3"), others are left out.
 */
export function numberedEnds(ends) {
  const hidden = ends.map((end) => ({ ...end, place: layerPlace(end.name) })).filter(({ place, y }) => place && !place.output && Number.isFinite(y));
  const kept = [];
  for (const { name, x, y, place: { task, depth } } of hidden) {
    if (!hidden.some((other) => other.name !== name && other.place.task === task)) continue;
    const near = kept.find((other) => Math.abs(other.y - y) < NUMBER_ROOM);
    if (!near) kept.push({ x, y, task, first: depth, last: depth });
    else if (near.task === task && near.last + 1 === depth) near.last = depth;
  }
  return kept.map(({ x, y, first, last }) => ({ x, y, text: first === last ? `${first + 1}` : `${first + 1}–${last + 1}` }));
}

function createChart(scene, columns, sizes, wake, { measure, title, hint, log = false }) {
  const figure = createFigure(sizes, wake, { title, hint });
  const caption = make("p", "hint", hint);
  figure.element.append(caption);
  const { surface } = figure;
  const limits = createLimits();
  const areaOf = () => ({ left: 40, top: 10, right: surface.width - 26, bottom: surface.height - 20, spill: 26 });
  let names = [];

  function drawNumbers(ctx, ends, theme) {
    Object.assign(ctx, { font: theme.small, fillStyle: theme.soft, textAlign: "left", textBaseline: "middle" });
    for (const { x, y, text } of numberedEnds(ends)) ctx.fillText(text, x + 5, y);
  }

  return {
    ...figure, measure, areaOf,
    aim(snap) {
      names = layersWith(columns, measure);
      if (!log) limits.aim(-0.02, 1.02, true);
      else limits.aim(...powerLimits(names.map((name) => columns.layers.get(name).gradient)), snap);
      figure.element.hidden = measure === "saturated" && columns.epoch.length > 0 && !names.length;
    },
    draw({ head, epochs, marks, shades }, theme, now) {
      const moving = limits.step(now);
      if (figure.element.hidden || !surface.begin()) return moving;
      const { ctx } = surface;
      const area = areaOf();
      const x = linearScale(epochs.low, epochs.high, area.left, area.right);
      const inner = lossScale(limits, log, area.bottom, area.top);
      const y = log ? (value) => onFloor(value, inner, area.bottom) : inner;
      const room = area.bottom - area.top;
      drawAxes(ctx, area, { scale: x, ticks: epochTicks(epochs, area.right - area.left), end: "epoch" },
        { scale: y, ticks: log ? lossTicks(limits, true, room) : SHARES.filter((_, at) => room > 70 || at % 2 === 0) }, theme);
      const color = (name) => css(layerColor(name, shades.get(name) ?? 1, scene.tasks, theme));
      const ends = [];
      clipped(ctx, area, () => {
        for (const name of names) {
          const points = linePoints(columns.epoch, columns.layers.get(name)[measure], head, x, y);
          strokeLine(ctx, points, color(name), 1.75, layerPlace(name)?.output ? OUTPUT_DASH : []);
          ends.push({ name, x: points.at(-2), y: points.at(-1) });
          if (columns.epoch.length <= 2 && points.length) dot(ctx, points.at(-2), points.at(-1), 3, color(name), true);
        }
      }, 3);
      drawNumbers(ctx, ends.filter(({ y }) => y >= area.top - 1 && y <= area.bottom + 1), theme);
      drawMarks(ctx, area, x, marks, null, theme);
      const pointer = figure.pointer();
      if (!pointer || !columns.epoch.length) return moving;
      const back = linearScale(area.left, area.right, epochs.low, epochs.high);
      const at = Math.max(0, Math.min(nearest(columns.epoch, back(pointer.x)), lastAtMost(columns.epoch, head)));
      const px = Math.round(x(columns.epoch[at])) + 0.5;
      strokeLine(ctx, [px, area.top, px, area.bottom], theme.axis, 1);
      const told = names.map((name) => {
        const value = columns.layers.get(name)[measure][at];
        if (Number.isFinite(y(value))) dot(ctx, px, y(value), 3, color(name), true);
        return { number: 0, color: color(name), text: `${log ? numberText(value) : shareText(value)}  ${layerWords(name, scene.tasks)}` };
      });
      drawTold(surface, area, px, [{ text: `epoch ${columns.epoch[at]}` }, ...told], theme);
      return moving;
    },
  };
}

/** The section: three charts that share their epochs. Where networks have twins, it is of the networks themselves. */
export function createHealth(scene, sizes, wake) {
  const element = make("section", "health");
  const head = make("div", "head");
  const keys = make("span", "keys");
  head.append(make("h3", "", "Inside, over time"), keys);
  const columns = createInside();
  const charts = CHARTS.map((chart) => createChart(scene, columns, sizes, wake, chart));
  const grid = make("div", "row3");
  grid.append(...charts.map((chart) => chart.element));
  element.append(head, grid);
  const motion = createMotion();
  const xLimits = createLimits();
  let shades = new Map();
  let samples = [];
  let [form, themed, start, fresh, marks, drawn] = ["", "", null, true, [], ""];

  function legend() {
    const names = [...columns.layers.keys()];
    if (names.join() === form) return;
    [form, themed] = [names.join(), ""];
    const strengths = layerShades(names);
    shades = new Map(names.map((name, at) => [name, strengths[at]]));
    samples = names.map((name) => ({ name, line: lineSample(layerPlace(name)?.output ? "dashed" : "solid") }));
    keys.replaceChildren(...samples.map(({ name, line }) => keyItem(line, layerWords(name, scene.tasks))));
  }

  return {
    element,
    update({ history, frame, now, interval, calm }) {
      if (history.start !== start) [start, fresh] = [history.start, true];
      extendInside(columns, history.records);
      legend();
      marks = frame.marks ?? [];
      const last = columns.epoch.at(-1) ?? 0;
      const snap = fresh || calm || columns.epoch.length <= 1;
      xLimits.aim(0, epochEnd(last, frame.epochs ?? scene.epochs), snap);
      for (const chart of charts) chart.aim(snap);
      motion.go([last], now, fresh || frame.status !== "playing" || last < (motion.target?.[0] ?? 0) ? 0 : travelTime(interval, calm));
      fresh = columns.epoch.length === 0;
      drawn = "";
    },
    paint(theme, now) {
      if (themed !== theme.key) {
        themed = theme.key;
        for (const { name, line } of samples) line.style.setProperty("--line", css(layerColor(name, shades.get(name), scene.tasks, theme)));
      }
      const gliding = xLimits.step(now);
      const moving = gliding || motion.moving(now);
      const look = [theme.key, window.devicePixelRatio, ...charts.flatMap(({ surface, pointer }) => [surface.width, surface.height, pointer()?.x])].join("|");
      if (!moving && look === drawn) return false;
      const picture = { head: motion.moving(now) ? motion.at(now)[0] : columns.epoch.at(-1) ?? 0, epochs: xLimits, marks, shades };
      const more = charts.reduce((any, chart) => chart.draw(picture, theme, now) || any, moving);
      drawn = more ? "" : look;
      return more;
    },
    stop: () => charts.forEach((chart) => chart.stop()),
  };
}
