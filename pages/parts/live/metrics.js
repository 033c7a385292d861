// Numbers beside their baselines: which rows there are, whether a model beats a baseline, and the table that says so.

import { NONE, numberText } from "./format.js";
import { standingText } from "./records.js";
import { make } from "./surface.js";

const LEAST = 0.01; // a lead smaller than this is no lead: of R², one percentage point, or one percent of an error
const SHORT = { mae: "MAE", rmse: "RMSE", mse_standardised: "MSE, standardised", mae_standardised: "MAE, standardised", rmse_standardised: "RMSE, standardised" };
const NO_MARK = { symbol: "", text: "", level: null };

/** What the two baselines of a kind of task are, one a line. */
export function baselineHint(kind) {
  if (kind !== "regression") return "naive: always the most frequent class\nlinear: logistic regression on the same inputs";
  return "naive: always the mean of the training rows. It is scored on other rows, whose own mean differs: so its R² can lie below 0\n"
    + "linear: linear regression on the same inputs";
}

/** The mean of a band, or the number itself; null when there is none. */
export function middleOf(band) {
  const value = Array.isArray(band) ? band[0] : band;
  return Number.isFinite(value) ? value : null;
}

/** Whether a value leads by enough to be said to. An R² at or below 0 has explained nothing, whatever else is worse. */
function leads(value, other, { name, better }) {
  if (better === "lower") return value <= other * (1 - LEAST);
  return value - (name === "r2" ? Math.max(0, other) : other) >= LEAST - 1e-9;
}

/** How a value stands to its baselines: {symbol, text, level}, level 2 better than both, 1 than one of them, 0 than none. */
export function markOf(value, baseline, metric) {
  if (value === null || !baseline) return NO_MARK;
  const beats = (other) => leads(value, other, metric);
  const known = ["naive", "linear"].filter((name) => Number.isFinite(baseline[name]));
  if (!known.length) return NO_MARK;
  const won = known.filter((name) => beats(baseline[name]));
  if (won.length === known.length) return { symbol: "▲", text: known.length > 1 ? "beats both" : `beats ${won[0]}`, level: 2 };
  if (won.length) return { symbol: "△", text: `beats ${won[0]}`, level: 1 };
  return { symbol: "▽", text: "beats none", level: 0 };
}

/** Whether a record was measured after training had begun: before that nothing has been learned that could be judged. */
const begun = (record) => (record?.epoch ?? 0) > 0;

/** The metric shown large, {title, value, low, high, parts: [[name, number]]}, from validation rows where there are any. */
export function headline(task, number, record, baseline) {
  if (task.auxiliary) return { title: "auxiliary, not scored", value: null, mark: NO_MARK, parts: [["naive", null], ["linear", null]] };
  const metric = task.metrics.find(({ name }) => name === task.primary) ?? { name: "loss", title: "loss", better: "lower" };
  const held = record?.validation?.[number]?.[metric.name];
  const band = middleOf(held) === null ? record?.train?.[number]?.[metric.name] : held; // no row may have been held back
  const own = baseline?.[number]?.[metric.name];
  return {
    title: metric.title,
    value: middleOf(band),
    mark: begun(record) ? markOf(middleOf(band), own, metric) : NO_MARK,
    parts: [["naive", own?.naive ?? null], ["linear", own?.linear ?? null]],
  };
}

/** Every row of the table: {task, title, hint, train, validation, naive, linear, mark, rank}; rank 0 is the main metric, 1 a loss, 2 the rest. */
export function metricRows(scene, frame, record) {
  return scene.tasks.flatMap((task, number) => {
    const measured = { train: record?.train?.[number] ?? {}, validation: record?.validation?.[number] ?? {} };
    const losses = [{ name: "loss", title: task.kind === "regression" ? "loss, standardised" : "loss", hint: task.loss, better: "lower", rank: 1 }];
    if (task.kind === "regression") losses.push({ name: "loss_units", title: "loss, own units", hint: `${task.loss} in the column's own units`, better: "lower", rank: 1 });
    const others = task.metrics.filter(({ name }) => name !== "loss" && name !== "loss_units");
    const primary = others.filter(({ name }) => name === task.primary).map((metric) => ({ ...metric, rank: 0 }));
    const rest = others.filter(({ name }) => name !== task.primary).map((metric) => ({ ...metric, rank: 2 }));
    return [...primary, ...losses, ...rest].map((metric) => {
      const baseline = frame?.baseline?.[number]?.[metric.name] ?? null;
      const value = middleOf(measured.validation[metric.name]) ?? middleOf(measured.train[metric.name]);
      return {
        task: number,
        name: metric.name,
        title: SHORT[metric.name] ?? metric.title,
        hint: SHORT[metric.name] ? `${metric.title}. ${metric.hint ?? ""}`.trim() : metric.hint ?? metric.title,
        rank: metric.rank,
        train: measured.train[metric.name] ?? null,
        validation: measured.validation[metric.name] ?? null,
        naive: baseline?.naive ?? null,
        linear: baseline?.linear ?? null,
        mark: begun(record) ? markOf(value, baseline, metric) : NO_MARK,
      };
    });
  });
}

/**
 * The table of metrics. `update(frame, record)` writes what changed; nothing is rebuilt. `compact`: all of them are
 * shown on a sheet above the charts, which keep their size; `lean`: without it there is one row a task.
 */
export function createMetrics(scene, { compact, lean }) {
  const section = make("section", "metrics");
  const head = make("div", "head");
  const note = make("span", "note");
  const toggle = make("button", "toggle", "", { type: "button" });
  head.append(make("h3", "", "Metrics"), note, toggle);
  const table = make("table");
  const top = make("tr");
  const kinds = new Set(scene.tasks.map(({ kind }) => (kind === "regression" ? "mean" : "class")));
  const naive = [kinds.has("class") && "always the most frequent class", kinds.has("mean") && "always the mean of the training rows (scored on other rows, its R² can lie below 0)"].filter(Boolean).join("; ");
  for (const [name, text, hint] of [["of", "", ""], ["metric", "", ""], ["train", "training", "on the rows it learns from"],
    ["validation", "validation", "on rows it does not learn from"], ["naive", "naive", naive],
    ["linear", "linear", "logistic or linear regression on the same rows"], ["mark", "", ""]]) {
    top.append(make("th", name, text, { scope: "col", ...(hint && { title: hint }) }));
  }
  const titles = make("thead");
  titles.append(top);
  table.append(titles);
  const scroll = make("div", "scroll");
  scroll.append(table);
  const sheet = make("div", "sheet");
  sheet.append(head, scroll);
  section.append(sheet);

  const bodies = scene.tasks.map(() => make("tbody"));
  const lines = metricRows(scene, null, null).map((row) => {
    const line = make("tr", `rank${row.rank}`);
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
  section.classList.toggle("lean", lean);
  const fold = () => {
    section.style.minHeight = compact && all ? `${section.offsetHeight}px` : ""; // what it leaves behind stays free
    // It covers the total at most: the charts above stay in sight.
    const above = section.parentElement?.querySelector(".total") ?? section;
    sheet.style.height = compact && all ? `${Math.max(230, section.getBoundingClientRect().bottom - above.getBoundingClientRect().top)}px` : "";
    section.classList.toggle("folded", !all);
    section.classList.toggle("raised", compact && all);
    toggle.textContent = all ? "fewer" : "all metrics";
    toggle.setAttribute("aria-expanded", String(all));
    toggle.hidden = !metricRows(scene, null, null).some((row) => row.rank > (lean ? 0 : 1));
  };
  toggle.onclick = () => {
    all = !all;
    fold();
  };
  section.onkeydown = (event) => {
    if (event.key === "Escape" && compact && all) toggle.click();
  };
  fold();

  const write = (cell, text, hint = "") => {
    if (cell.textContent !== text) cell.textContent = text;
    if ((cell.title ?? "") !== hint) cell.title = hint;
  };
  const spread = (band) => (scene.replicas > 1 && Array.isArray(band) && Number.isFinite(band[1]) ? `${numberText(band[1])} to ${numberText(band[2])} over ${scene.replicas} networks` : "");

  return {
    element: section,
    update({ frame, record }) {
      write(note, `${standingText(frame)}, beside two baselines`);
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
