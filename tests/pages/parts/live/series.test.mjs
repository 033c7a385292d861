import assert from "node:assert/strict";
import test from "node:test";

import { createColumns, extendColumns, extent, lastAtMost, linePoints, nearest, peaksAbove, usualTop } from "../../../../pages/parts/live/series.js";

const record = (epoch, loss) => ({ epoch, objective: [loss, loss, loss], train: [{ loss: [loss, loss - 1, loss + 1] }], validation: [{ loss: [null, null, null] }] });

test("columns grow with the records, and follow when the records are others", () => {
  const first = [record(0, 3), record(1, 2)];
  const columns = extendColumns(createColumns(1), first);
  assert.deepEqual(columns.tasks[0].train.high, [4, 3]);
  assert.ok(Number.isNaN(columns.tasks[0].validation.mean[0]));
  extendColumns(columns, [...first, record(2, 1)]);
  assert.deepEqual(columns.epoch, [0, 1, 2]);
  extendColumns(columns, [record(0, 9)]);
  assert.deepEqual(columns.epoch, [0]);
  assert.deepEqual(columns.tasks[0].train.mean, [9]);
});

test("a twin's losses have columns of their own, empty without one", () => {
  const columns = extendColumns(createColumns(1), [{ ...record(0, 3), twin: { train: [{ loss: [5, 5, 5] }], validation: [{ loss: 6 }] } }, record(1, 2)]);
  assert.deepEqual(columns.tasks[0].twin.train.mean, [5, NaN]);
  assert.deepEqual(columns.tasks[0].twin.validation.mean, [6, NaN]);
});

test("extent leaves out what is not a number or too low", () => {
  assert.deepEqual(extent([[1, NaN, 5], [-2]]), [-2, 5]);
  assert.deepEqual(extent([[0, 1e-3, 5]], 0), [1e-3, 5]);
  assert.equal(extent([[NaN]]), null);
});

test("searching sorted epochs", () => {
  assert.equal(lastAtMost([0, 1, 2], 1.5), 1);
  assert.equal(lastAtMost([0, 1, 2], -1), -1);
  assert.equal(nearest([0, 1, 2], 1.6), 2);
  assert.equal(nearest([0, 1, 2], 99), 2);
  assert.equal(nearest([0, 1, 2], -99), 0);
  assert.equal(nearest([], 1), -1);
});

test("a line ends at its head, between two records too", () => {
  const same = (value) => value;
  assert.deepEqual(linePoints([0, 1, 2], [10, 20, 30], 1.5, same, same), [0, 10, 1, 20, 1.5, 25]);
  assert.deepEqual(linePoints([0, 1, 2], [10, 20, 30], 2, same, same), [0, 10, 1, 20, 2, 30]);
  assert.deepEqual(linePoints([], [], 2, same, same), []);
});

test("a long line is thinned and no spike is lost", () => {
  const epochs = Array.from({ length: 5000 }, (_, at) => at);
  const values = epochs.map((epoch) => (epoch === 1234 ? 100 : epoch === 3210 ? -50 : 1));
  const points = linePoints(epochs, values, 4999, (epoch) => epoch / 50, (value) => value);
  const heights = points.filter((_, at) => at % 2);
  assert.ok(heights.length < 500);
  assert.ok(heights.includes(100) && heights.includes(-50));
});

test("one spike does not make the top; a rise, a high start and a plateau do", () => {
  const falling = Array.from({ length: 60 }, (_, at) => 1 / (1 + at));
  assert.equal(usualTop(falling), 1);
  assert.equal(usualTop(falling.map((value, at) => (at === 45 ? 40 : value))), 1);
  assert.equal(usualTop(falling.map((value, at) => (at > 30 ? 3 : value))), 3);
  assert.equal(usualTop([1, 1.2, 1.4, 1.6, 1.9]), 1.9);
  assert.equal(usualTop([40, ...falling]), 40);
  assert.equal(usualTop([NaN]), -Infinity);
});

test("each stretch above the top has one peak", () => {
  assert.deepEqual(peaksAbove([1, 5, 9, 6, 1, NaN, 7, 1], 2), [{ at: 2, value: 9 }, { at: 6, value: 7 }]);
  assert.deepEqual(peaksAbove([1, 2], 2), []);
});

test("a twin's losses have columns of their own, gaps where there is no twin", () => {
  const of = (loss) => [{ loss: [loss, loss, loss] }];
  const record = (epoch, twin) => ({ epoch, objective: [1, 1, 1], train: of(1), validation: of(2), ...(twin && { twin: { train: of(3), validation: of(4) } }) });
  const { tasks: [{ train, twin }] } = extendColumns(createColumns(1), [record(0, true), record(1, false)]);
  assert.deepEqual([train.mean, twin.train.mean, twin.validation.mean], [[1, 1], [3, NaN], [4, NaN]]);
});
