import assert from "node:assert/strict";
import test from "node:test";

import { headline, markOf, metricRows, middleOf } from "../../../../pages/parts/live/metrics.js";

test("a mark says what is beaten, in words", () => {
  const baseline = { naive: 0.54, linear: 0.82 };
  assert.deepEqual(markOf(0.9, baseline, "higher"), { symbol: "▲", text: "beats both", level: 2 });
  assert.deepEqual(markOf(0.7, baseline, "higher"), { symbol: "△", text: "beats naive", level: 1 });
  assert.deepEqual(markOf(0.5, baseline, "higher"), { symbol: "▽", text: "beats none", level: 0 });
  assert.equal(markOf(0.54, baseline, "higher").level, 0, "as good is not better");
  assert.equal(markOf(0.1, { naive: 4, linear: 2 }, "lower").level, 2);
  assert.equal(markOf(0.1, { naive: 4, linear: null }, "lower").text, "beats naive");
  for (const nothing of [markOf(null, baseline, "higher"), markOf(1, null, "higher"), markOf(1, {}, "higher")]) assert.equal(nothing.level, null);
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
const record = { train: [{ loss: [0.1, 0.1, 0.1], loss_units: [22, 22, 22], r2: [0.95, 0.9, 1], mae: [3, 3, 3] }],
  validation: [{ loss: [0.2, 0.2, 0.2], loss_units: [44, 44, 44], r2: [0.9, 0.8, 1], mae: [4, 4, 4] }] };
const baseline = [{ r2: { naive: 0, linear: 0.95 } }];

test("rows: the primary metric, the loss in both units, then the rest folded", () => {
  const rows = metricRows(scene, { baseline }, record);
  assert.deepEqual(rows.map(({ name }) => name), ["r2", "loss", "loss_units", "mae"]);
  assert.deepEqual(rows.map(({ secondary }) => secondary), [false, false, false, true]);
  assert.equal(rows[0].mark.text, "beats naive");
  assert.equal(metricRows(scene, null, null).length, 4);
});

test("the headline is the validation value beside its baselines", () => {
  const { title, value, parts } = headline(task, 0, record, baseline);
  assert.deepEqual([title, value, parts], ["R²", 0.9, [["mean", 0], ["linear", 0.95]]]);
  assert.equal(headline(task, 0, { train: record.train }, null).value, 0.95);
  assert.equal(headline(task, 0, undefined, null).value, null);
});
