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

/** Which lines are seen in the curves of a scene with twins: [{look, task, text, hint}], `task` where all are of one. */
export function linesKey(scene) {
  if (scene.view.kind !== "curve" || !scene.twin) return [];
  const task = scene.tasks.length === 1 && scene.tasks[0].kind !== "multiclass" ? 0 : null;
  const amber = scene.tasks.some(({ kind }) => kind !== "multiclass");
  const straight = scene.view.least_squares?.some(Boolean);
  return [
    { look: "solid", task, text: "with activations", hint: "what this network says" },
    { look: amber ? "twin" : "dashed", task: null, text: "without", hint: "the same network without activations, trained on the same rows at the same time" },
    ...(straight ? [{ look: "wide", task: null, text: "least squares", hint: "the best straight line there is for the training rows" }] : []),
  ];
}

/** The panels of a scene: [{number, twin, name}], one a task, or for maps with twins two. */
export function panelsOf(scene) {
  const pairs = scene.twin && scene.view.kind === "map";
  return scene.tasks.flatMap(({ name }, number) => (pairs
    ? [{ number, twin: false, name: `${name} · with` }, { number, twin: true, name: `${name} · without` }]
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
  stack.append(under, over);
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
      painter.ghost = memory.ghost.lines(number);
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
  const plan = panelsOf(scene);
  if (edit) settleEdits(scene, memory);
  const panels = plan.map((panel) => createPanel(scene, panel, sizes, lean, { memory, edit }));
  const pairs = plan.some(({ twin }) => twin);
  grid.classList.toggle("pairs", pairs);
  setColumns(grid, panels.length, pairs);
  if (panels.some((panel) => panel.hasLegend)) panels.forEach((panel) => panel.element.append(panel.legend)); // so that axes stand level
  grid.append(...panels.map((panel) => panel.element));
  const head = make("div", "head");
  const keys = make("span", "keys");
  for (const { look, task, text, hint } of linesKey(scene)) keys.append(keyItem(lineSample(look, task === null ? {} : { "data-task": task }), text, hint));
  for (const { mark, text, hint } of rowsKey(scene.view.kind)) {
    const item = make("span", "item", "", { title: hint });
    if (mark) item.append(make("i", `point ${mark}`));
    item.append(text);
    keys.append(item);
  }
  if (scene.replicas > 1) keys.append(make("span", "item", `mean of ${scene.replicas} networks`));
  const before = keyItem(lineSample("ghost"), "before the change", "the network's line at the moment of the latest change");
  if (scene.view.kind === "curve") keys.append(before);
  head.append(make("h3", "", "Learned"), keys);
  if (lean) head.append(make("span", "note axes", axesText(scene), { title: axesText(scene) }));
  element.append(head, grid);
  return {
    element,
    get busy() {
      return panels.some((panel) => panel.busy);
    },
    update({ frame, record, theme, now, interval, calm }) {
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
