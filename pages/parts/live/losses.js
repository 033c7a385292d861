// The loss of each task over epochs, training and validation, and apart from them the one number that is optimised.

import { axisTicks, clipped, dot, drawAxes, fillBand, strokeLine } from "./chart.js";
import { css } from "./color.js";
import { numberText, shorten } from "./format.js";
import { middleOf } from "./metrics.js";
import { createMotion, travelTime } from "./playback.js";
import { createLimits, epochEnd, linearScale, niceCeil } from "./scale.js";
import { createColumns, extendColumns, extent, lastAtMost, linePoints, nearest } from "./series.js";
import { createSurface, make, setColumns } from "./surface.js";
import { taskColor } from "./theme.js";

export const VALIDATION_DASH = [5, 4];

/** Where a loss axis should end for these bands, in values or, with `log`, in powers of ten. */
export function lossLimits(bands, log) {
  const floor = log ? 0 : -Infinity;
  const means = extent(bands.map((band) => band.mean), floor);
  if (!means) return log ? [-2, 0] : [0, 1];
  const edges = extent(bands.flatMap((band) => [band.low, band.high]), floor) ?? means;
  if (log) {
    const low = Math.floor((Math.log10(Math.max(edges[0], means[0] / 3)) - 0.02) * 3) / 3;
    const high = Math.ceil((Math.log10(Math.min(edges[1], means[1] * 3)) + 0.02) * 3) / 3;
    return [low, Math.max(high, low + 0.67)];
  }
  const high = Math.min(edges[1], means[1] > 0 ? means[1] * 1.5 : edges[1]);
  return [means[0] < 0 ? -niceCeil(-Math.max(edges[0], means[0] * 1.5)) : 0, niceCeil(Math.max(high * 1.02, 1e-9))];
}

/** A sample of line for legends: solid for training, dashed for validation. */
function sample(dashed) {
  return make("i", dashed ? "line dashed" : "line");
}

function createFigure(className, lead, names, sizes) {
  const element = make("figure", className);
  const caption = make("figcaption");
  const values = names.map(() => make("span", "number"));
  const readout = make("span", "readout");
  names.forEach((name, at) => {
    const item = make("span", "item", "", { title: name });
    item.append(sample(at > 0), values[at]);
    readout.append(item);
  });
  caption.append(lead, readout);
  const stack = make("div", "stack", "", { role: "img", "aria-label": "" });
  const [axes, surface] = [make("canvas"), make("canvas")].map((canvas) => {
    stack.append(canvas);
    return sizes.add(createSurface(canvas));
  });
  element.append(caption, stack);
  return { element, stack, values, limits: createLimits(), axes, drawn: "", surface };
}

export function createLosses(scene, sizes, wake) {
  const element = make("section", "losses");
  const head = make("div", "head");
  const key = make("span", "keys");
  const logButton = make("button", "toggle", "log scale", { type: "button", "aria-pressed": "false", title: "Equal steps for equal ratios: shows what happens near zero" });
  const when = make("span", "when");
  for (const [dashed, text] of [[false, "training"], [true, "validation"]]) {
    const item = make("span", "item");
    item.append(sample(dashed), text);
    key.append(item);
  }
  if (scene.replicas > 1) {
    const item = make("span", "item");
    item.append(make("i", "band"), `range of ${scene.replicas} replicas`);
    key.append(item);
  }
  head.append(make("h3", "", "Loss"), key, when, logButton);

  const grid = make("div", "grid");
  setColumns(grid, scene.tasks.length);
  const figures = scene.tasks.map((task, number) => {
    const lead = make("span", "lead", "", { title: `${task.name}: ${task.loss}` });
    lead.append(make("i", "swatch", "", { "data-task": number }), make("span", "name", task.name), make("span", "loss", task.loss));
    return createFigure("panel", lead, ["training", "validation"], sizes);
  });
  const totalLead = make("span", "lead", "", { title: "The weighted losses of all tasks in one number: what the optimizer makes small" });
  totalLead.append(make("span", "name", "Total"), make("span", "loss", "the one number that is optimised"));
  const total = createFigure("panel total", totalLead, ["total"], sizes);
  grid.append(...figures.map((figure) => figure.element));
  element.append(head, grid, total.element);

  const columns = createColumns(scene.tasks.length);
  const motion = createMotion();
  const xLimits = createLimits();
  let log = false;
  let fresh = true;
  let start = null;
  let pointer = null;
  let hover = null;
  let marks = [];
  let { epochs } = scene;
  let written = "";

  const bandsOf = (at) => (at < 0 ? [columns.objective] : [columns.tasks[at].train, columns.tasks[at].validation]);
  const all = [...figures.map((figure, at) => [figure, at]), [total, -1]];
  const boxOf = (surface) => ({ left: 40, top: 8, right: surface.width - 8, bottom: surface.height - 20, spill: 8 });

  function aim(snap) {
    const last = columns.epoch.at(-1) ?? 0;
    xLimits.aim(0, epochEnd(last, epochs), snap);
    for (const [figure, at] of all) figure.limits.aim(...lossLimits(bandsOf(at), log), snap);
  }

  logButton.onclick = () => {
    log = !log;
    logButton.setAttribute("aria-pressed", String(log));
    aim(true);
    wake();
  };

  for (const [figure] of all) {
    figure.stack.onpointermove = (event) => {
      pointer = { figure, x: event.offsetX };
      wake();
    };
    figure.stack.onpointerleave = () => {
      pointer = null;
      wake();
    };
  }

  // The record under the pointer, found anew for each picture: the axis may move under a pointer that rests.
  function findHover(headAt) {
    if (!pointer || !columns.epoch.length) return null;
    const area = boxOf(pointer.figure.surface);
    const epoch = linearScale(area.left, area.right, xLimits.low, xLimits.high)(pointer.x);
    const at = Math.max(0, Math.min(nearest(columns.epoch, epoch), lastAtMost(columns.epoch, headAt)));
    return { at, epoch: columns.epoch[at], pointer: epoch };
  }

  function drawMarks(ctx, area, x, theme) {
    const reach = 5 / Math.abs(x(1) - x(0) || 1);
    let told = null;
    for (const mark of marks) {
      const near = hover && Math.abs(hover.pointer - mark.epoch) <= reach;
      if (near) told = mark;
      strokeLine(ctx, [x(mark.epoch), area.bottom, x(mark.epoch), near ? area.top : area.bottom - 9], theme.soft, near ? 1 : 2);
    }
    return told;
  }

  function tellMark(ctx, area, x, mark, theme) {
    ctx.font = theme.small;
    const text = shorten(mark.text, area.right - area.left - 12, (part) => ctx.measureText(part).width);
    const width = ctx.measureText(text).width + 10;
    const left = Math.max(area.left, Math.min(area.right - width, x(mark.epoch) - width / 2));
    ctx.fillStyle = theme.ink;
    ctx.beginPath();
    ctx.roundRect(left, area.top, width, 18, 3);
    ctx.fill();
    ctx.fillStyle = theme.paper;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillText(text, left + 5, area.top + 9.5);
  }

  function draw(figure, number, theme, headAt, now) {
    const moving = figure.limits.step(now);
    const { surface, limits } = figure;
    if (!surface.begin()) return moving;
    const { ctx } = surface;
    const area = boxOf(surface);
    const x = linearScale(xLimits.low, xLimits.high, area.left, area.right);
    const inner = linearScale(limits.low, limits.high, area.bottom, area.top);
    const y = log ? (value) => (value > 0 ? inner(Math.log10(value)) : NaN) : inner;
    const look = [surface.width, surface.height, surface.ratio, limits.low, limits.high, xLimits.high, log, theme.key].join("|");
    if (figure.drawn !== look && figure.axes.begin()) {
      const room = area.bottom - area.top;
      const count = Math.max(1, Math.min(5, room / (room < 60 ? 15 : 28)));
      const yTicks = log ? axisTicks(10 ** limits.low, 10 ** limits.high, count, true) : axisTicks(limits.low, limits.high, count);
      const xTicks = axisTicks(xLimits.low, xLimits.high, Math.max(2, Math.min(8, (area.right - area.left) / 50)));
      drawAxes(figure.axes.ctx, area, { scale: x, ticks: xTicks.filter(({ value }) => Number.isInteger(value)) }, { scale: y, ticks: yTicks }, theme);
      figure.drawn = look;
    }
    const color = number < 0 ? theme.text : taskColor(scene.tasks[number], theme);
    const dense = columns.epoch.length > 1.5 * (area.right - area.left); // a long history: thinner lines, so that it stays a line
    const line = (values) => linePoints(columns.epoch, values, headAt, x, y);
    const dashes = [[], VALIDATION_DASH];
    let told = null;
    clipped(ctx, area, () => {
      if (scene.replicas > 1) bandsOf(number).forEach((band, at) => fillBand(ctx, line(band.low), line(band.high), css(color, at ? 0.1 : 0.18)));
      bandsOf(number).forEach((band, at) => {
        const points = line(band.mean);
        strokeLine(ctx, points, css(color, number < 0 ? 0.75 : dense && !at ? 0.8 : 1), dense ? 1 : at ? 1.75 : 2, dashes[at]);
        if (columns.epoch.length <= 2 && points.length) dot(ctx, points.at(-2), points.at(-1), 3, css(color), at === 0, theme.paper);
      });
      told = drawMarks(ctx, area, x, theme);
    }, 3);
    if (hover && hover.at < columns.epoch.length) {
      const at = Math.round(x(hover.epoch)) + 0.5;
      strokeLine(ctx, [at, area.top, at, area.bottom], theme.axis, 1);
      bandsOf(number).forEach((band, part) => {
        const height = y(band.mean[hover.at]);
        if (height >= area.top - 1 && height <= area.bottom + 1) dot(ctx, at, height, 3.25, css(color), part === 0, theme.paper);
      });
    }
    if (told && pointer?.figure === figure) tellMark(ctx, area, x, told, theme);
    return moving;
  }

  function write() {
    const at = hover ? Math.min(hover.at, columns.epoch.length - 1) : columns.epoch.length - 1;
    const sign = `${at}|${hover ? 1 : 0}|${columns.held.length}|${start}`;
    if (sign === written) return;
    written = sign;
    when.textContent = hover && at >= 0 ? `at epoch ${columns.epoch[at]}` : "";
    for (const [figure, number] of all) {
      bandsOf(number).forEach((band, part) => {
        figure.values[part].textContent = numberText(at < 0 ? null : band.mean[at]);
      });
    }
  }

  return {
    element,
    update(history, frame, now, interval, calm) {
      if (history.start !== start) {
        start = history.start;
        fresh = true;
      }
      extendColumns(columns, history.records);
      epochs = frame?.epochs ?? scene.epochs;
      marks = frame?.marks ?? [];
      const last = columns.epoch.at(-1) ?? 0;
      aim(fresh || calm || columns.epoch.length <= 1);
      motion.go([last], now, fresh || last < (motion.target?.[0] ?? 0) ? 0 : travelTime(interval, calm));
      fresh = columns.epoch.length === 0;
    },
    paint(theme, now) {
      let moving = xLimits.step(now);
      const headAt = motion.moving(now) ? motion.at(now)[0] : columns.epoch.at(-1) ?? 0;
      hover = findHover(headAt);
      for (const [figure, number] of all) moving = draw(figure, number, theme, headAt, now) || moving;
      write();
      return moving || motion.moving(now);
    },
    describe(record) {
      figures.forEach((figure, number) => {
        const [training, validation] = [record?.train, record?.validation].map((part) => numberText(middleOf(part?.[number]?.loss)));
        figure.stack.setAttribute("aria-label", `Loss of ${scene.tasks[number].name} at epoch ${record?.epoch ?? 0}: training ${training}, validation ${validation}`);
      });
      total.stack.setAttribute("aria-label", `Total at epoch ${record?.epoch ?? 0}: ${numberText(middleOf(record?.objective))}`);
    },
    stop: () => all.forEach(([figure]) => [figure.axes, figure.surface].forEach(sizes.remove)),
  };
}
