import assert from "node:assert/strict";
import test from "node:test";
import { frameOf, pointSize } from "../../../../pages/parts/draw_board/picture.js";

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} and ${b}`);

test("places and pixels are the same both ways", () => {
  for (const inputs of [1, 2]) {
    const frame = frameOf(460, 460, inputs);
    for (const value of [-1, -0.3, 0, 0.7, 1]) {
      near(frame.x(frame.px(value)), value);
      near(frame.y(frame.py(value)), value);
    }
    near(frame.units(frame.wide), 2);
    near(frame.px(-1), frame.left);
    near(frame.py(-1), frame.bottom);
  }
});

test("left of the board is its edge; below it there is a place for points without an answer, of one input", () => {
  const frame = frameOf(460, 460, 1);
  assert.equal(frame.x(0), -1);
  assert.ok(frame.y(frame.bottom + frame.floor / 2) < -1);
  assert.ok(frame.holds(frame.px(0), frame.bottom + frame.floor));
  assert.ok(!frameOf(460, 460, 2).holds(200, 455));
});

test("many points are smaller", () => {
  assert.ok(pointSize(2000) < pointSize(500) && pointSize(500) < pointSize(10));
});
