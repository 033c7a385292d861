import assert from "node:assert/strict";
import test from "node:test";

import { epochTicks, lossLimits } from "../../../../pages/parts/live/loss_axes.js";

test("loss axes hold every mean, start at zero, and do not follow a wild band", () => {
  const band = (...mean) => ({ mean, low: mean, high: mean.map((value) => value * 1e6) });
  const [low, high] = lossLimits([band(1, 0.1)], false);
  assert.equal(low, 0);
  assert.ok(high >= 1 && high <= 2);
  const spike = Array.from({ length: 60 }, (_, at) => (at === 50 ? 40 : 0.5));
  assert.ok(lossLimits([{ mean: spike, low: spike, high: spike }], false)[1] <= 1, "one spike is clipped");
  const [from, to] = lossLimits([band(1, 0.001)], true);
  assert.ok(from <= -3 && from > -4 && to >= 0 && to < 1);
  assert.deepEqual(lossLimits([band(NaN)], false), [0, 1]);
  assert.deepEqual(lossLimits([], true), [-2, 0]);
});

test("powers of ten reach up to where a run blew up; equal steps do not", () => {
  const band = { mean: [1, 2], low: [1, 2], high: [1, 2] };
  assert.ok(lossLimits([band], true, 1.3e13)[1] >= Math.log10(1.3e13));
  assert.deepEqual(lossLimits([band], false, 1.3e13), lossLimits([band], false));
  assert.deepEqual(lossLimits([band], true, undefined), lossLimits([band], true));
});

test("epochs are whole numbers, on the shortest axis too", () => {
  assert.deepEqual(epochTicks({ low: 0, high: 1 }, 200).map(({ text }) => text), ["0", "1"]);
});
