import assert from "node:assert/strict";
import test from "node:test";

import { spreadLabels } from "../../../../pages/parts/live/labels.js";

test("names beside a chart keep their order, their distance and within it", () => {
  assert.deepEqual(spreadLabels([50, 10], 13, 0, 100), [50, 10]);
  assert.deepEqual(spreadLabels([90, 90, 90], 13, 0, 90), [64, 77, 90]);
  const order = [];
  spreadLabels([10, 12], 13, 0, 100, order);
  assert.deepEqual(spreadLabels([13, 11], 13, 0, 100, order), [13, 26], "what is nearly level keeps its place");
  assert.deepEqual(spreadLabels([40, 11], 13, 0, 100, order), [40, 11]);
  const many = spreadLabels(Array(20).fill(5), 13, 0, 95);
  assert.ok(Math.max(...many) <= 95.01 && Math.min(...many) >= -0.01);
});
