import assert from "node:assert/strict";
import test from "node:test";

import { createMotion, interpolate, travelTime } from "../../../../pages/parts/live/playback.js";

test("numbers are interpolated; what has no counterpart is taken as it is", () => {
  assert.deepEqual([...interpolate([0, 10], Float32Array.of(2, 20), 0.5)], [1, 15]);
  assert.deepEqual([...interpolate([0], Float32Array.of(2, 20), 0.5)], [2, 20]);
  assert.deepEqual([...interpolate(null, Float32Array.of(2), 0)], [2]);
  assert.deepEqual([...interpolate([NaN], Float32Array.of(2), 0.1)], [2]);
});

test("a motion starts where it is seen and ends at its aim", () => {
  const motion = createMotion();
  motion.go([0], 0, 100);
  assert.equal(motion.at(0)[0], 0);
  assert.equal(motion.moving(0), false);
  motion.go([10], 0, 100);
  assert.equal(motion.at(50)[0], 5);
  motion.go([20], 50, 100);
  assert.equal(motion.at(50)[0], 5, "no jump when a frame comes early");
  assert.equal(motion.at(100)[0], 12.5);
  assert.equal(motion.at(150)[0], 20);
  assert.equal(motion.moving(149), true);
  assert.equal(motion.moving(150), false);
});

test("no time means at once; another length too", () => {
  const motion = createMotion();
  motion.go([0], 0, 100);
  motion.go([7], 1, 0);
  assert.equal(motion.at(1)[0], 7);
  motion.go([1, 2], 2, 100);
  assert.deepEqual([...motion.at(2)], [1, 2]);
  assert.equal(travelTime(125, true), 0);
  assert.ok(travelTime(125, false) >= 125);
});
