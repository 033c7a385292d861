import assert from "node:assert/strict";
import { test } from "node:test";
import { divided, folded } from "../../../../pages/parts/network_diagram/folds.js";

test("what fits is not folded", () => {
  assert.deepEqual(divided(9, 6, 3), [6, 3]);
  assert.deepEqual(folded(3, 3), [{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 2, to: 3 }]);
});

test("shared and own layers share the room fairly", () => {
  assert.deepEqual(divided(9, 12, 1), [8, 1]);
  assert.deepEqual(divided(9, 1, 12), [1, 8]);
  assert.deepEqual(divided(9, 12, 12), [5, 4]);
  assert.deepEqual(divided(2, 12, 12), [3, 3]);
});

test("every layer stands in one box, in order, within the room, and the one in focus stands alone", () => {
  for (let count = 1; count <= 12; count += 1) {
    for (let room = 3; room <= 9; room += 1) {
      for (const focus of [null, ...Array(count).keys()]) {
        const boxes = folded(count, room, focus);
        assert.ok(boxes.length <= Math.max(room, 3));
        assert.deepEqual(boxes.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)), [...Array(count).keys()]);
        if (focus !== null) assert.ok(boxes.some(({ from, to }) => from === focus && to === focus + 1), `${count} ${room} ${focus}`);
      }
    }
  }
});
