// What single units of each layer say over the one input: a small chart a layer, a thin line a unit.

import { shadeUnknown } from "./beyond.js";
import { axisTicks, clipped, drawAxes, strokeLine } from "./chart.js";
import { blend, css } from "./color.js";
import { createFigure } from "./figure.js";
import { named } from "./format.js";
import { layerPlace, layerWords, ownerColor } from "./layer_names.js";
import { drawTold } from "./loss_notes.js";
import { decodeBytes } from "./map.js";
import { createMotion, travelTime } from "./playback.js";
import { createLimits, linearScale } from "./scale.js";
import { extent } from "./series.js";
import { make } from "./surface.js";
import { taskColor } from "./theme.js";

const NEARBY = 18; // px from a line within which it is pointed at

/** A layer's curves as numbers, one unit after the other. */
export function unitCurves({ bytes, low, high }) {
  return Float32Array.from(decodeBytes(bytes), (byte) => low + (byte / 255) * (high - low));
}

/** Which of `count` curves of `values` is nearest to `target` at place `at` (a share of the grid), and how far: {unit, far}. */
export function nearestUnit(values, count, at, target) {
  const size = values.length / count;
  const place = Math.max(0, Math.min(size - 1, at * (size - 1)));
  const [before, share] = [Math.min(Math.floor(place), Math.max(0, size - 2)), place - Math.min(Math.floor(place), Math.max(0, size - 2))];
  let best = { unit: -1, far: Infinity };
  for (let unit = 0; unit < count; unit += 1) {
    const [left, right] = [values[unit * size + before], values[unit * size + Math.min(before + 1, size - 1)]];
    const far = Math.abs(left + (right - left) * share - target);
    if (far < best.far) best = { unit, far };
  }
  return best;
}

/** What the bends come to, for behind a layer's curves: per task that the layer serves {task, values from 0 to 1 on every second place}. */
export function fitsBehind(name, tasks) {
  const place = layerPlace(name);
  if (!tasks || place?.output) return [];
  return tasks.flatMap((lines, task) => {
    if (!lines?.length || (place?.task !== null && place?.task !== task)) return [];
    const values = lines[0].mean.filter((_, at) => at % 2 === 0).map((value) => value ?? NaN);
    const [low, high] = extent([values]) ?? [0, 1];
    return [{ task, values: values.map((value) => (high > low ? (value - low) / (high - low) : 0.5)) }];
  });
}

/** "24 of 128 units", "8 units", "1 unit". */
export function unitsText(shown, of) {
  return shown < of ? `${shown} of ${of} units` : `${of} unit${of === 1 ? "" : "s"}`;
}

function createLayer(scene, first, sizes, wake) {
  const { name } = first;
  const grid = scene.view.x.filter((_, at) => at % 2 === 0);
  const [left, right] = extent([scene.view.x]) ?? [0, 1];
  const figure = createFigure(sizes, wake, { title: layerWords(name, scene.tasks) });
  const { surface } = figure;
  const motion = createMotion();
  const limits = createLimits();
  const output = layerPlace(name)?.output;
  const behind = createMotion();
  let { units, of } = first;
  let fits = [];
  let stale = true;
  let looked = "";
  return {
    ...figure,
    aim(layer, tasks, now, time) {
      fits = fitsBehind(name, tasks);
      behind.go(Float32Array.from(fits.flatMap(({ values }) => values)), now, time);
      ({ units, of } = layer);
      figure.note.textContent = unitsText(units.length, of);
      const room = (layer.high - layer.low || Math.abs(layer.high) || 1) * 0.06;
      limits.aim(layer.low - room, layer.high + room, time === 0);
      motion.go(unitCurves(layer), now, time);
      stale = true;
    },
    paint(theme, now) {
      const gliding = limits.step(now);
      const values = motion.at(now);
      const pointer = figure.pointer();
      const look = [surface.width, surface.height, window.devicePixelRatio, theme.key, pointer?.x, pointer?.y].join("|");
      if (!values || (!stale && look === looked && !gliding) || !surface.begin()) return gliding;
      const more = gliding || motion.moving(now);
      [stale, looked] = [more, look];
      const { ctx } = surface;
      const area = { left: 34, top: 6, right: surface.width - 6, bottom: surface.height - 18, spill: 6 };
      const [x, y] = [linearScale(left, right, area.left, area.right), linearScale(limits.low, limits.high, area.bottom, area.top)];
      shadeUnknown(ctx, area, scene.view.known, x, theme);
      drawAxes(ctx, area, { scale: x, ticks: axisTicks(left, right, Math.max(2, Math.min(6, (area.right - area.left) / 50))) },
        { scale: y, ticks: axisTicks(limits.low, limits.high, Math.max(2, Math.min(4, (area.bottom - area.top) / 28))) }, theme);
      const shared = layerPlace(name)?.task === null;
      const color = blend(theme.background, ownerColor(name, scene.tasks, theme), shared ? 0.72 : 1);
      const size = values.length / units.length;
      const line = (unit) => Array.from({ length: 2 * size }, (_, at) => (at % 2 ? y(values[unit * size + (at >> 1)]) : x(grid[at >> 1])));
      let chosen = -1;
      if (pointer && pointer.x >= area.left - 2 && pointer.x <= area.right + 2) {
        const near = nearestUnit(values, units.length, (pointer.x - area.left) / (area.right - area.left), limits.low + ((area.bottom - pointer.y) / (area.bottom - area.top)) * (limits.high - limits.low));
        if (near.far * ((area.bottom - area.top) / (limits.high - limits.low)) <= NEARBY) chosen = near.unit;
      }
      const [bottom, top] = [area.bottom - 0.08 * (area.bottom - area.top), area.top + 0.08 * (area.bottom - area.top)];
      const scaled = behind.at(now);
      fits.forEach(({ task }, number) => {
        const points = Array.from({ length: 2 * size }, (_, at) => (at % 2 ? bottom + (top - bottom) * scaled[number * size + (at >> 1)] : x(grid[at >> 1])));
        strokeLine(ctx, points, css(taskColor(scene.tasks[task], theme), 0.2), 6);
      });
      const alpha = (units.length > 12 ? 0.5 : units.length > 4 ? 0.65 : 0.9) * (chosen < 0 ? 1 : 0.4);
      clipped(ctx, area, () => {
        units.forEach((_, unit) => unit !== chosen && strokeLine(ctx, line(unit), css(color, alpha), output ? 1.75 : 1.1));
        if (chosen >= 0) strokeLine(ctx, line(chosen), css(color), 2.5);
      }, 1);
      if (chosen >= 0) drawTold(surface, area, pointer.x, [{ text: output && of === 1 ? "output" : `${output ? "output" : "unit"} ${units[chosen] + 1}` }], theme);
      return more;
    },
  };
}

/** The section with a chart for each layer; they come with the first frame that has them. */
export function createUnits(scene, sizes, wake) {
  const element = make("section", "units");
  const head = make("div", "head");
  const curve = scene.view.kind === "curve";
  const { input } = scene.view;
  head.append(make("h3", "", "Units, layer by layer"), make("span", "note", curve ? `what each unit says over ${named(input.name, input.unit)}, a line a unit; broad behind them the fit they are put together to, scaled` : ""));
  const grid = make("div", "tiles");
  const words = curve ? "The curves are on their way …" : "Units have curves to draw where the only input is one number.";
  grid.append(make("p", "sentence", words));
  element.append(head, grid);
  let layers = [];
  let form = "";
  return {
    element,
    update({ frame, now, interval, calm }) {
      const given = frame.view?.units;
      if (!given || !curve) return;
      const next = given.map(({ name, units }) => `${name} ${units.length}`).join();
      const fresh = next !== form;
      if (fresh) {
        form = next;
        layers.forEach((layer) => layer.stop());
        layers = given.map((layer) => createLayer(scene, layer, sizes, wake));
        grid.replaceChildren(...layers.map((layer) => layer.element));
        sizes.now();
      }
      const time = fresh ? 0 : travelTime(frame.status === "playing" ? interval : 0, calm);
      layers.forEach((layer, at) => layer.aim(given[at], frame.view.tasks, now, time));
    },
    paint: (theme, now) => layers.reduce((more, layer) => layer.paint(theme, now) || more, false),
    stop: () => layers.forEach((layer) => layer.stop()),
  };
}
