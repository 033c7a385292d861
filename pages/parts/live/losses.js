// The loss of each task over epochs, training and validation, and apart from them the one number that is optimised.

import { axisTicks, clipped, dot, drawAxes, fillBand, strokeLine } from "./chart.js";
import { css } from "./color.js";
import { numberText, roughText, shorten, shortenInside } from "./format.js";
import { middleOf } from "./metrics.js";
import { createMotion, travelTime } from "./playback.js";
import { createLimits, epochEnd, linearScale, niceCeil, niceFloor } from "./scale.js";
import { drawShape, shapeOf } from "./shapes.js";
import { createColumns, extendColumns, extent, lastAtMost, linePoints, nearest, peaksAbove, usualTop } from "./series.js";
import { createSurface, make, setColumns } from "./surface.js";
import { taskColor } from "./theme.js";

export const VALIDATION_DASH = [5, 4];
const MOST_CHARTS = 3; // with more tasks, one chart for all of them
const LABELS = 92; // px beside a chart for names
const LINE = 13; // px from name to name

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
  const top = Math.max(...bands.map((band) => usualTop(band.mean)));
  const high = Math.min(edges[1], top > 0 && edges[1] > means[1] ? top * 1.5 : top);
  return [means[0] < 0 ? -niceCeil(-Math.max(edges[0], means[0] * 1.5)) : 0, niceCeil(Math.max(high * 1.02, 1e-9))];
}

/**
 * Heights for labels that would like to stand at `wanted`: in their order, `gap` apart where there is room, within
 * [top, bottom]. `order` is the one of last time, and is brought up to date: two change places only when clearly apart.
 */
export function spreadLabels(wanted, gap, top, bottom, order = []) {
  const room = Math.min(gap, (bottom - top) / Math.max(1, wanted.length - 1));
  const clear = order.length === wanted.length ? gap / 2 : 0;
  if (!clear) order.splice(0, order.length, ...wanted.keys());
  for (let end = order.length - 1; end > 0; end -= 1) {
    for (let at = 0; at < end; at += 1) {
      if (wanted[order[at]] > wanted[order[at + 1]] + clear) [order[at], order[at + 1]] = [order[at + 1], order[at]];
    }
  }
  const placed = [];
  let free = top;
  for (const at of order) {
    placed[at] = Math.max(free, Math.min(bottom, wanted[at]));
    free = placed[at] + room;
  }
  let most = bottom;
  for (const at of [...order].reverse()) {
    placed[at] = Math.min(placed[at], most);
    most = placed[at] - room;
  }
  return placed;
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
  if (lead) {
    caption.append(lead, readout);
    element.append(caption);
  }
  const stack = make("div", "stack");
  const [axes, surface] = [make("canvas"), make("canvas")].map((canvas) => {
    stack.append(canvas);
    return sizes.add(createSurface(canvas));
  });
  element.append(stack);
  return { element, stack, values, limits: createLimits(), axes, drawn: "", surface };
}

export function createLosses(scene, sizes, wake, lean) {
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
    item.append(make("i", "band"), `range of ${scene.replicas} networks`);
    key.append(item);
  }
  head.append(make("h3", "", "Loss"), key, when, logButton);

  const shared = scene.tasks.length > MOST_CHARTS;
  const numbers = scene.tasks.map((_, number) => number);
  const columns = createColumns(scene.tasks.length);
  const bandsOf = (number) => (number < 0 ? [columns.objective] : [columns.tasks[number].train, columns.tasks[number].validation]);
  const grid = make("div", "grid");
  setColumns(grid, shared ? 1 : scene.tasks.length);
  const spoken = []; // per task, the element that says its loss
  const figures = []; // {figure, lines: numbers of tasks, -1 the total}
  if (shared) {
    const figure = createFigure("panel shared", null, [], sizes);
    figure.stack.setAttribute("role", "group");
    figure.stack.setAttribute("aria-label", "Losses of all tasks");
    figure.element.style.minHeight = `${Math.max(130, LINE * numbers.length + 40)}px`;
    for (const number of numbers) figure.stack.append(spoken[number] = make("span", "spoken", "", { role: "img", "aria-label": "" }));
    figures.push({ figure, lines: numbers });
  } else {
    scene.tasks.forEach((task, number) => {
      const lead = make("span", "lead", "", { title: `${task.name}: ${task.loss}` });
      lead.append(make("i", "swatch", "", { "data-task": number }), make("span", "name", task.name), make("span", "loss", task.loss));
      const figure = createFigure("panel", lead, ["training", "validation"], sizes);
      spoken[number] = figure.stack;
      figures.push({ figure, lines: [number] });
    });
  }
  grid.append(...figures.map(({ figure }) => figure.element));
  const one = scene.tasks.length === 1;
  const totalLead = make("span", "lead", "", { title: one ? "The loss times its weight, and penalties where there are any: what the optimizer makes small"
    : "The weighted losses of all tasks, and penalties where there are any, in one number: what the optimizer makes small" });
  totalLead.append(make("span", "name", one ? "Optimised" : "Total"), make("span", "loss", one ? "the loss with its weight and penalties" : "the one number that is optimised"));
  const total = createFigure("panel total", totalLead, ["training"], sizes);
  const all = [...figures, { figure: total, lines: [-1] }];
  for (const label of [...spoken.filter((each) => !shared), total.stack]) {
    label.setAttribute("role", "img");
    label.setAttribute("aria-label", "");
  }
  element.append(head, grid, total.element);
  element.classList.toggle("lean", lean);

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
  const order = []; // of the names beside the shared chart

  const aside = shared ? LABELS : 8;
  const boxOf = (surface) => ({ left: 40, top: 10, right: surface.width - aside, bottom: surface.height - 20, spill: 8 });

  function aim(snap) {
    const last = columns.epoch.at(-1) ?? 0;
    xLimits.aim(0, epochEnd(last, epochs), snap);
    for (const { figure, lines } of all) figure.limits.aim(...lossLimits(lines.flatMap(bandsOf), log), snap);
  }

  logButton.onclick = () => {
    log = !log;
    logButton.setAttribute("aria-pressed", String(log));
    aim(true);
    wake();
  };

  for (const { figure } of all) {
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

  /** The same ticks and labels for every chart, as many as the narrowest has room for beside the word at the end. */
  function epochTicks() {
    const room = Math.min(...all.map(({ figure }) => boxOf(figure.surface)).map(({ left, right }) => right - left).filter((width) => width > 0));
    if (!Number.isFinite(room)) return [];
    const ticks = axisTicks(xLimits.low, xLimits.high, Math.max(2, Math.min(8, room / 50))).filter(({ value }) => Number.isInteger(value));
    const at = linearScale(xLimits.low, xLimits.high, 0, room);
    const wide = (text) => 6.5 * text.length;
    const last = ticks.at(-1);
    const merged = last && at(last.value) + wide(last.text) / 2 > room - 30;
    const until = merged ? at(last.value) + wide(last.text) / 2 - wide(`epoch ${last.text}`) - 4 : room - 32;
    return ticks.map((tick) => (tick !== last && at(tick.value) + wide(tick.text) / 2 > until ? { ...tick, text: "" } : tick));
  }

  // Changes on the way: a dotted line each with a flag on top. Returns those under the pointer.
  function drawMarks(ctx, area, x, theme) {
    const reach = 7 / Math.abs(x(1) - x(0) || 1);
    const told = hover ? marks.filter((mark) => Math.abs(hover.pointer - mark.epoch) <= reach) : [];
    let free = -Infinity;
    for (const mark of marks) {
      const at = Math.round(x(mark.epoch)) + 0.5;
      if (at < area.left - 1 || at > area.right + 1) continue;
      const near = told.includes(mark);
      strokeLine(ctx, [at, area.top - 8, at, area.bottom], near ? theme.ink : theme.soft, 1, [2, 3]);
      if (at < free) continue;
      free = at + 3;
      ctx.beginPath();
      ctx.moveTo(at, area.top - 9);
      ctx.lineTo(at + 8, area.top - 6);
      ctx.lineTo(at, area.top - 3);
      ctx.fillStyle = near ? theme.ink : theme.soft;
      ctx.fill();
    }
    return told;
  }

  // Where a line leaves the chart at the top: how high it goes.
  function drawPeaks(ctx, area, x, figure, lines, theme) {
    const peaks = lines.flatMap((number) => bandsOf(number).flatMap((band) => peaksAbove(band.mean, figure.limits.high))).sort((a, b) => b.value - a.value);
    const taken = [];
    ctx.font = theme.small;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    ctx.lineJoin = "round";
    for (const { at, value } of peaks) {
      const text = `↑ ${roughText(value)}`;
      const width = ctx.measureText(text).width;
      const wanted = x(columns.epoch[at]) + 5;
      const left = wanted + width > area.right ? wanted - width - 10 : wanted;
      if (taken.some(([from, to]) => left < to + 6 && left + width > from - 6)) continue;
      taken.push([left, left + width]);
      ctx.lineWidth = 3;
      ctx.strokeStyle = theme.paper;
      ctx.strokeText(text, left, area.top);
      ctx.fillStyle = theme.ink;
      ctx.fillText(text, left, area.top);
    }
  }

  /** A small box of lines, {text, number?, color?}, beside the pointer. */
  function drawTold(ctx, surface, area, x, told, theme) {
    ctx.font = theme.small;
    const chip = told.some(({ color }) => color) ? 14 : 0;
    const measure = (part) => ctx.measureText(part).width;
    const rows = told.slice(0, Math.max(1, Math.floor((surface.height - 8) / LINE))).map((line) => ({ ...line, text: shorten(line.text, area.right - area.left - 24, measure) }));
    const width = Math.max(...rows.map(({ text }) => measure(text))) + 12 + chip;
    const height = rows.length * LINE + 7;
    const left = x + 10 + width > surface.width ? Math.max(0, x - 10 - width) : x + 10;
    const top = Math.min(area.top, surface.height - height - 1);
    ctx.beginPath();
    ctx.roundRect(left, top, width, height, 4);
    ctx.fillStyle = theme.paper;
    ctx.fill();
    ctx.strokeStyle = theme.axis;
    ctx.lineWidth = 1;
    ctx.stroke();
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    rows.forEach(({ text, color, number }, at) => {
      const middle = top + 4 + (at + 0.5) * LINE;
      if (color) drawShape(ctx, shapeOf(number), left + 11, middle, 3.5, color, true);
      ctx.fillStyle = theme.ink;
      ctx.fillText(text, left + 6 + (color ? chip : 0), middle + 0.5);
    });
  }

  /** Names at the right end, level with where the lines have come to. */
  function drawNames(ctx, area, y, lines, at, theme) {
    ctx.font = theme.small;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    const measure = (part) => ctx.measureText(part).width;
    const wanted = lines.map((number) => {
      const height = y(columns.tasks[number].train.mean[at]);
      return Number.isFinite(height) ? Math.max(area.top, Math.min(area.bottom, height)) : area.bottom;
    });
    spreadLabels(wanted, LINE, area.top, area.bottom + 4, order).forEach((height, place) => {
      const task = scene.tasks[lines[place]];
      drawShape(ctx, shapeOf(lines[place]), area.right + 15, height, 3.5, css(taskColor(task, theme)), true);
      ctx.fillStyle = theme.ink;
      ctx.fillText(shortenInside(task.name, LABELS - 24, measure), area.right + 23, height + 0.5);
    });
  }

  function draw({ figure, lines }, theme, headAt, now, xTicks) {
    const moving = figure.limits.step(now);
    const { surface, limits } = figure;
    if (!surface.begin()) return moving;
    const { ctx } = surface;
    const area = boxOf(surface);
    const x = linearScale(xLimits.low, xLimits.high, area.left, area.right);
    const inner = linearScale(limits.low, limits.high, area.bottom, area.top);
    const y = log ? (value) => (value > 0 ? inner(Math.log10(value)) : NaN) : inner;
    const look = [surface.width, surface.height, surface.ratio, limits.low, limits.high, xLimits.high, xTicks.length, log, theme.key].join("|");
    if (figure.drawn !== look && figure.axes.begin()) {
      const room = area.bottom - area.top;
      const count = Math.max(1, Math.min(5, room / (room < 60 ? 15 : 28)));
      let yTicks = log ? axisTicks(10 ** limits.low, 10 ** limits.high, count, true) : axisTicks(limits.low, limits.high, count);
      if (!log && yTicks.length < 2) yTicks = [...yTicks, { value: niceFloor(limits.high), text: numberText(niceFloor(limits.high)) }]; // one number is no scale
      drawAxes(figure.axes.ctx, area, { scale: x, ticks: xTicks, end: "epoch" }, { scale: y, ticks: yTicks }, theme);
      figure.drawn = look;
    }
    const many = lines.length > 1;
    const colorOf = (number) => (number < 0 ? theme.text : taskColor(scene.tasks[number], theme));
    const dense = columns.epoch.length > 3 * (area.right - area.left); // a long history: thinner lines, so that it stays a line
    const line = (values) => linePoints(columns.epoch, values, headAt, x, y);
    const dashes = [[], VALIDATION_DASH];
    clipped(ctx, area, () => {
      for (const number of lines) {
        const color = colorOf(number);
        if (scene.replicas > 1) bandsOf(number).forEach((band, at) => fillBand(ctx, line(band.low), line(band.high), css(color, (at ? 0.1 : 0.18) / (many ? 2 : 1))));
        bandsOf(number).forEach((band, at) => {
          const points = line(band.mean);
          const alpha = number < 0 ? 0.75 : many && at ? 0.75 : dense && !at ? 0.8 : 1;
          strokeLine(ctx, points, css(color, alpha), dense || (many && at) ? 1 : at ? 1.75 : 2, dashes[at]);
          if (columns.epoch.length <= 2 && points.length) dot(ctx, points.at(-2), points.at(-1), 3, css(color), at === 0, theme.paper);
        });
      }
    }, 3);
    const changes = drawMarks(ctx, area, x, theme);
    if (!log) drawPeaks(ctx, area, x, figure, lines, theme);
    const here = hover && hover.at < columns.epoch.length;
    if (here) {
      const at = Math.round(x(hover.epoch)) + 0.5;
      strokeLine(ctx, [at, area.top, at, area.bottom], theme.axis, 1);
      for (const number of lines) {
        bandsOf(number).forEach((band, part) => {
          const height = y(band.mean[hover.at]);
          if (height >= area.top - 1 && height <= area.bottom + 1) dot(ctx, at, height, many ? 2.5 : 3.25, css(colorOf(number)), part === 0, theme.paper);
        });
      }
    }
    if (many) drawNames(ctx, area, y, lines, Math.max(0, lastAtMost(columns.epoch, headAt)), theme);
    if (here && pointer?.figure === figure) {
      const told = changes.map(({ text }) => ({ text }));
      if (many) {
        for (const number of lines) {
          const [training, validation] = bandsOf(number).map((band) => numberText(band.mean[hover.at]));
          told.push({ number, color: css(colorOf(number)), text: `${training} · ${validation}  ${scene.tasks[number].name}` });
        }
      }
      if (told.length) drawTold(ctx, surface, area, x(hover.epoch), told, theme);
    }
    return moving;
  }

  function write() {
    const at = hover ? Math.min(hover.at, columns.epoch.length - 1) : columns.epoch.length - 1;
    const sign = `${at}|${hover ? 1 : 0}|${columns.held.length}|${start}`;
    if (sign === written) return;
    written = sign;
    when.textContent = hover && at >= 0 ? `at epoch ${columns.epoch[at]}` : "";
    for (const { figure, lines } of all) {
      if (!figure.values.length) continue;
      bandsOf(lines[0]).forEach((band, part) => {
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
      const rest = frame?.status !== "playing"; // at rest the line ends at once where the numbers are
      aim(fresh || calm || columns.epoch.length <= 1);
      motion.go([last], now, fresh || rest || last < (motion.target?.[0] ?? 0) ? 0 : travelTime(interval, calm));
      fresh = columns.epoch.length === 0;
    },
    paint(theme, now) {
      let moving = xLimits.step(now);
      const headAt = motion.moving(now) ? motion.at(now)[0] : columns.epoch.at(-1) ?? 0;
      hover = findHover(headAt);
      const ticks = epochTicks();
      for (const each of all) moving = draw(each, theme, headAt, now, ticks) || moving;
      write();
      return moving || motion.moving(now);
    },
    describe(record) {
      scene.tasks.forEach((task, number) => {
        const [training, validation] = [record?.train, record?.validation].map((part) => numberText(middleOf(part?.[number]?.loss)));
        spoken[number].setAttribute("aria-label", `Loss of ${task.name} at epoch ${record?.epoch ?? 0}: training ${training}, validation ${validation}`);
      });
      total.stack.setAttribute("aria-label", `${one ? "Optimised" : "Total"} at epoch ${record?.epoch ?? 0}: ${numberText(middleOf(record?.objective))}`);
    },
    stop: () => all.forEach(({ figure }) => [figure.axes, figure.surface].forEach(sizes.remove)),
  };
}
