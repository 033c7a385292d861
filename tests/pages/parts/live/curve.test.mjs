import assert from "node:assert/strict";
import test from "node:test";

import { createCurvePainter, twinLines } from "../../../../pages/parts/live/curve.js";

const scene = (task, points) => ({ twin: false, replicas: 1, tasks: [task], view: { input: { name: "x" }, x: [0, 5, 10], points: [points] } });
const POINTS = { x: [1, 9], y: [0, 1], part: [0, 0] };
const SURFACE = { width: 248, height: 258 };
const axesOf = (task, points = POINTS) => createCurvePainter(scene(task, points), 0, false).axes(SURFACE);

test("of few classes every twin's line is drawn, of many the first alone", () => {
  assert.deepEqual(twinLines(undefined), []);
  assert.deepEqual(twinLines([1, 2, 3]), [1, 2, 3]);
  assert.deepEqual(twinLines([1, 2, 3, 4]), [1]);
});

test("px become values and back, for whoever edits", () => {
  const axes = axesOf({ kind: "regression", unit: "" });
  assert.equal(axes.xAt(axes.x(2.5)), 2.5);
  assert.ok(Math.abs(axes.yAt(axes.heightOf({ y: 0.25, at: 0 })) - 0.25) < 1e-9);
  assert.deepEqual([axes.whole, axes.xLimits], [false, [0, 10]]);
});

test("of two classes the nearer one is meant, of several the row at the top", () => {
  const binary = axesOf({ kind: "binary", classes: ["no", "yes"], unit: "" });
  for (const y of [0, 1]) for (const at of [-1, 0, 1, 2, 3]) assert.equal(binary.yAt(binary.heightOf({ y, at })), y);
  const several = axesOf({ kind: "multiclass", classes: ["a", "b", "c"], unit: "" });
  for (const y of [0, 1, 2]) assert.equal(several.yAt(several.heightOf({ y, at: 0 })), y);
  assert.equal(several.yAt(several.area.bottom), null, "no class lies there");
  assert.ok(several.down && several.heightOf({ y: 0, at: 0 }) < several.heightOf({ y: 2, at: 0 }));
  assert.deepEqual(several.yLimits, [0, 2]);
});

test("a twin's lines are packed behind the network's own", () => {
  const painter = createCurvePainter(scene({ kind: "regression", unit: "" }, POINTS), 0, false);
  const own = [{ mean: [1, 2, 3] }];
  assert.equal(painter.pack(own, null, undefined).length, 9);
  assert.deepEqual([...painter.pack(own, null, [{ mean: [4, 5, 6] }])].slice(9, 12), [4, 5, 6]);
});
