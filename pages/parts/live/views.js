// What has been learned: one panel a task, with its title, its main number and a picture that moves.

import { css } from "./color.js";
import { createCurvePainter, curveLimits } from "./curve.js";
import { createEditor } from "./editor.js";
import { named, numberText } from "./format.js";
import { createMapPainter } from "./map.js";
import { baselineHint, headline } from "./metrics.js";
import { createMotion, travelTime } from "./playback.js";
import { stillPending } from "./points.js";
import { keyItem, lineSample } from "./samples.js";
import { extent } from "./series.js";
import { shapeClip, shapeOf } from "./shapes.js";
import { createSurface, make, setColumns } from "./surface.js";
import { createTablePainter } from "./table.js";
import { taskColor } from "./theme.js";

const SAME = 2e-3; // of an axis: points as near as that are the same
const OWN = { text: "with activations", hint: "what this network says" };
const OWN_OFF = { text: "activations off", hint: "what this network says while its activations are switched off" };
const PAINTERS = { curve: createCurvePainter, map: createMapPainter, table: createTablePainter };

/** The kind of a task in words. */
export function kindText(task) {
  if (task.kind === "regression") return task.unit ? `a number, in ${task.unit}` : "a number";
  return task.kind === "binary" ? "yes or no" : `one of ${task.classes.length} classes`;
}

/** The chips beside names: each task's shape in its colour. */
export function paintSwatches(root, scene, theme) {
  for (const swatch of root.querySelectorAll(".swatch")) {
    const task = scene.tasks[swatch.dataset.task];
    if (!task) continue;
    swatch.style.background = css(taskColor(task, theme));
    swatch.style.clipPath = shapeClip(shapeOf(Number(swatch.dataset.task)));
  }
  for (const line of root.querySelectorAll(".line[data-task]")) line.style.setProperty("--line", css(taskColor(scene.tasks[line.dataset.task], theme)));
}

/** Which rows are seen: [{mark, text, hint}], mark "full", "hollow" or "". */
export function rowsKey(kind) {
  const hidden = "validation rows: the network does not learn from them";
  if (kind === "table") return [{ mark: "", text: "validation rows", hint: "rows the network does not learn from" }];
  return [{ mark: "full", text: "learned from", hint: "training rows" }, { mark: "hollow", text: "held back", hint: hidden }];
}

/**
 * Which lines are seen in the curves of a scene with twins: [{look, task, text, hint}], `task` where all are of one. The first is the
 * network's own, which is called by whether it is `nonlinear` at the time.
 */
export function linesKey(scene, nonlinear = true) {
  if (scene.view.kind !== "curve" || !scene.twin) return [];
  const task = scene.tasks.length === 1 && scene.tasks[0].kind !== "multiclass" ? 0 : null;
  const amber = scene.tasks.some(({ kind }) => kind !== "multiclass");
  const straight = scene.view.least_squares?.some(Boolean);
  return [
    { look: "solid", task, ...(nonlinear ? OWN : OWN_OFF) },
    { look: amber ? "twin" : "dashed", task: null, text: "without", hint: "the same network without activations, trained on the same rows at the same time" },
    ...(straight ? [{ look: "wide", task: null, text: "least squares", hint: "the best straight line there is for the training rows" }] : []),
  ];
}

/** The panels of a scene: [{number, twin, name}], one a task, or for maps with twins two, of a network that is `nonlinear` or not. */
export function panelsOf(scene, nonlinear = true) {
  const pairs = scene.twin && scene.view.kind === "map";
  return scene.tasks.flatMap(({ name }, number) => (pairs
    ? [{ number, twin: false, name: `${name} · ${nonlinear ? "with" : "off"}` }, { number, twin: true, name: `${name} · without` }]
    : [{ number, twin: false, name }]));
}

/** What lies along the axes, where there is no room to write it beside each. */
export function axesText(scene) {
  const { kind, input, inputs } = scene.view;
  if (kind === "curve") return `across: ${named(input.name, input.unit)}`;
  if (kind === "map") return `across: ${named(inputs[0].name, inputs[0].unit)}, up: ${named(inputs[1].name, inputs[1].unit)}`;
  const words = { regression: "across: true, up: predicted", binary: "across: probability of yes", multiclass: "down: true, across: predicted" };
  return [...new Set(scene.tasks.map((task) => words[task.kind]))].join(" · ");
}

/** A legend's item that is called one thing or the other, and as wide as the longer of them: what stands beside it stays there. */
function createChangingKey(sample, names) {
  const texts = names.map(({ text }) => make("span", "", text));
  const both = make("span");
  both.append(...texts);
  Object.assign(both.style, { display: "inline-grid", "grid-template-areas": "'one'", "vertical-align": "bottom" });
  for (const text of texts) text.style.setProperty("grid-area", "one");
  const element = make("span", "item");
  element.append(sample, both);
  return {
    element,
    show(which) {
      texts.forEach((text, at) => (text.style.visibility = at === which ? "" : "hidden"));
      element.title = names[which].hint;
    },
  };
}

function createPanel(scene, { number, twin, name: title }, sizes, lean, { edit, memory }) {
  const task = scene.tasks[number];
  const painter = PAINTERS[scene.view.kind](scene, number, lean);
  const element = make("figure", "panel");
  const caption = make("figcaption");
  const name = make("span", "name", title, { title: `${title}: ${kindText(task)}` });
  const value = make("strong", "value");
  const metric = make("span", "metric");
  const baseline = make("span", "baseline");
  const first = make("div", "row");
  const lead = make("span", "lead");
  lead.append(make("i", "swatch", "", { "data-task": number }), name);
  const second = make("div", lean ? "row" : "row small");
  if (lean) {
    first.append(lead);
    second.append(metric, value);
  } else {
    first.append(lead, metric, value);
    second.append(baseline, make("span", "kind", kindText(task))); // the kind goes where there is no room for both
  }
  caption.append(first, second);
  const stack = make("div", "stack", "", { role: "img", "aria-label": `${title}: ${kindText(task)}` });
  const [under, over] = [make("canvas"), make("canvas")];
  const plot = painter.inner ? make("div") : stack;
  plot.append(under, over);
  if (painter.inner) {
    stack.style.setProperty("container-type", "size");
    for (const [rule, value] of Object.entries(painter.inner)) plot.style.setProperty(rule, value);
    stack.append(plot);
  }
  const legend = make("div", "legend");
  element.append(caption, stack);
  const [still, moving] = (painter.stillOnTop ? [over, under] : [under, over]).map((canvas) => sizes.add(createSurface(canvas)));
  if (painter.stretched) moving.stretch(painter.stretched);
  const motion = createMotion();
  let drawn = "";
  let settled = false; // what is drawn is what there is to draw
  let themed = "";
  let view = null;
  let beside = null; // the twin's
  let editor = null;

  if (edit && painter.axes) {
    const redraw = () => {
      drawn = "";
      edit.wake();
    };
    editor = createEditor({ stack, task: number, name: task.name, painter, surface: still, memory, report: edit.report, redraw, say: edit.say });
  }

  function paintLegend(theme) {
    legend.replaceChildren(...painter.legend(theme).map(({ color, gradient, label, before }) => {
      const item = make("span", "key");
      if (before !== undefined) item.append(make("span", "", before));
      const patch = make("i", gradient ? "ramp" : "patch");
      patch.style.background = gradient ?? color;
      item.append(patch, make("span", "", label));
      return item;
    }));
  }

  return {
    element, stack, legend,
    hasLegend: Boolean(painter.legend),
    get busy() {
      return Boolean(editor?.busy);
    },
    call(title) {
      if (name.textContent === title) return;
      name.textContent = title;
      name.title = `${title}: ${kindText(task)}`;
    },
    update(frame, newest) {
      const record = twin && newest ? { ...newest.twin, epoch: newest.epoch } : newest;
      const { title, value: main, mark, parts } = headline(task, number, record, frame.baseline);
      value.textContent = numberText(main);
      metric.textContent = title;
      baseline.textContent = parts.some(([, known]) => known !== null) ? parts.map(([label, known]) => `${label} ${numberText(known)}`).join(" · ") : "";
      baseline.title = baselineHint(task.kind);
      const over = scene.replicas > 1 ? `${title} on validation rows, mean over ${scene.replicas} networks` : `${title} on validation rows`;
      const told = [over, mark.text && `${mark.symbol} ${mark.text}`, lean && baseline.textContent].filter(Boolean).join("\n");
      if (value.title !== told) value.title = told;
    },
    aim(frame, theme, now, time) {
      view = (twin ? frame.view?.twin : frame.view?.tasks)?.[number];
      beside = frame.view?.twin?.[number];
      const ghost = !painter.ghostStill ? memory.ghost.lines(number) : twin ? null : memory.ghost.map(number);
      if (painter.ghostStill && ghost !== painter.ghost) drawn = "";
      painter.ghost = ghost;
      settled = false;
      if (view) motion.go(painter.pack(view, theme, beside), now, painter.jumps ? 0 : time);
    },
    paint(theme, now, calm) {
      const look = `${still.width}|${still.height}|${window.devicePixelRatio}|${theme.key}`;
      if (themed !== theme.key) {
        if (themed && view) motion.go(painter.pack(view, theme, beside), now, 0);
        if (painter.legend) paintLegend(theme);
        themed = theme.key;
      }
      if (drawn !== look && still.begin()) {
        painter.drawStill(still, theme);
        drawn = look;
        settled = false;
      }
      const values = motion.at(now);
      if (settled || !values || !moving.begin()) return false;
      const more = motion.moving(now);
      settled = !painter.drawMoving(moving, values, theme, now, calm) && !more;
      return !settled;
    },
    stop() {
      editor?.stop();
      sizes.remove(still);
      sizes.remove(moving);
    },
  };
}

/** Forgets the edits that the scene holds. */
function settleEdits(scene, memory) {
  const [left, right] = extent([scene.view.x]) ?? [0, 1];
  const tasks = scene.tasks.map((task, number) => {
    const points = scene.view.points?.[number] ?? { x: [], y: [] };
    const [low, high] = curveLimits(task, points);
    return { pending: memory.edits[number] ?? [], points, near: [SAME * (right - left), SAME * (high - low)] };
  });
  memory.edits = { ...stillPending(tasks, performance.now()) };
}

/**
 * All panels of a scene. `memory` outlives it: {ghost, edits, cross}. `edit`: {report, say, wake} where points are edited, else null.
 */
export function createViews(scene, sizes, lean, { memory, edit = null }) {
  const element = make("section", "views");
  const grid = make("div", "grid");
  let plan = panelsOf(scene);
  if (edit) settleEdits(scene, memory);
  const panels = plan.map((panel) => createPanel(scene, panel, sizes, lean, { memory, edit }));
  const pairs = plan.some(({ twin }) => twin);
  grid.classList.toggle("pairs", pairs);
  setColumns(grid, panels.length, pairs);
  if (panels.some((panel) => panel.hasLegend)) panels.forEach((panel) => panel.element.append(panel.legend)); // so that axes stand level
  grid.append(...panels.map((panel) => panel.element));
  const head = make("div", "head");
  const keys = make("span", "keys");
  const [own, ...others] = linesKey(scene).map((line) => ({ ...line, sample: lineSample(line.look, line.task === null ? {} : { "data-task": line.task }) }));
  const ownKey = own ? createChangingKey(own.sample, [OWN, OWN_OFF]) : null;
  if (ownKey) keys.append(ownKey.element, ...others.map(({ sample, text, hint }) => keyItem(sample, text, hint)));
  let shownAs = null; // nonlinear or not
  for (const { mark, text, hint } of rowsKey(scene.view.kind)) {
    const item = make("span", "item", "", { title: hint });
    if (mark) item.append(make("i", `point ${mark}`));
    item.append(text);
    keys.append(item);
  }
  if (scene.replicas > 1) keys.append(make("span", "item", `mean of ${scene.replicas} networks`));
  const ghostly = scene.view.kind === "map" ? "where the network's answer changed at the moment of the latest change" : "the network's line at the moment of the latest change";
  const before = keyItem(lineSample("ghost"), "before the change", ghostly);
  if (scene.view.kind !== "table") keys.append(before);
  head.append(make("h3", "", "Learned"), keys);
  if (lean) head.append(make("span", "note axes", axesText(scene), { title: axesText(scene) }));
  element.append(head, grid);

  /** Calls things by whether the network has activations at the time. */
  function nameBy(nonlinear) {
    if (nonlinear === shownAs) return;
    shownAs = nonlinear;
    ownKey?.show(nonlinear ? 0 : 1);
    plan = panelsOf(scene, nonlinear);
    plan.forEach((panel, at) => panels[at].call(panel.name));
  }

  nameBy(true);
  return {
    element,
    get busy() {
      return panels.some((panel) => panel.busy);
    },
    update({ frame, record, theme, now, interval, calm }) {
      nameBy(frame.nonlinear !== false);
      before.style.visibility = memory.ghost.present ? "" : "hidden"; // its place stays free: nothing moves
      panels.forEach((panel) => {
        panel.update(frame, record);
        panel.aim(frame, theme, now, travelTime(frame.status === "playing" ? interval : 0, calm));
      });
    },
    paint: (theme, now, calm) => panels.reduce((more, panel) => panel.paint(theme, now, calm) || more, false),
    describe(record, frame) {
      plan.forEach(({ number, twin, name }, at) => {
        const { title, value } = headline(scene.tasks[number], number, twin ? record?.twin : record, frame.baseline);
        const how = edit ? ". Arrow keys move a crosshair, Enter adds a point there, Delete removes an added one" : "";
        panels[at].stack.setAttribute("aria-label", `What ${name} has learned: ${title} ${numberText(value)}${how}`);
      });
    },
    stop: () => panels.forEach((panel) => panel.stop()),
  };
}
