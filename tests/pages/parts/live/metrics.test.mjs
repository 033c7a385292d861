import assert from "node:assert/strict";
import test from "node:test";

import { baselineHint, headline, markOf, metricRows, middleOf } from "../../../../pages/parts/live/metrics.js";

test("a mark says what is beaten, in words", () => {
  const baseline = { naive: 0.54, linear: 0.82 };
  const [accuracy, mae] = [{ name: "accuracy", better: "higher" }, { name: "mae", better: "lower" }];
  assert.deepEqual(markOf(0.9, baseline, accuracy), { symbol: "▲", text: "beats both", level: 2 });
  assert.deepEqual(markOf(0.7, baseline, accuracy), { symbol: "△", text: "beats naive", level: 1 });
  assert.deepEqual(markOf(0.5, baseline, accuracy), { symbol: "▽", text: "beats none", level: 0 });
  assert.equal(markOf(0.54, baseline, accuracy).level, 0, "as good is not better");
  assert.equal(markOf(0.1, { naive: 4, linear: 2 }, mae).level, 2);
  assert.equal(markOf(0.1, { naive: 4, linear: null }, mae).text, "beats naive");
  for (const nothing of [markOf(null, baseline, accuracy), markOf(1, null, accuracy), markOf(1, {}, accuracy)]) assert.equal(nothing.level, null);
});

test("a lead is said only where it is one: a percentage point of answers, a hundredth of R\u00b2 above zero, a percent of an error", () => {
  const level = (value, naive, name, better = "higher") => markOf(value, { naive }, { name, better }).level;
  assert.equal(level(0.549, 0.54, "accuracy"), 0);
  assert.equal(level(0.55, 0.54, "accuracy"), 2);
  assert.equal(level(-0.05, -0.29, "r2"), 0, "a useless network beats nothing");
  assert.equal(level(0.009, -0.29, "r2"), 0);
  assert.equal(level(0.01, -0.29, "r2"), 2);
  assert.equal(level(0.309, 0.3, "r2"), 0);
  assert.equal(level(3.99, 4, "mae", "lower"), 0);
  assert.equal(level(3.9, 4, "mae", "lower"), 2);
});

test("before the first training step there is no verdict", () => {
  assert.equal(headline(task, 0, { ...record, epoch: 0 }, baseline).mark.text, "");
  assert.ok(metricRows(scene, { baseline }, { ...record, epoch: 0 }).every(({ mark }) => mark.text === ""));
});

test("baselines are explained: why the mean can score below zero", () => {
  assert.match(baselineHint("regression"), /mean of the training rows.*below 0/s);
  assert.match(baselineHint("binary"), /most frequent class/);
});

test("bands are shown by their mean", () => {
  assert.equal(middleOf([1, 0, 2]), 1);
  assert.equal(middleOf(3), 3);
  assert.equal(middleOf([null, null, null]), null);
  assert.equal(middleOf(undefined), null);
});

const task = { name: "pressure", kind: "regression", unit: "mm Hg", loss: "MSE", primary: "r2",
  metrics: [{ name: "mae", title: "MAE", better: "lower" }, { name: "r2", title: "R²", better: "higher" }] };
const scene = { tasks: [task] };
const record = { epoch: 3, train: [{ loss: [0.1, 0.1, 0.1], loss_units: [22, 22, 22], r2: [0.95, 0.9, 1], mae: [3, 3, 3] }],
  validation: [{ loss: [0.2, 0.2, 0.2], loss_units: [44, 44, 44], r2: [0.9, 0.8, 1], mae: [4, 4, 4] }] };
const baseline = [{ r2: { naive: 0, linear: 0.95 } }];

test("rows: the primary metric, the loss in both units, then the rest folded", () => {
  const rows = metricRows(scene, { baseline }, record);
  assert.deepEqual(rows.map(({ name }) => name), ["r2", "loss", "loss_units", "mae"]);
  assert.deepEqual(rows.map(({ rank }) => rank), [0, 1, 1, 2]);
  assert.equal(rows[0].mark.text, "beats naive");
  assert.equal(metricRows(scene, null, null).length, 4);
});

test("the headline is the validation value beside its baselines", () => {
  const { title, value, parts } = headline(task, 0, record, baseline);
  assert.deepEqual([title, value, parts], ["R²", 0.9, [["naive", 0], ["linear", 0.95]]]);
  assert.equal(headline(task, 0, { train: record.train }, null).value, 0.95);
  assert.equal(headline(task, 0, undefined, null).value, null);
});

test("metrics with long names are told apart by short ones, explained on hover", () => {
  const metrics = [["mae", "Mean absolute error"], ["mae_standardised", "Mean absolute error, standardised"]].map(([name, title]) => ({ name, title, better: "lower", hint: "How far off." }));
  const rows = metricRows({ tasks: [{ ...task, metrics }] }, null, null).filter(({ rank }) => rank === 2);
  assert.deepEqual(rows.map(({ title }) => title), ["MAE", "MAE, standardised"]);
  assert.equal(rows[0].hint, "Mean absolute error. How far off.");
});
