import assert from "node:assert/strict";
import test from "node:test";
import { pathOf, rangeOf, scoreText, standsText } from "../../../../pages/parts/room_wall/spark.js";

test("a curve goes over all epochs, from its range's top to its bottom, with a gap where there is no loss", () => {
  assert.equal(pathOf([[0, 2], [5, 1], [10, 0]], 10, [0, 2], 100, 40), "M0.0 0.0L50.0 20.0L100.0 40.0");
  assert.equal(pathOf([[0, 2], [5, null], [10, 0]], 10, [0, 2], 100, 40), "M0.0 0.0M100.0 40.0");
  assert.equal(pathOf([[0, 1]], 0, [1, 1], 100, 40), "M0.0 20.0");
});

test("the range is of all tasks together", () => {
  assert.deepEqual(rangeOf([{ curve: [[0, 3], [1, null]] }, { curve: [[0, 1]] }]), [1, 3]);
  assert.equal(rangeOf([{ curve: [[0, null]] }]), null);
});

test("scores and where a run stands, in few letters", () => {
  assert.deepEqual([0.91234, -12.34, null].map(scoreText), ["0.912", "−12.3", "–"]);
  assert.equal(standsText({ status: "playing", epoch: 12.7, epochs: 200, parameters: 1594 }), "training · 12/200 · 1,594 par.");
  assert.equal(standsText({ status: "" }), "no run yet");
});
