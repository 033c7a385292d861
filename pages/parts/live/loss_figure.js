// One loss chart: the lines of one task, of all tasks, or of the total, training solid and validation dashed.

import { clipped, dot, drawAxes, fillBand, strokeLine } from "./chart.js";
import { css } from "./color.js";
import { drawStrip } from "./conflict_strip.js";
import { drawExplosion, explosionText } from "./explosion.js";
import { numberText } from "./format.js";
import { drawLabels, labelRoom } from "./labels.js";
import { lossLimits, lossScale, lossTicks } from "./loss_axes.js";
import { drawMarks, drawPeaks, drawTold } from "./loss_notes.js";
import { lineSample } from "./samples.js";
import { createLimits, linearScale } from "./scale.js";
import { lastAtMost, linePoints } from "./series.js";
import { createSurface, make } from "./surface.js";
import { taskColor } from "./theme.js";

const DASHES = [[], [5, 4]]; // of training, of validation
const LOOKS = ["", "dashed", "twin", "twin dashed"]; // of the numbers in a caption: the network's own, its twin's

/** The caption: what the chart is of, and a number for each of `names`, to be written to `values`. */
function createCaption(lead, names) {
  const element = make("figcaption");
  const readout = make("span", "readout");
  const values = names.map((name, at) => {
    const item = make("span", "item", "", { title: name });
    const value = make("span", "number");
    item.append(lineSample(LOOKS[at]), value);
    readout.append(item);
    return value;
  });
  element.append(lead, readout);
  return { element, values };
}

/**
 * A chart of `columns`. `lines` are the numbers of its tasks, or -1 for the total; `names` are those of the numbers in
 * its caption, which it has with a `lead` only; `labelled`: beside it there is room for names.
 */
export function createLossFigure(scene, columns, sizes, { className, lines, lead = null, names = [], labelled = false }) {
  const element = make("figure", className);
  const caption = lead && createCaption(lead, names);
  if (caption) element.append(caption.element);
  const stack = make("div", "stack");
  const [axes, surface] = [make("canvas"), make("canvas")].map((canvas) => {
    stack.append(canvas);
    return sizes.add(createSurface(canvas));
  });
  element.append(stack);

  const many = lines.length > 1;
  const bandsIn = (held, number) => (number < 0 ? [held.objective] : [held.tasks[number]?.train, held.tasks[number]?.validation].filter(Boolean));
  const bandsOf = (number) => bandsIn(columns, number);
  const twinsOf = (number) => (scene.twin && !many && number >= 0 ? ["train", "validation"].map((part) => columns.tasks[number].twin[part]) : []);
  const allOf = (number) => [...bandsOf(number), ...twinsOf(number)];
  const colorOf = (number, theme) => (number < 0 ? theme.text : taskColor(scene.tasks[number], theme));
  const boxOf = () => ({ left: 40, top: 10, right: surface.width - (labelled ? labelRoom(surface.width).width : 8), bottom: surface.height - 20, spill: 8 });
  const limits = createLimits();
  const order = []; // of the names beside it
  let drawn = "";

  function drawScales(area, x, y, { log, epochs, ticks }, theme) {
    const look = [surface.width, surface.height, surface.ratio, limits.low, limits.high, epochs.high, ticks.length, log, theme.key].join("|");
    if (drawn === look || !axes.begin()) return;
    drawAxes(axes.ctx, area, { scale: x, ticks, end: "epoch" }, { scale: y, ticks: lossTicks(limits, log, area.bottom - area.top) }, theme);
    drawn = look;
  }

  /** Earlier branches: light, the oldest the lightest, below the lines of what is. */
  function drawGhosts(area, x, y, ghosts, theme) {
    clipped(surface.ctx, area, () => ghosts.forEach((ghost, age) => {
      for (const number of lines) {
        const color = css(colorOf(number, theme), 0.45 - 0.1 * (ghosts.length - 1 - age));
        bandsIn(ghost, number).forEach(({ mean }, at) => strokeLine(surface.ctx, linePoints(ghost.epoch, mean, Infinity, x, y), color, many ? 1 : 1.5, DASHES[at]));
      }
    }), 3);
  }

  function drawLines(area, x, y, head, theme) {
    const { ctx } = surface;
    const dense = columns.epoch.length > 3 * (area.right - area.left); // a long history: thinner lines, so that it stays a line
    const line = (values) => linePoints(columns.epoch, values, head, x, y);
    clipped(ctx, area, () => {
      for (const number of lines) {
        const color = colorOf(number, theme);
        twinsOf(number).forEach((band, at) => strokeLine(ctx, line(band.mean), css(theme.twin), dense ? 1 : at ? 1.25 : 1.75, DASHES[at]));
        if (scene.replicas > 1) bandsOf(number).forEach((band, at) => fillBand(ctx, line(band.low), line(band.high), css(color, (at ? 0.1 : 0.18) / (many ? 2 : 1))));
        bandsOf(number).forEach((band, at) => {
          const points = line(band.mean);
          const alpha = number < 0 ? 0.75 : many && at ? 0.75 : dense && !at ? 0.8 : 1;
          strokeLine(ctx, points, css(color, alpha), dense || (many && at) ? 1 : at ? 1.75 : 2, DASHES[at]);
          if (columns.epoch.length <= 2 && points.length) dot(ctx, points.at(-2), points.at(-1), 3, css(color), at === 0, theme.paper);
        });
      }
    }, 3);
  }

  // The record under the pointer: a line through it, and a dot where each line of the chart meets it.
  function drawHover(area, x, y, hover, theme) {
    const { ctx } = surface;
    const at = Math.round(x(hover.epoch)) + 0.5;
    strokeLine(ctx, [at, area.top, at, area.bottom], theme.axis, 1);
    for (const number of lines) {
      allOf(number).forEach((band, part) => {
        const height = y(band.mean[hover.at]);
        const color = part > 1 ? theme.twin : colorOf(number, theme);
        if (height >= area.top - 1 && height <= area.bottom + 1) dot(ctx, at, height, many ? 2.5 : 3.25, css(color), part % 2 === 0, theme.paper);
      });
    }
  }

  // From the last number there is to where the run blew up. The total's own number there is not told.
  function drawBurst(area, x, y, { task, twin, epoch, step, loss }, log, theme) {
    const own = lines.includes(task);
    const { mean } = own ? (allOf(task)[twin ? 2 : 0] ?? bandsOf(task)[0]) : columns.objective;
    const last = mean.findLastIndex((value, at) => Number.isFinite(value) && columns.epoch[at] <= epoch);
    const from = last < 0 ? null : [x(columns.epoch[last]), y(mean[last])];
    drawExplosion(surface.ctx, area, from, { x: x(epoch), y: own ? y(loss ?? NaN) : NaN, text: own ? explosionText({ step, loss }) : "", line: log ? 0 : 1 }, theme);
  }

  /** The names and losses of the tasks, as high as their training lines have come to. */
  function labelsAt(at, y, theme) {
    return lines.map((number) => ({ number, name: scene.tasks[number].name, color: css(colorOf(number, theme)), y: y(columns.tasks[number].train.mean[at]), losses: bandsOf(number).map(({ mean }) => numberText(mean[at])) }));
  }

  /** The losses of all tasks at a record, a line each. */
  function lossesAt(at, theme) {
    return lines.map((number) => {
      const [training, validation] = bandsOf(number).map((band) => numberText(band.mean[at]));
      return { number, color: css(colorOf(number, theme)), text: `${training} · ${validation}  ${scene.tasks[number].name}` };
    });
  }

  const figure = {
    element, stack, boxOf,
    aim: (log, explosion, snap, ghosts = []) => limits.aim(...lossLimits([...lines.flatMap(allOf), ...lines.flatMap((number) => ghosts.flatMap((ghost) => bandsIn(ghost, number)))], log, lines.includes(explosion?.task) ? explosion.loss : null), snap),
    /** Writes the numbers of record `at` into the caption; of none when it is negative. */
    write(at) {
      caption?.values.forEach((value, part) => {
        value.textContent = numberText(at < 0 ? null : allOf(lines[0])[part].mean[at]);
      });
    },
    /**
     * Draws a `picture` as all charts share it: {log, head, epochs, ticks, hover, marks, explosion, pulled, moment}, `head` the epoch
     * that lines have come to, `epochs` the limits of their axis, `hover` the record under the pointer, `pulled` the columns of who
     * pulls where and `moment` the epoch that was chosen, where there are any; `ghosts` earlier branches. True while still moving.
     */
    draw(picture, theme, now) {
      const moving = limits.step(now);
      if (!surface.begin()) return moving;
      const { log, head, epochs, hover, marks, explosion, pulled, moment, ghosts = [] } = picture;
      const { ctx } = surface;
      const area = boxOf();
      const x = linearScale(epochs.low, epochs.high, area.left, area.right);
      const y = lossScale(limits, log, area.bottom, area.top);
      drawScales(area, x, y, picture, theme);
      if (pulled) drawStrip(ctx, area, x, pulled, head, theme);
      drawGhosts(area, x, y, ghosts, theme);
      drawLines(area, x, y, head, theme);
      if (moment !== null) strokeLine(ctx, [x(moment), area.top, x(moment), area.bottom], theme.ink, 1);
      const changes = drawMarks(ctx, area, x, marks, hover?.pointer ?? null, theme);
      if (!log) drawPeaks(ctx, area, x, columns.epoch, lines.flatMap(allOf), limits.high, theme);
      if (explosion && (lines[0] < 0 || lines.includes(explosion.task))) drawBurst(area, x, y, explosion, log, theme);
      const here = hover && hover.at < columns.epoch.length;
      if (here) drawHover(area, x, y, hover, theme);
      if (many) drawLabels(ctx, area, labelsAt(Math.max(0, lastAtMost(columns.epoch, head)), y, theme), order, labelRoom(surface.width), theme);
      if (here && hover.figure === figure) {
        const told = [...changes.map(({ text }) => ({ text })), ...(many ? lossesAt(hover.at, theme) : [])];
        if (told.length) drawTold(surface, area, x(hover.epoch), told, theme);
      }
      return moving;
    },
    stop: () => [axes, surface].forEach(sizes.remove),
  };
  return figure;
}
