import assert from "node:assert/strict";
import test from "node:test";

import { createLimits, epochEnd, linearScale, logScale, logTicks, niceCeil, niceFloor, niceStep, niceTicks } from "../../../../pages/parts/live/scale.js";

test("steps are 1, 2 or 5 times a power of ten", () => {
  for (const [range, count] of [[1, 4], [8, 3.4], [0.003, 5], [7e6, 4], [12, 3]]) {
    const step = niceStep(range, count);
    assert.ok([1, 2, 5].includes(Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9))), `${step}`);
    assert.ok(range / step <= 2 * count + 1 && range / step >= count / 2.5, `${range} ${count} ${step}`);
  }
  assert.equal(niceStep(0, 4), 1);
  assert.equal(niceStep(NaN, 4), 1);
});

test("ticks lie within the limits and are round", () => {
  assert.deepEqual(niceTicks(0, 1, 2).values, [0, 0.5, 1]);
  assert.deepEqual(niceTicks(-4, 4, 4).values, [-4, -2, 0, 2, 4]);
  assert.deepEqual(niceTicks(0, 0.3, 3).values, [0, 0.1, 0.2, 0.3]);
});

test("log ticks are powers of ten, with 2 and 5 when there are few, never a crowd", () => {
  assert.deepEqual(logTicks(0.001, 10), [0.001, 0.01, 0.1, 1, 10]);
  assert.deepEqual(logTicks(0.1, 1), [0.1, 0.2, 0.5, 1]);
  assert.ok(logTicks(1e-12, 1e6).length <= 6);
});

test("an upper limit is round and not below its value", () => {
  for (const value of [0.93, 1, 1.02, 7.3, 149, 3e-7]) {
    assert.ok(niceCeil(value) >= value * 0.999999);
    assert.ok(niceCeil(value) <= value * 1.5);
  }
  assert.equal(niceCeil(0), 1);
  for (const value of [0.93, 1, 4, 7.3, 149]) assert.ok(niceFloor(value) <= value && niceCeil(niceFloor(value)) === niceFloor(value));
});

test("scales map ends to ends; a log scale has no place for what is not positive", () => {
  assert.equal(linearScale(0, 10, 100, 0)(5), 50);
  assert.equal(linearScale(3, 3, 0, 100)(3), 0);
  const log = logScale(0.01, 1, 0, 100);
  assert.ok(Math.abs(log(0.1) - 50) < 1e-9);
  assert.ok(Number.isNaN(log(0)));
  assert.ok(Number.isNaN(log(-1)));
});

test("limits start at their first aim, glide to the next without overshooting, and come to rest", () => {
  const limits = createLimits();
  limits.aim(0, 1);
  assert.deepEqual([limits.low, limits.high], [0, 1]);
  assert.equal(limits.step(0), false);
  limits.aim(0, 4);
  let [before, frames] = [limits.high, 0];
  for (let now = 16; limits.step(now); now += 16) {
    assert.ok(limits.high >= before && limits.high <= 4);
    assert.ok(limits.high - before < 1.5, "no jump");
    before = limits.high;
    frames += 1;
    assert.ok(frames < 100);
  }
  assert.equal(limits.high, 4);
  limits.aim(0, 9, true);
  assert.equal(limits.high, 9);
});

test("the epoch axis shows a short run whole and grows with a long one", () => {
  assert.equal(epochEnd(3, 50), 50);
  assert.equal(epochEnd(0, 3000), 20);
  assert.ok(epochEnd(25, 3000) >= 25 && epochEnd(25, 3000) < 60);
  assert.equal(epochEnd(2990, 3000), 3000);
});
