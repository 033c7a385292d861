import assert from "node:assert/strict";
import test from "node:test";

import { createShareColumns, expertHeads, expertsOf, extendShareColumns, gateWords, stitchOf, useOf } from "../../../../pages/parts/live/share_series.js";

const record = (epoch, ...means) => ({ epoch, sharing: { gates: [{ task: 0, level: null, shared: 2, experts: means.map((mean) => ({ mean })) }], apart: [{ level: 0, distance: epoch }] } });

test("columns grow with the records and forget those of another start", () => {
  const columns = createShareColumns(), [first, second] = [record(0, 0.5, 0.5), record(1, 0.9, 0.1)];
  extendShareColumns(columns, [first, second]);
  assert.deepEqual(columns.lines.get("gate0.0"), [0.5, 0.9]);
  assert.deepEqual(columns.lines.get("apart0"), [0, 1]);
  extendShareColumns(columns, [record(0, 0.2, 0.8)]);
  assert.deepEqual([columns.epoch, columns.lines.get("gate0.1")], [[0], [0.8]]);
  extendShareColumns(columns, [columns.held[0], { epoch: 1 }, record(2, 0.1, 0.9, 0)]);
  assert.deepEqual(columns.lines.get("gate0.2"), [NaN, NaN, 0]);
});

test("gates, experts and stitches have names", () => {
  const tasks = [{ name: "a" }, { name: "b" }];
  assert.equal(gateWords({ task: null, level: null }, tasks), "all tasks");
  assert.equal(gateWords({ task: 1, level: 0 }, tasks), "b, layer 1");
  assert.deepEqual(expertsOf({ shared: 1, experts: [0, 0] }), [{ own: false, number: 0 }, { own: true, number: 0 }]);
  const { rows, names } = stitchOf({ size: 2, groups: 2, cells: [1, 2, 3, 4].map((value) => ({ value })) });
  assert.deepEqual(rows, [[1, 2], [3, 4]]);
  assert.deepEqual(names, [{ task: 0, part: 1 }, { task: 0, part: 2 }]);
});

test("use is the mean over the gates of the last level", () => {
  const gate = (level, ...means) => ({ level, shared: 1, experts: means.map((mean) => ({ mean })) });
  assert.deepEqual(useOf([gate(0, 1, 0), gate(1, 0.25, 0.75), gate(1, 0.75, 0.25)]), [0.5]);
});

test("experts for all have numbers, those of a task say so", () => {
  assert.deepEqual(expertHeads(3, 2), ["1", "2", "own"]);
  assert.deepEqual(expertHeads(4, 2), ["1", "2", "own 1", "own 2"]);
  assert.deepEqual(expertHeads(2, 2), ["1", "2"]);
});
