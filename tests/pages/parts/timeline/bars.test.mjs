import assert from "node:assert/strict";
import test from "node:test";
import { endsOf, keyed, moved, sharesOf, spoken, stopsOf, ticks } from "../../../../pages/parts/timeline/bars.js";

const all = { first: 0, last: null, ramp: 0 }, middle = { first: 10, last: 30, ramp: 5 };

test("a phase without an end goes on to the last epoch, and none beyond it", () => {
  assert.deepEqual(endsOf(all, 50), [0, 50]);
  assert.deepEqual(endsOf({ first: 60, last: 80 }, 50), [50, 50]);
});

test("an end moves, stays an epoch from the other, and is none where it is the last epoch", () => {
  assert.deepEqual(moved(all, "last", 19.6, 50), { first: 0, last: 20, ramp: 0 });
  assert.equal(moved(middle, "last", 3, 50).last, 11);
  assert.equal(moved(middle, "last", 70, 50).last, null);
  assert.equal(moved(middle, "first", 45, 50).first, 29);
  assert.equal(moved(middle, "first", -4, 50).first, 0);
});

test("a ramp stays within its bar, also when the bar gets shorter", () => {
  assert.equal(moved(middle, "ramp", 18, 50).ramp, 8);
  assert.equal(moved(middle, "ramp", 45, 50).ramp, 20);
  assert.equal(moved(middle, "ramp", 2, 50).ramp, 0);
  assert.equal(moved(middle, "last", 12, 50).ramp, 2);
});

test("a whole bar keeps its length and stays on the axis", () => {
  assert.deepEqual(moved(middle, "whole", 20, 50), { first: 20, last: 40, ramp: 5 });
  assert.deepEqual(moved(middle, "whole", 49, 50), { first: 30, last: null, ramp: 5 });
  assert.deepEqual(moved(middle, "whole", -9, 50), { first: 0, last: 20, ramp: 5 });
  assert.deepEqual(moved(all, "whole", 9, 50), all);
});

test("a bar that begins after the run can be brought back", () => {
  const late = { first: 60, last: null, ramp: 0 };
  assert.deepEqual(moved(late, "first", 20, 50), { first: 20, last: null, ramp: 0 });
});

test("arrow keys go by one epoch, with Shift by ten, Home and End to the ends", () => {
  assert.deepEqual(["ArrowLeft", "ArrowRight", "Home", "End", "a"].map((key) => keyed(key, false, 20, 50)), [19, 21, 0, 50, null]);
  assert.equal(keyed("ArrowRight", true, 20, 50), 30);
});

test("phases in words", () => {
  assert.equal(spoken("cos", all, 50), "cos: trained all the time");
  assert.equal(spoken("cos", middle, 50), "cos: trained from epoch 10 to 30, growing over 5");
  assert.equal(spoken("cos", { ...all, first: 70 }, 50), "cos: trained never");
});

test("few round numbers stand below the axis", () => {
  assert.deepEqual(ticks(50), [0, 10, 20, 30, 40, 50]);
  assert.deepEqual(ticks(3), [0, 1, 2, 3]);
  for (const epochs of [1, 7, 60, 333, 100_000]) assert.ok(ticks(epochs).length <= 8);
});

test("shares of the batches are over all replicas", () => {
  assert.equal(sharesOf([[3, 1], [1, 3]], ["a", "b"]), "Batches of the last epoch: a 50 %, b 50 %.");
  assert.equal(sharesOf(undefined, ["a"]), "");
  assert.equal(sharesOf([[0, 0]], ["a", "b"]), "");
});

test("each early stop is marked once", () => {
  assert.deepEqual(stopsOf([[null, 4], [7, 4]], 2), [[7], [4]]);
  assert.deepEqual(stopsOf(undefined, 2), [[], []]);
});
