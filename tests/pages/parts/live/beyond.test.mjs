import assert from "node:assert/strict";
import test from "node:test";

import { inTones, knownStretch, unknownStretches } from "../../../../pages/parts/live/beyond.js";

const x = (value) => 100 * value;

test("outside the known range lie two stretches, one, or none", () => {
  assert.deepEqual(unknownStretches([1, 3], x, 0, 400), [[0, 100], [300, 400]]);
  assert.deepEqual(unknownStretches([0, 3], x, 0, 400), [[300, 400]]);
  assert.deepEqual(unknownStretches([-1, 9], x, 0, 400), []);
  assert.deepEqual(unknownStretches(null, x, 0, 400), []);
  assert.deepEqual(unknownStretches([NaN, 1], x, 0, 400), []);
});

test("known and unknown fill the plot without a gap", () => {
  for (const known of [[1, 3], [0.004, 3.999], [-2, 2], [5, 6], null]) {
    const parts = [knownStretch(known, x, 0, 400), ...unknownStretches(known, x, 0, 400)];
    assert.equal(parts.reduce((sum, [from, to]) => sum + to - from, 0), 400, String(known));
  }
});

test("what is drawn beyond is lighter", () => {
  const ctx = { save() {}, restore() {}, beginPath() {}, rect() {}, clip() {} };
  const tones = [];
  inTones(ctx, { left: 0, right: 400, top: 0, bottom: 9 }, [1, 3], x, (alpha) => tones.push(alpha));
  assert.deepEqual(tones, [1, 0.4, 0.4]);
});
