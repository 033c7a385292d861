// An activation, its function and slope, laid over how the sums before it are spread in the network that is being trained.

import { axisTicks, clipped, drawAxes, strokeLine } from "./chart.js";
import { css } from "./color.js";
import { createFigure } from "./figure.js";
import { tickText } from "./format.js";
import { layerWords } from "./layer_names.js";
import { createMotion, travelTime } from "./playback.js";
import { keyItem, lineSample } from "./samples.js";
import { createLimits, linearScale } from "./scale.js";
import { extent } from "./series.js";
import { make } from "./surface.js";

const [LOW, HIGH] = [-6, 6]; // what the bins reach over
const TALL = 0.62; // of the chart, at most, are bars

/** The shares of one layer, or the mean over all for `name` ""; empty without layers. */
export function sharesOf(histograms, name) {
  const chosen = name ? histograms.filter((layer) => layer.name === name) : histograms;
  if (!chosen.length) return [];
  return chosen[0].share.map((_, bin) => chosen.reduce((sum, { share }) => sum + share[bin], 0) / chosen.length);
}

/** Limits of the y axis: the function and its slope, with zero, and no farther than 8 from it. */
export function galleryLimits(f, d) {
  const [low, high] = extent([f, d, [0]]);
  const [from, to] = [Math.max(-8, low), Math.min(8, high)];
  const room = (to - from || 1) * 0.08;
  return [from - room, to + room];
}

/** Function and slope, {f, d}, for any value of a parameter: between the two curves that it has for the values beside it. */
export function curvesAt({ values, f, d }, value) {
  const above = values.findIndex((each) => each >= value);
  const after = above < 0 ? values.length - 1 : above;
  const before = Math.max(0, after - 1);
  const share = after === before ? 0 : Math.min(1, Math.max(0, (value - values[before]) / (values[after] - values[before])));
  const between = (curves) => curves[before].map((from, at) => from + (curves[after][at] - from) * share);
  return { f: between(f), d: between(d) };
}

/** A parameter's slider: `show(value)` while it is dragged, `tell(value)` once it is let go. {element, busy, set(value)}. */
function createDial({ title, help, low, high, step, value }, show, tell) {
  const element = make("label", "dial", "", { title: help });
  const slide = make("input", "slide", "", { type: "range", min: low, max: high, step, value, "aria-label": title, "aria-description": help });
  const number = make("output", "number");
  const put = (next) => {
    const text = tickText(next, step);
    if (Number(slide.value) !== next) slide.value = String(next);
    number.textContent = text;
    slide.setAttribute("aria-valuetext", text);
    slide.style.setProperty("--at", (next - low) / (high - low || 1));
  };
  let held = false;
  const release = () => {
    held = false;
  };
  slide.value = String(value);
  slide.oninput = () => {
    held = true;
    put(Number(slide.value));
    show(Number(slide.value));
  };
  slide.onchange = () => {
    release();
    tell(Number(slide.value));
  };
  slide.onpointerup = slide.onpointercancel = slide.onkeyup = slide.onblur = release; // back where it was: there is no change
  element.append(make("span", "", title), slide, number);
  put(value);
  return { element, set: put, busy: () => held };
}

/**
 * The section. `gallery`: {name, title, z, f, d, dials}; each dial, a parameter's slider, is {name, title, help, low, high, step,
 * value, values, f, d}. `tell({activation, name, value})` when a parameter has been set.
 */
export function createGallery(scene, gallery, sizes, wake, tell = () => {}) {
  const { z = [LOW, HIGH], title = "Activation" } = gallery ?? {};
  let { f = [], d = [] } = gallery ?? {};
  let given = gallery?.dials ?? [];
  const sent = new Map(); // name -> value that the page has not heard of yet
  const [left, right] = extent([z]) ?? [LOW, HIGH];
  let [bottom, top] = galleryLimits(f, d);
  const element = make("section", "gallery");
  const head = make("div", "head");
  const keys = make("span", "keys");
  if (f.length) keys.append(keyItem(lineSample("solid ink"), "function"), keyItem(lineSample("dashed"), "slope"));
  keys.append(keyItem(make("i", "band"), "sums z before it, now", "How the sums of a layer are spread over the rows, before the activation. What lies beyond \u22126 and 6 is counted at the ends."));
  const choice = make("select", "choice", "", { "aria-label": "Layer whose sums are shown" });
  choice.append(make("option", "", "all layers", { value: "" }));
  head.append(make("h3", "", title), keys, choice);
  const figure = createFigure(sizes, wake, { title: "", hint: `${title}: the function and its slope over z, with the spread of z in the network` });
  figure.element.querySelector("figcaption").hidden = true;
  const dials = given.map((first, at) => createDial(first, (value) => draw(curvesAt(given[at], value)), (value) => {
    sent.set(first.name, value);
    tell({ activation: gallery.name, name: first.name, value });
    wake();
  }));
  const row = make("div", "dials");
  row.append(...dials.map((dial) => dial.element));
  element.append(head, ...(dials.length ? [row] : []), figure.element);
  const { surface } = figure;
  const motion = createMotion();
  const tallest = createLimits();
  let histograms = [];
  let [form, drawn] = ["", ""];

  function aim(now, time) {
    const shares = sharesOf(histograms, choice.value);
    if (!shares.length) return;
    tallest.aim(0, Math.max(0.02, ...shares), time === 0);
    motion.go(shares, now, time);
    drawn = "";
  }

  function draw(curves) {
    ({ f, d } = curves);
    [bottom, top] = galleryLimits(f, d);
    drawn = "";
    wake();
  }

  choice.onchange = () => {
    aim(performance.now(), 250);
    wake();
  };

  return {
    element,
    /** Nothing is replaced under the hand that drags. */
    get busy() {
      return dials.some((dial) => dial.busy());
    },
    /** The same activation with other values; an answer to what was set before the last time is passed over. */
    heed({ gallery: next }) {
      if (!next || next.dials?.length !== dials.length || dials.some((dial) => dial.busy())) return;
      if (next.dials.some(({ name, value }) => sent.has(name) && sent.get(name) !== value)) return;
      sent.clear();
      given = next.dials;
      given.forEach(({ value }, at) => dials[at].set(value));
      draw(next);
    },
    update({ frame, now, interval, calm }) {
      if (!frame.view?.histograms) return;
      const fresh = !histograms.length;
      histograms = frame.view.histograms;
      const names = histograms.map(({ name }) => name);
      if (names.join() !== form) {
        form = names.join();
        const { value } = choice;
        choice.replaceChildren(make("option", "", "all layers", { value: "" }), ...names.map((name) => make("option", "", layerWords(name, scene.tasks), { value: name })));
        choice.value = names.includes(value) ? value : "";
      }
      aim(now, fresh ? 0 : travelTime(frame.status === "playing" ? interval : 0, calm));
    },
    paint(theme, now) {
      const gliding = tallest.step(now);
      const moving = gliding || motion.moving(now);
      const look = [surface.width, surface.height, window.devicePixelRatio, theme.key].join("|");
      if ((!moving && look === drawn) || !surface.begin()) return moving;
      drawn = moving ? "" : look;
      const { ctx } = surface;
      const area = { left: 34, top: 8, right: surface.width - 8, bottom: surface.height - 34 };
      const [x, y] = [linearScale(left, right, area.left, area.right), linearScale(bottom, top, area.bottom, area.top)];
      const shares = motion.at(now) ?? [];
      const wide = (HIGH - LOW) / (shares.length || 1);
      clipped(ctx, area, () => {
        ctx.fillStyle = css(theme.text, theme.dark ? 0.22 : 0.16);
        shares.forEach((share, bin) => {
          const [from, to] = [x(LOW + bin * wide), x(LOW + (bin + 1) * wide)];
          const high = (share / (tallest.high || 1)) * TALL * (area.bottom - area.top);
          ctx.fillRect(from + 0.5, area.bottom - high, Math.max(1, to - from - 1), high);
        });
      });
      drawAxes(ctx, area, { scale: x, ticks: axisTicks(left, right, Math.max(3, Math.min(8, (area.right - area.left) / 45))), title: "z" },
        { scale: y, ticks: f.length ? axisTicks(bottom, top, Math.max(2, Math.min(5, (area.bottom - area.top) / 32))) : [] }, theme);
      if (f.length) strokeLine(ctx, [area.left, y(0), area.right, y(0)], theme.axis, 1);
      const line = (values) => z.flatMap((at, place) => [x(at), values[place] === null || values[place] === undefined ? NaN : y(values[place])]);
      clipped(ctx, area, () => {
        strokeLine(ctx, line(d), theme.soft, 1.5, [5, 4]);
        strokeLine(ctx, line(f), theme.ink, 2.5);
      }, 1);
      return moving;
    },
    stop: figure.stop,
  };
}
