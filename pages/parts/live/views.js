// What has been learned: one panel a task, with its title, its main number and a picture that moves.

import { createCurvePainter } from "./curve.js";
import { css } from "./color.js";
import { numberText } from "./format.js";
import { createMapPainter } from "./map.js";
import { headline } from "./metrics.js";
import { createMotion, travelTime } from "./playback.js";
import { createSurface, make, setColumns } from "./surface.js";
import { createTablePainter } from "./table.js";
import { taskColor } from "./theme.js";

const PAINTERS = { curve: createCurvePainter, map: createMapPainter, table: createTablePainter };

/** The kind of a task in words. */
export function kindText(task) {
  if (task.kind === "regression") return task.unit ? `a number, in ${task.unit}` : "a number";
  return task.kind === "binary" ? "yes or no" : `one of ${task.classes.length} classes`;
}

/** A short line in the task's colour and dash. */
export function paintSwatches(root, scene, theme) {
  for (const swatch of root.querySelectorAll(".swatch")) {
    const task = scene.tasks[swatch.dataset.task];
    if (!task) continue;
    const [on, off] = task.dash?.length ? [Math.min(5, task.dash[0]), Math.min(3, task.dash[1] ?? 3)] : [16, 0];
    const color = css(taskColor(task, theme));
    swatch.style.background = `repeating-linear-gradient(90deg, ${color} 0 ${on}px, transparent ${on}px ${on + off}px)`;
  }
}

function createPanel(scene, number, sizes) {
  const task = scene.tasks[number];
  const painter = PAINTERS[scene.view.kind](scene, number);
  const element = make("figure", "panel");
  const caption = make("figcaption");
  const name = make("span", "name", task.name, { title: task.name });
  const value = make("strong", "value");
  const metric = make("span", "metric");
  const baseline = make("span", "baseline");
  const first = make("div", "row");
  const lead = make("span", "lead");
  lead.append(make("i", "swatch", "", { "data-task": number }), name);
  first.append(lead, metric, value);
  const second = make("div", "row small");
  second.append(make("span", "kind", kindText(task)), baseline);
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
      baseline.title = "what it should beat: always the most frequent class or the mean, and a linear model";
      value.title = mark.level === null ? "" : `${mark.symbol} ${mark.text}`;
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
export function createViews(scene, sizes) {
  const element = make("section", "views");
  const panels = scene.tasks.map((_, number) => createPanel(scene, number, sizes));
  setColumns(element, panels.length);
  if (panels.some((panel) => panel.hasLegend)) panels.forEach((panel) => panel.element.append(panel.legend)); // so that axes stand level
  element.append(...panels.map((panel) => panel.element));
  return {
    element,
    update(frame, record, theme, now, interval, calm) {
      panels.forEach((panel, number) => {
        panel.update(frame, record);
        panel.aim(frame.view?.tasks?.[number], theme, now, travelTime(interval, calm));
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
