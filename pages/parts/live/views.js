// What has been learned: one panel a task, with its title, its main number and a picture that moves.

import { createCurvePainter } from "./curve.js";
import { css } from "./color.js";
import { named, numberText } from "./format.js";
import { createMapPainter } from "./map.js";
import { baselineHint, headline } from "./metrics.js";
import { createMotion, travelTime } from "./playback.js";
import { shapeClip, shapeOf } from "./shapes.js";
import { createSurface, make, setColumns } from "./surface.js";
import { createTablePainter } from "./table.js";
import { taskColor } from "./theme.js";

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
}

/** Which rows are seen: [{mark, text, hint}], mark "full", "hollow" or "". */
export function rowsKey(kind) {
  const hidden = "validation rows: the network does not learn from them";
  if (kind === "table") return [{ mark: "", text: "validation rows", hint: "rows the network does not learn from" }];
  return [{ mark: "full", text: "learned from", hint: "training rows" }, { mark: "hollow", text: "held back", hint: hidden }];
}

/** What lies along the axes, where there is no room to write it beside each. */
export function axesText(scene) {
  const { kind, input, inputs } = scene.view;
  if (kind === "curve") return `across: ${named(input.name, input.unit)}`;
  if (kind === "map") return `across: ${named(inputs[0].name, inputs[0].unit)}, up: ${named(inputs[1].name, inputs[1].unit)}`;
  const words = { regression: "across: true, up: predicted", binary: "across: probability of yes", multiclass: "down: true, across: predicted" };
  return [...new Set(scene.tasks.map((task) => words[task.kind]))].join(" · ");
}

function createPanel(scene, number, sizes, lean) {
  const task = scene.tasks[number];
  const painter = PAINTERS[scene.view.kind](scene, number, lean);
  const element = make("figure", "panel");
  const caption = make("figcaption");
  const name = make("span", "name", task.name, { title: `${task.name}: ${kindText(task)}` });
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
  const stack = make("div", "stack", "", { role: "img", "aria-label": `${task.name}: ${kindText(task)}` });
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
    update(frame, record) {
      const { title, value: main, mark, parts } = headline(task, number, record, frame.baseline);
      value.textContent = numberText(main);
      metric.textContent = title;
      baseline.textContent = parts.some(([, known]) => known !== null) ? parts.map(([label, known]) => `${label} ${numberText(known)}`).join(" · ") : "";
      baseline.title = baselineHint(task.kind);
      const over = scene.replicas > 1 ? `${title} on validation rows, mean over ${scene.replicas} networks` : `${title} on validation rows`;
      const told = [over, mark.text && `${mark.symbol} ${mark.text}`, lean && baseline.textContent].filter(Boolean).join("\n");
      if (value.title !== told) value.title = told;
    },
    aim(next, theme, now, time) {
      view = next;
      settled = false;
      if (view) motion.go(painter.pack(view, theme), now, painter.jumps ? 0 : time);
    },
    paint(theme, now, calm) {
      const look = `${still.width}|${still.height}|${window.devicePixelRatio}|${theme.key}`;
      if (themed !== theme.key) {
        if (themed && view) motion.go(painter.pack(view, theme), now, 0);
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
      sizes.remove(still);
      sizes.remove(moving);
    },
  };
}

/** All panels of a scene. */
export function createViews(scene, sizes, lean) {
  const element = make("section", "views");
  const grid = make("div", "grid");
  const panels = scene.tasks.map((_, number) => createPanel(scene, number, sizes, lean));
  setColumns(grid, panels.length);
  if (panels.some((panel) => panel.hasLegend)) panels.forEach((panel) => panel.element.append(panel.legend)); // so that axes stand level
  grid.append(...panels.map((panel) => panel.element));
  const head = make("div", "head");
  const keys = make("span", "keys");
  for (const { mark, text, hint } of rowsKey(scene.view.kind)) {
    const item = make("span", "item", "", { title: hint });
    if (mark) item.append(make("i", `point ${mark}`));
    item.append(text);
    keys.append(item);
  }
  if (scene.replicas > 1) keys.append(make("span", "item", `mean of ${scene.replicas} networks`));
  head.append(make("h3", "", "Learned"), keys);
  if (lean) head.append(make("span", "note axes", axesText(scene), { title: axesText(scene) }));
  element.append(head, grid);
  return {
    element,
    update(frame, record, theme, now, interval, calm) {
      panels.forEach((panel, number) => {
        panel.update(frame, record);
        panel.aim(frame.view?.tasks?.[number], theme, now, travelTime(frame.status === "playing" ? interval : 0, calm));
      });
    },
    paint: (theme, now, calm) => panels.reduce((more, panel) => panel.paint(theme, now, calm) || more, false),
    describe(record, frame) {
      panels.forEach((panel, number) => {
        const task = scene.tasks[number];
        const { title, value } = headline(task, number, record, frame.baseline);
        panel.stack.setAttribute("aria-label", `What ${task.name} has learned: ${title} ${numberText(value)}`);
      });
    },
    stop: () => panels.forEach((panel) => panel.stop()),
  };
}
