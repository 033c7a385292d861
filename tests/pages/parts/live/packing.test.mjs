import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked, unpackedView } from "../../../../pages/parts/live/packing.js";

test("steps add up from where the line begins", () => {
  assert.deepEqual(unpacked({ from: -1, unit: 0.001, steps: [500, -250, 0, 1250] }), [-1, -0.5, -0.75, -0.75, 0.5]);
});

test("only the packed lines of curves are changed", () => {
  const view = { kind: "curve", tasks: [[{ label: "a", mean: { from: 0, unit: 0.5, steps: [1, 1] } }, { label: "b", mean: [1, null] }]] };
  assert.deepEqual(unpackedView(view).tasks[0].map(({ mean }) => mean), [[0, 0.5, 1], [1, null]]);
  const map = { kind: "map", tasks: [{ bytes: "AA==" }] };
  assert.equal(unpackedView(map), map);
  assert.equal(unpackedView(undefined), undefined);
});

test("twins are unpacked as well", () => {
  const view = { kind: "curve", tasks: [], twin: [[{ label: "a", mean: { from: 2, unit: 1, steps: [1] }, low: { from: 1, unit: 1, steps: [1] } }]] };
  assert.deepEqual(unpackedView(view).twin[0][0], { label: "a", mean: [2, 3], low: [1, 2] });
});
