// The network, its twin without activations and the best linear model: their scores side by side, and what the twin comes to.

import { BIAS, collapseParts, matrixTable } from "./collapse_words.js";
import { NONE, numberText } from "./format.js";
import { middleOf } from "./metrics.js";
import { standingText } from "./records.js";
import { lineSample } from "./samples.js";
import { make } from "./surface.js";

const MOST_TABLES = 3; // beside each other

/** The two numbers that a task is judged by: [{name, title, hint}]. */
export function twinColumns(task) {
  if (task.kind !== "regression") return task.metrics.slice(0, 2);
  const hint = (name) => task.metrics.find((metric) => metric.name === name)?.hint ?? "";
  return [{ name: "r2", title: "R\u00b2", hint: hint("r2") }, { name: "mse", title: "MSE", hint: hint("mse") }];
}

/** Which rows scores are of. */
export function rowsScored(scene) {
  const points = scene.view?.points;
  const held = !points || points.some(({ part }) => part?.includes(1));
  return held ? "validation rows" : "the rows it learned from: none are held back";
}

/** The rows of a task's table: [{who, text, values}], `values` one for each column, null where there is none. */
export function twinRows(scene, number, record, frame) {
  const task = scene.tasks[number];
  const names = twinColumns(task).map(({ name }) => name);
  const straight = !scene.twin && Boolean(frame?.view?.collapse); // the network itself has no activations
  const read = (numbers) => names.map((name) => middleOf(numbers?.[name]));
  const from = (half) => {
    const held = read(half?.validation?.[number]);
    return held.every((value) => value === null) ? read(half?.train?.[number]) : held; // no row may have been held back
  };
  const linear = frame?.baseline?.[number];
  const best = task.kind === "regression" ? "least squares" : "logistic regression";
  return [
    { who: "own", text: straight ? "without activations" : frame?.nonlinear === false ? "this network, activations off" : "with activations", values: from(record) },
    ...(scene.twin ? [{ who: "twin", text: "without activations", values: from(record?.twin) }] : []),
    { who: "linear", text: best, values: names.map((name) => middleOf(linear?.[name]?.linear)) },
  ];
}

const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

function createScores(scene, number) {
  const task = scene.tasks[number];
  const table = make("table", "scores");
  const top = make("tr");
  const of = make("th", "of", "", { scope: "col", title: task.name });
  of.append(make("i", "swatch", "", { "data-task": number }), task.name);
  top.append(of, ...twinColumns(task).map(({ title, hint }) => make("th", "", title, { scope: "col", title: `${hint || title} On validation rows.` })));
  const head = make("thead");
  head.append(top);
  const body = make("tbody");
  const lines = twinRows(scene, number, null, null).map(({ who, values }) => {
    const line = make("tr", who);
    const name = make("th", "who", "", { scope: "row" });
    const text = make("span");
    name.append(who === "own" ? lineSample("solid", { "data-task": number }) : lineSample(who === "twin" ? "twin" : "wide"), text);
    const cells = values.map(() => make("td"));
    line.append(name, ...cells);
    body.append(line);
    return { text, cells };
  });
  table.append(head, body);
  return {
    element: table,
    update({ frame, record }) {
      twinRows(scene, number, record, frame).forEach(({ text, values }, at) => {
        write(lines[at].text, text);
        values.forEach((value, column) => write(lines[at].cells[column], value === null ? NONE : numberText(value)));
      });
    },
  };
}

/** A sentence whose numbers change while its words stay where they are. */
function createSentence() {
  const element = make("p", "sentence", "", { title: "Differences are in standardised units" });
  let form = "";
  let spans = [];

  function made(part) {
    if (typeof part === "string") return document.createTextNode(part);
    const span = make("span", part.keep ? "keep" : part.loose ? "loose" : "fixed");
    if (part.keep) span.append(...part.keep.map(made));
    else spans.push(span);
    return span;
  }

  return {
    element,
    update(parts) {
      const next = JSON.stringify(parts, (key, value) => (key === "number" ? "" : value));
      if (next !== form) {
        form = next;
        spans = [];
        element.replaceChildren(...parts.map(made));
      }
      parts.flatMap((part) => part.keep ?? part).filter((part) => typeof part !== "string").forEach((part, at) => write(spans[at], part.number));
    },
  };
}

function createMatrix(task, features) {
  const element = make("div", "matrix");
  let form = "";
  let cells = [];
  return {
    element,
    update(told) {
      const shown = told && matrixTable(task, told, features);
      const next = shown ? JSON.stringify([shown.columns, shown.rows.map(({ name }) => name), shown.more]) : "";
      if (next !== form) {
        form = next;
        cells = [];
        element.replaceChildren(...(shown ? [build(shown)] : []));
      }
      shown?.rows.forEach(({ values }, row) => values.forEach((value, column) => write(cells[row][column], numberText(value))));
    },
  };

  function build({ columns, rows, more }) {
    const table = make("table");
    const top = make("tr");
    top.append(make("th", "of", "weight of", { scope: "col", title: "What one standard deviation more of an input adds; a predicted number is in its standard deviations too" }), ...columns.map((title) => make("th", "", title, { scope: "col", title })));
    const head = make("thead");
    head.append(top);
    const body = make("tbody");
    rows.forEach(({ name, values }, at) => {
      if (more && at === rows.length - 1 && name === BIAS) body.append(rest(more, columns.length));
      const line = make("tr");
      cells[at] = values.map(() => make("td"));
      line.append(make("th", "who", name, { scope: "row", title: name }), ...cells[at]);
      body.append(line);
    });
    if (more && rows.at(-1).name !== BIAS) body.append(rest(more, columns.length));
    table.append(head, body);
    return table;
  }

  function rest(more, wide) {
    const line = make("tr", "rest");
    line.append(make("th", "who", `and ${more} more`, { scope: "row", colspan: wide + 1 }));
    return line;
  }
}

/** The section. `features` are the names of what goes into the first layer, where they are known. */
export function createTwins(scene, features) {
  const element = make("section", "twins");
  const head = make("div", "head");
  const note = make("span", "note");
  head.append(make("h3", "", "With and without"), note);
  const grid = make("div", "grid");
  const columns = Math.min(MOST_TABLES, scene.tasks.length);
  grid.style.setProperty("--wide", columns);
  grid.style.setProperty("--narrow", Math.min(2, columns));
  const boxes = scene.tasks.map((task, number) => {
    const box = make("div", "box");
    const [scores, sentence, matrix] = [createScores(scene, number), createSentence(), createMatrix(task, features)];
    box.append(scores.element, sentence.element, matrix.element);
    grid.append(box);
    return {
      update(news) {
        scores.update(news);
        const told = news.frame.view?.collapse?.[number];
        sentence.update(told ? collapseParts(task, told, scene.twin) : []);
        matrix.update(told);
      },
    };
  });
  element.append(head, grid);
  const update = (news) => {
    write(note, `${standingText(news.frame)}, ${rowsScored(scene)}`);
    boxes.forEach((box) => box.update(news));
  };
  return { element, update };
}
