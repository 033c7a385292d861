import assert from "node:assert/strict";
import test from "node:test";

import { EDIT_LASTS, nearestSpot, roundTo, rowWithout, shownPoints, stillPending } from "../../../../pages/parts/live/points.js";

const scene = (...rows) => ({ // [row, x, y, added]
  row: rows.map(([row]) => row), x: rows.map(([, x]) => x), y: rows.map(([, , y]) => y), part: rows.map(() => 0), added: rows.map(([, , , added]) => Boolean(added)),
});
const NEAR = [0.01, 0.01];
const left = (pending, points, now = 10) => stillPending([{ pending, points, near: NEAR }], now)[0];

test("coordinates are rounded to four digits of their axis", () => {
  assert.equal(roundTo(0.123456, 0, 1), 0.123);
  assert.equal(roundTo(0.123456, 0, 0.5), 0.1235);
  assert.equal(roundTo(1234.56, 0, 5000), 1235);
  assert.equal(roundTo(-7.77777, -10, 10), -7.78);
  assert.equal(roundTo(3.14159, 2, 2), 3.142, "an axis without length");
});

test("points are shown as they are wished for", () => {
  const points = { ...scene([0, 1, 1], [1, 2, null], [2, 3, 3], [9, 4, 4, true]), part: [0, 0, 1, 0] };
  const shown = shownPoints(points, [
    { op: "move", row: 0, x: 1.5, y: 1.6 }, { op: "move", row: 0, x: 1.7, y: 1.8 }, { op: "remove", row: 9 }, { op: "add", x: 5, y: 6 },
  ]);
  assert.deepEqual(shown, [
    { x: 1.7, y: 1.8, part: 0, at: 0, row: 0, added: false },
    { x: 3, y: 3, part: 1, at: 2, row: 2, added: false },
    { x: 5, y: 6, part: 0, at: -1, added: true },
  ]);
  assert.deepEqual(shownPoints({ x: [1], y: [2] }), [{ x: 1, y: 2, part: 0, at: 0, row: undefined, added: false }]);
});

test("an edit is shown until the scene has it, or nobody has answered for long", () => {
  const add = { op: "add", x: 5, y: 6, born: 0 };
  assert.deepEqual(left([add], scene([0, 5, 6])), [add], "a point of the data is no answer");
  assert.deepEqual(left([add], scene([0, 1, 1], [1, 5.005, 6, true])), []);
  assert.deepEqual(left([add], scene(), EDIT_LASTS + 1), []);
  const move = { op: "move", row: 3, x: 2, y: 2, born: 0 };
  assert.deepEqual(left([move], scene([3, 1, 1])), [move]);
  assert.deepEqual(left([move], scene([3, 2, 2])), []);
  assert.deepEqual(left([move], scene([4, 1, 1])), [], "the row is gone");
  assert.deepEqual(left([move], { x: [1], y: [1] }), []);
});

test("a point that takes the number of a removed one is not taken for it", () => {
  const gone = (row, x, born) => ({ op: "remove", row, was: { x, y: 0 }, born });
  const before = scene([10, 1, 0, true], [11, 2, 0, true], [12, 3, 0, true]);
  const after = scene([10, 2, 0, true], [11, 3, 0, true]);
  assert.deepEqual(left([gone(10, 1, 0)], before), [gone(10, 1, 0)]);
  assert.deepEqual(left([gone(10, 1, 0)], after), []);
  assert.deepEqual(left([gone(12, 3, 0)], scene([10, 1, 0, true], [11, 2, 0, true])), [], "the last");
  assert.deepEqual(left([gone(11, 2, 5), gone(10, 1, 0)], after), [gone(10, 2, 5)], "the second is on its way, under its new number");
});

test("a removal moves the rows behind it up, those of other tasks too", () => {
  const move = { op: "move", row: 12, x: 9, y: 9, born: 1 };
  const tasks = [
    { pending: [{ op: "remove", row: 10, was: { x: 1, y: 0 }, born: 0 }], points: scene([10, 7, 0, true]), near: NEAR },
    { pending: [move], points: scene([11, 3, 0, true]), near: NEAR },
  ];
  assert.deepEqual(stillPending(tasks, 10), [[], [{ ...move, row: 11 }]]);
  assert.equal(rowWithout(12, [10, 11, 12, 13]), 10);
});

test("the nearest spot within reach; of equals the one on top", () => {
  const spots = [{ px: 0, py: 0 }, { px: 10, py: 0 }, { px: 10, py: 0 }];
  assert.equal(nearestSpot(spots, 2, 1, 9), 0);
  assert.equal(nearestSpot(spots, 9, 0, 9), 2);
  assert.equal(nearestSpot(spots, 50, 0, 9), -1);
  assert.equal(nearestSpot([], 0, 0, 9), -1);
});
