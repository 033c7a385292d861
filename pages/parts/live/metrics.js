// Numbers beside their baselines: which rows there are, whether a model beats a baseline, and the table that says so.

import { NONE, numberText } from "./format.js";
import { make } from "./surface.js";

export const NAIVE = { regression: "mean", binary: "majority", multiclass: "majority" };

/** The mean of a band, or the number itself; null when there is none. */
export function middleOf(band) {
  const value = Array.isArray(band) ? band[0] : band;
  return Number.isFinite(value) ? value : null;
}

/** How a value stands to its baselines: {symbol, text, level}, level 2 better than both, 1 than the naive one, 0 worse. */
export function markOf(value, baseline, better) {
  if (value === null || !baseline) return { symbol: "", text: "", level: null };
  const beats = (other) => (better === "lower" ? value < other : value > other);
  const known = ["naive", "linear"].filter((name) => Number.isFinite(baseline[name]));
  if (!known.length) return { symbol: "", text: "", level: null };
  const won = known.filter((name) => beats(baseline[name]));
  if (won.length === known.length) return { symbol: "▲", text: known.length > 1 ? "beats both" : `beats ${won[0]}`, level: 2 };
  if (won.length) return { symbol: "△", text: `beats ${won[0]}`, level: 1 };
  return { symbol: "▽", text: "beats none", level: 0 };
}

/** The metric shown large, {title, value, low, high, parts: [[name, number]]}, from validation rows where there are any. */
export function headline(task, number, record, baseline) {
  const metric = task.metrics.find(({ name }) => name === task.primary) ?? { name: "loss", title: "loss", better: "lower" };
  const band = record?.validation?.[number]?.[metric.name] ?? record?.train?.[number]?.[metric.name];
  const own = baseline?.[number]?.[metric.name];
  return {
    title: metric.title,
    value: middleOf(band),
    mark: markOf(middleOf(band), own, metric.better),
    parts: [[NAIVE[task.kind], own?.naive ?? null], ["linear", own?.linear ?? null]],
  };
}

/** Every row of the table: {task, title, train, validation, naive, linear, mark, secondary}. */
export function metricRows(scene, frame, record) {
  return scene.tasks.flatMap((task, number) => {
    const measured = { train: record?.train?.[number] ?? {}, validation: record?.validation?.[number] ?? {} };
    const losses = [{ name: "loss", title: task.kind === "regression" ? "loss, standardised" : "loss", hint: task.loss, better: "lower", secondary: false }];
    if (task.kind === "regression") losses.push({ name: "loss_units", title: "loss, own units", hint: `${task.loss} in the column's own units`, better: "lower", secondary: false });
    const others = task.metrics.filter(({ name }) => name !== "loss" && name !== "loss_units");
    const primary = others.filter(({ name }) => name === task.primary).map((metric) => ({ ...metric, secondary: false }));
    const rest = others.filter(({ name }) => name !== task.primary).map((metric) => ({ ...metric, secondary: true }));
    return [...primary, ...losses, ...rest].map((metric) => {
      const baseline = frame?.baseline?.[number]?.[metric.name] ?? null;
      const value = middleOf(measured.validation[metric.name]) ?? middleOf(measured.train[metric.name]);
      return {
        task: number,
        name: metric.name,
        title: metric.title,
        hint: metric.hint ?? metric.title,
        secondary: metric.secondary,
        train: measured.train[metric.name] ?? null,
        validation: measured.validation[metric.name] ?? null,
        naive: baseline?.naive ?? null,
        linear: baseline?.linear ?? null,
        mark: markOf(value, baseline, metric.better),
      };
    });
  });
}

/** The table of metrics. `update(frame, record)` writes what changed; nothing is rebuilt. */
export function createMetrics(scene, { compact }) {
  const section = make("section", "metrics");
  const head = make("div", "head");
  const toggle = make("button", "toggle", "", { type: "button" });
  head.append(make("h3", "", "Metrics"), make("span", "note", "latest epoch, beside two baselines"), toggle);
  const table = make("table");
  const top = make("tr");
  for (const [name, text, hint] of [["of", "", ""], ["metric", "", ""], ["train", "training", "on the rows it learns from"],
    ["validation", "validation", "on rows it does not learn from"], ["naive", "naive", "always the most frequent class, or the mean"],
    ["linear", "linear", "logistic or linear regression on the same rows"], ["mark", "", ""]]) {
    top.append(make("th", name, text, { scope: "col", ...(hint && { title: hint }) }));
  }
  const titles = make("thead");
  titles.append(top);
  table.append(titles);
  const scroll = make("div", "scroll");
  scroll.append(table);
  section.append(head, scroll);

  const bodies = scene.tasks.map(() => make("tbody"));
  const lines = metricRows(scene, null, null).map((row) => {
    const line = make("tr", row.secondary ? "secondary" : "");
    const body = bodies[row.task];
    const of = make(body.children.length ? "td" : "th", "of", "", body.children.length ? {} : { scope: "rowgroup" });
    if (!body.children.length) {
      const { name } = scene.tasks[row.task];
      of.title = name;
      of.append(make("i", "swatch", "", { "data-task": row.task }), name);
    }
    const cells = ["train", "validation", "naive", "linear"].map((part) => make("td", part));
    const mark = make("td", "mark");
    mark.append(make("span"), make("span", "verdict"));
    line.append(of, make("th", "metric", row.title, { scope: "row", title: row.hint }), ...cells, mark);
    body.append(line);
    return { cells, mark };
  });
  table.append(...bodies);

  let all = !compact;
  const fold = () => {
    section.classList.toggle("folded", !all);
    toggle.textContent = all ? "fewer" : "all metrics";
    toggle.setAttribute("aria-expanded", String(all));
    toggle.hidden = !metricRows(scene, null, null).some((row) => row.secondary);
  };
  toggle.onclick = () => {
    all = !all;
    fold();
  };
  fold();

  const write = (cell, text, hint = "") => {
    if (cell.textContent !== text) cell.textContent = text;
    if ((cell.title ?? "") !== hint) cell.title = hint;
  };
  const spread = (band) => (scene.replicas > 1 && Array.isArray(band) && Number.isFinite(band[1]) ? `${numberText(band[1])} to ${numberText(band[2])} over ${scene.replicas} replicas` : "");

  return {
    element: section,
    update(frame, record) {
      metricRows(scene, frame, record).forEach((row, at) => {
        const { cells, mark } = lines[at];
        [row.train, row.validation].forEach((band, part) => write(cells[part], numberText(middleOf(band)), spread(band)));
        [row.naive, row.linear].forEach((value, part) => write(cells[part + 2], value === null ? NONE : numberText(value)));
        write(mark.firstChild, row.mark.symbol);
        write(mark.lastChild, row.mark.text && ` ${row.mark.text}`);
        if (mark.title !== row.mark.text) mark.title = row.mark.text;
        mark.dataset.level = row.mark.level ?? "";
      });
    },
  };
}
