import assert from "node:assert/strict";
import test from "node:test";

import { createTwins, rowsScored, twinColumns, twinRows } from "../../../../pages/parts/live/twins.js";
import { fakePage } from "./page.mjs";

fakePage();
const REGRESSION = { name: "height", kind: "regression", metrics: [{ name: "r2", title: "R²", hint: "Explained." }, { name: "mae", title: "MAE", hint: "" }] };
const BINARY = { name: "rain", kind: "binary", classes: ["no", "yes"], metrics: [{ name: "accuracy", title: "Accuracy", hint: "Right." }, { name: "f1", title: "F1" }, { name: "auc", title: "AUC" }] };
const SCENE = { twin: true, tasks: [REGRESSION, BINARY] };
const RECORD = {
  validation: [{ r2: [0.9, 0.8, 1], mse: [0.1, 0, 1] }, { accuracy: [0.75, 0.7, 0.8], f1: [null, null, null] }],
  twin: { validation: [{ r2: [0.2, 0, 1], mse: [0.8, 0, 1] }, { accuracy: [0.5, 0.5, 0.5] }] },
};
const FRAME = { baseline: [{ r2: { naive: 0, linear: 0.25 }, mse: { naive: 1, linear: 0.75 } }, null], view: {} };

test("a task is judged by two numbers", () => {
  assert.deepEqual(twinColumns(REGRESSION), [{ name: "r2", title: "R²", hint: "Explained." }, { name: "mse", title: "MSE", hint: "" }]);
  assert.deepEqual(twinColumns(BINARY).map(({ name }) => name), ["accuracy", "f1"]);
});

test("the network, its twin and the best linear model, a row each", () => {
  assert.deepEqual(twinRows(SCENE, 0, RECORD, FRAME), [
    { who: "own", text: "with activations", values: [0.9, 0.1] },
    { who: "twin", text: "without activations", values: [0.2, 0.8] },
    { who: "linear", text: "least squares", values: [0.25, 0.75] },
  ]);
  assert.deepEqual(twinRows(SCENE, 1, RECORD, FRAME).map(({ text, values }) => [text, values]),
    [["with activations", [0.75, null]], ["without activations", [0.5, null]], ["logistic regression", [null, null]]]);
});

test("without a twin there is no row of it, and a network that has no activations itself is called so", () => {
  const alone = { ...SCENE, twin: false };
  assert.deepEqual(twinRows(alone, 0, RECORD, FRAME).map(({ text }) => text), ["with activations", "least squares"]);
  assert.equal(twinRows(alone, 0, RECORD, { view: { collapse: [{}] } })[0].text, "without activations");
  assert.deepEqual(twinRows(SCENE, 0, null, null).flatMap(({ values }) => values), [null, null, null, null, null, null], "before there is anything");
});

test("where no row is held back, the rows that are learned from are scored, and it is said", () => {
  const record = { validation: [{ r2: [null, null, null] }], train: [{ r2: [0.5, 0.5, 0.5], mse: [2, 2, 2] }], twin: { train: [{ r2: [0.1, 0.1, 0.1] }] } };
  assert.deepEqual(twinRows(SCENE, 0, record, null).slice(0, 2).map(({ values }) => values), [[0.5, 2], [0.1, null]]);
  const scene = (...parts) => ({ view: { points: parts.map((part) => ({ part })) } });
  assert.match(rowsScored(scene([0, 0], [0, 2])), /none are held back/);
  for (const other of [scene([0], [0, 1]), { view: {} }, {}]) assert.equal(rowsScored(other), "validation rows");
});

const words = (element) => element.textContent;

test("the section writes numbers, a sentence and a matrix, and keeps its elements while numbers alone change", () => {
  const section = createTwins(SCENE, ["wind", "sun"]);
  const collapse = (value) => [{ slope: value, intercept: -0.065, gap: 0 }, { matrix: [[value], [2]], bias: [3], shape: [2, 1], gap: 0 }];
  section.update({ frame: { ...FRAME, view: { collapse: collapse(1.5) } }, record: RECORD });
  const [first, second] = section.element.find("grid").children;
  assert.match(words(first), /y = 1\.500·x − 0\.065\. Its twin, computed layer by layer, says exactly the same\./);
  assert.match(words(first.find("own")), /with activations0\.9000\.100/);
  assert.match(words(second.find("matrix")), /wind1\.500sun2\.000bias, always added3\.000/);
  const kept = [first.find("sentence").children[0], second.find("matrix").children[0]];
  section.update({ frame: { ...FRAME, view: { collapse: collapse(7.25) } }, record: RECORD });
  assert.match(words(first), /y = 7\.250·x/);
  assert.match(words(second.find("matrix")), /wind7\.250/);
  assert.deepEqual([first.find("sentence").children[0], second.find("matrix").children[0]].map((each, at) => each === kept[at]), [true, true]);
  section.update({ frame: FRAME, record: RECORD });
  assert.deepEqual([words(first.find("sentence")), words(second.find("matrix"))], ["", ""]);
});
