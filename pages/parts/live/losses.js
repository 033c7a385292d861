// The loss of each task over epochs, training and validation, and apart from them the one number that is optimised.

import { explosionOf, isWild } from "./explosion.js";
import { numberText } from "./format.js";
import { LABEL_LINE } from "./labels.js";
import { epochTicks } from "./loss_axes.js";
import { createLossFigure } from "./loss_figure.js";
import { middleOf } from "./metrics.js";
import { createMotion, travelTime } from "./playback.js";
import { keyItem, lineSample } from "./samples.js";
import { createLimits, epochEnd, linearScale } from "./scale.js";
import { createPullColumns, extendPullColumns } from "./pull_series.js";
import { createColumns, extendColumns, ghostColumns, lastAtMost, nearest } from "./series.js";
import { make, setColumns } from "./surface.js";

const MOST_CHARTS = 3; // with more tasks, one chart for all of them
const LINES = ["training", "validation", "training, without activations", "validation, without activations"];

/** The legend's words for earlier branches, and the button that forgets them. */
function createGhostKey(forget) {
  const item = keyItem(lineSample("ghost"), "before the branch", "How training went on from there the times before");
  const button = make("button", "forget", "×", { type: "button", title: "Forget earlier branches", "aria-label": "Forget earlier branches" });
  button.onclick = forget;
  item.append(button);
  item.hidden = true;
  return item;
}

function createHead(replicas, twin, forget) {
  const element = make("div", "head");
  const key = make("span", "keys");
  const logButton = make("button", "toggle", "log scale", { type: "button", "aria-pressed": "false", title: "Equal steps for equal ratios: shows what happens near zero" });
  const when = make("span", "when");
  key.append(keyItem(lineSample(), "training"), keyItem(lineSample("dashed"), "validation"));
  if (twin) key.append(keyItem(lineSample("twin"), "without activations", "The same network without activations, trained on the same rows at the same time"));
  if (replicas > 1) key.append(keyItem(make("i", "band"), `range of ${replicas} networks`));
  const ghosts = createGhostKey(forget);
  key.append(ghosts);
  element.append(make("h3", "", "Loss"), key, when, logButton);
  return { element, logButton, when, ghosts };
}

/** One chart for all tasks, and per task the element that says its loss. */
function sharedFigure(scene, columns, sizes) {
  const figure = createLossFigure(scene, columns, sizes, { className: "panel shared", lines: [...scene.tasks.keys()], labelled: true });
  figure.stack.setAttribute("role", "group");
  figure.stack.setAttribute("aria-label", "Losses of all tasks");
  figure.element.style.minHeight = `${Math.max(130, LABEL_LINE * (scene.tasks.length + 1) + 40)}px`;
  const spoken = scene.tasks.map(() => make("span", "spoken", "", { role: "img", "aria-label": "" }));
  figure.stack.append(...spoken);
  return { figures: [figure], spoken };
}

/** A chart for each task; each says its loss itself. */
function taskFigures(scene, columns, sizes) {
  const figures = scene.tasks.map((task, number) => {
    const lead = make("span", "lead", "", { title: `${task.name}: ${task.loss}` });
    lead.append(make("i", "swatch", "", { "data-task": number }), make("span", "name", task.name), make("span", "loss", task.loss));
    return createLossFigure(scene, columns, sizes, { className: "panel", lines: [number], lead, names: LINES.slice(0, scene.twin ? 4 : 2) });
  });
  return { figures, spoken: figures.map(({ stack }) => stack) };
}

/** The chart of what is optimised; `labelled` as the charts above it, so that their epochs stand level. */
function totalFigure(scene, columns, sizes, labelled) {
  const one = scene.tasks.length === 1;
  const lead = make("span", "lead", "", { title: one ? "The loss times its weight, and penalties where there are any: what the optimizer makes small"
    : "The sum of every task's weight times its loss, and penalties where there are any. While weights stay as they are the optimizer makes it small; schemes that move the weights, or balance gradients, move it too" });
  lead.append(make("span", "name", one ? "Optimised" : "Total"), make("span", "loss", one ? "the loss with its weight and penalties" : "weights times losses, and penalties"));
  return createLossFigure(scene, columns, sizes, { className: "panel total", lines: [-1], lead, names: ["training"], labelled });
}

/** The section with all loss charts, which share the axis of epochs, the pointer and the button for the log scale. */
export function createLosses(scene, sizes, wake, lean, moment, forget = () => {}) {
  const shared = scene.tasks.length > MOST_CHARTS;
  const columns = createColumns(scene.tasks.length);
  const pulled = createPullColumns(scene.tasks.length);
  const head = createHead(scene.replicas, scene.twin && !shared, forget);
  const { figures, spoken } = (shared ? sharedFigure : taskFigures)(scene, columns, sizes);
  const total = totalFigure(scene, columns, sizes, shared);
  const all = [...figures, total];
  for (const label of shared ? [total.stack] : [...spoken, total.stack]) {
    label.setAttribute("role", "img");
    label.setAttribute("aria-label", "");
  }
  const grid = make("div", "grid");
  setColumns(grid, figures.length);
  grid.append(...figures.map((figure) => figure.element));
  const element = make("section", "losses");
  element.append(head.element, grid, total.element);
  element.classList.toggle("lean", lean);

  const motion = createMotion();
  const xLimits = createLimits();
  let chosen = null; // by hand: log scale or not
  let wild = false; // a run blew up, farther than equal steps could show
  let explosion = null;
  let fresh = true;
  let start = null;
  let pointer = null;
  let hover = null;
  let marks = [];
  let ghosts = []; // earlier branches, as bands
  let told = null; // what `ghosts` were made of
  let looking = null; // the earlier epoch that the run shows
  let { epochs } = scene;
  let written = "";

  function aim(snap) {
    const last = Math.max(columns.epoch.at(-1) ?? 0, ...ghosts.map((ghost) => ghost.epoch.at(-1)));
    xLimits.aim(0, epochEnd(last, explosion ? Math.max(1, Math.ceil(explosion.epoch * 2.5)) : epochs), snap);
    for (const figure of all) figure.aim(isLog(), explosion, snap, ghosts);
  }

  const isLog = () => chosen ?? wild;
  const press = () => head.logButton.setAttribute("aria-pressed", String(isLog()));

  /** Whether the run has blown up, or has forgotten it: what one looks at is another picture then. */
  function heed(frame) {
    const before = explosion !== null;
    explosion = explosionOf(scene.tasks, frame);
    wild = explosion !== null && isWild(columns.objective.mean, explosion.loss);
    press();
    return before !== (explosion !== null);
  }

  head.logButton.onclick = () => {
    chosen = !isLog();
    press();
    aim(true);
    wake();
  };

  for (const figure of all) {
    figure.stack.onpointermove = (event) => {
      pointer = { figure, x: event.offsetX };
      wake();
    };
    figure.stack.onpointerleave = () => {
      pointer = null;
      wake();
    };
    figure.stack.onclick = (event) => {
      pointer = { figure, x: event.offsetX };
      const under = findHover(columns.epoch.at(-1) ?? 0);
      if (under && pulls()) moment.choose(under.at === columns.epoch.length - 1 ? null : under.epoch);
    };
  }
  const pulls = () => pulled.worst.some(Number.isFinite);
  const unsubscribe = moment.subscribe(wake);

  // The record under the pointer, found anew for each picture: the axis may move under a pointer that rests.
  function findHover(headAt) {
    if (!pointer || !columns.epoch.length) return null;
    const { figure } = pointer;
    const area = figure.boxOf();
    const epoch = linearScale(area.left, area.right, xLimits.low, xLimits.high)(pointer.x);
    const at = Math.max(0, Math.min(nearest(columns.epoch, epoch), lastAtMost(columns.epoch, headAt)));
    return { figure, at, epoch: columns.epoch[at], pointer: epoch };
  }

  /** The same ticks and labels for every chart, as many as the narrowest has room for. */
  function sharedTicks() {
    const room = Math.min(...all.map((figure) => figure.boxOf()).map(({ left, right }) => right - left).filter((width) => width > 0));
    return Number.isFinite(room) ? epochTicks(xLimits, room) : [];
  }

  function write() {
    const last = columns.epoch.length - 1;
    const at = hover ? Math.min(hover.at, last) : looking === null ? last : nearest(columns.epoch, looking);
    const sign = `${at}|${hover || looking !== null ? 1 : 0}|${columns.held.length}|${start}`;
    if (sign === written) return;
    written = sign;
    head.when.textContent = (hover || looking !== null) && at >= 0 ? `at epoch ${columns.epoch[at]}` : "";
    for (const figure of all) figure.write(at);
  }

  return {
    element,
    update({ history, frame, ghosts: given = [], now, interval, calm }) {
      if (history.start !== start) {
        start = history.start;
        fresh = true;
      }
      extendColumns(columns, history.records);
      extendPullColumns(pulled, history.records);
      epochs = frame?.epochs ?? scene.epochs;
      marks = frame?.marks ?? [];
      looking = frame?.looking?.epoch ?? null;
      if (given !== told) {
        told = given;
        ghosts = given.map(ghostColumns);
        head.ghosts.hidden = !ghosts.length;
      }
      const last = columns.epoch.at(-1) ?? 0;
      const rest = frame?.status !== "playing"; // at rest the line ends at once where the numbers are
      aim(heed(frame) || fresh || calm || columns.epoch.length <= 1);
      motion.go([last], now, fresh || rest || last < (motion.target?.[0] ?? 0) ? 0 : travelTime(interval, calm));
      fresh = columns.epoch.length === 0;
    },
    paint(theme, now) {
      let moving = xLimits.step(now);
      const headAt = motion.moving(now) ? motion.at(now)[0] : columns.epoch.at(-1) ?? 0;
      hover = findHover(headAt);
      const picture = { log: isLog(), head: headAt, epochs: xLimits, ticks: sharedTicks(), hover, marks, explosion, pulled: pulls() ? pulled : null, moment: moment.epoch, ghosts };
      for (const figure of all) moving = figure.draw(picture, theme, now) || moving;
      write();
      return moving || motion.moving(now);
    },
    describe(record) {
      scene.tasks.forEach((task, number) => {
        const [training, validation] = [record?.train, record?.validation].map((part) => numberText(middleOf(part?.[number]?.loss)));
        spoken[number].setAttribute("aria-label", `Loss of ${task.name} at epoch ${record?.epoch ?? 0}: training ${training}, validation ${validation}`);
      });
      total.stack.setAttribute("aria-label", `${scene.tasks.length === 1 ? "Optimised" : "Total"} at epoch ${record?.epoch ?? 0}: ${numberText(middleOf(record?.objective))}`);
    },
    stop() {
      unsubscribe();
      for (const figure of all) figure.stop();
    },
  };
}
