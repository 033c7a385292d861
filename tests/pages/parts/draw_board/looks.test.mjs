import assert from "node:assert/strict";
import test from "node:test";
import { answerColor, classColor, css, outline, trace, valueColor } from "../../../../pages/parts/draw_board/looks.js";

test("two classes have the colours of no and yes, more a hue and a shape each", () => {
  assert.notDeepEqual(classColor(0, 2), classColor(0, 3));
  for (const dark of [false, true]) {
    const hues = [0, 1, 2, 3, 4].map((number) => css(classColor(number, 5, dark)));
    assert.equal(new Set(hues).size, 5);
  }
  assert.equal(new Set([0, 1, 2, 3, 4].map(outline)).size, 5);
});

test("values go from orange over the paper's grey to blue", () => {
  assert.deepEqual(valueColor(-1), classColor(0, 2));
  assert.deepEqual(valueColor(1), classColor(1, 2));
  assert.deepEqual(valueColor(0, false), [232, 234, 235]);
  assert.deepEqual(answerColor({ kind: "value" }, 1), valueColor(1));
  assert.deepEqual(answerColor({ kind: "classes", classes: 2 }, 1), classColor(1, 2));
});

test("a shape's path stays near its place", () => {
  for (let number = 0; number < 5; number += 1) {
    const seen = [];
    const path = { moveTo: (x, y) => seen.push([x, y]), lineTo: (x, y) => seen.push([x, y]), arc: (x, y) => seen.push([x, y]), closePath() {} };
    trace(path, number, 10, 20, 4);
    assert.ok(seen.length > 1 && seen.every(([x, y]) => Math.hypot(x - 10, y - 20) <= 6));
  }
});
