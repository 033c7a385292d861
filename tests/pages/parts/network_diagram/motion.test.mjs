import assert from "node:assert/strict";
import { test } from "node:test";
import { layout } from "../../../../pages/parts/network_diagram/layout.js";
import { alike, between, ease } from "../../../../pages/parts/network_diagram/motion.js";
import { heart, spec } from "./specs.mjs";

const before = layout(heart, 560, 400), after = layout(spec([32, 64, 64], [[32], [16]]), 560, 400);

test("the way ends exactly where it should, and needs no beginning", () => {
  assert.equal(between(before, after, 1), after);
  assert.equal(between(null, after, 0), after);
});

test("what keeps its id glides, what is new fades in where it will stand", () => {
  const half = between(before, after, 0.5), at = (geometry, id) => geometry.nodes.find((node) => node.id === id);
  assert.equal(at(half, "trunk:0").x, (at(before, "trunk:0").x + at(after, "trunk:0").x) / 2);
  assert.equal(at(half, "trunk:0").alpha, undefined);
  assert.equal(at(half, "trunk:2").alpha, 0.5);
  assert.equal(at(half, "trunk:2").x, at(after, "trunk:2").x);
});

test("it draws what is there now, not what was", () => {
  assert.deepEqual(between(after, before, 0.3).nodes.map((node) => node.id), before.nodes.map((node) => node.id));
});

test("nothing has to move when only words have changed", () => {
  const reworded = structuredClone(heart);
  reworded.trunk.layers[0].activation = "none";
  assert.ok(alike(before, layout(reworded, 560, 400)));
  assert.ok(!alike(before, after));
  assert.ok(!alike(null, after));
});

test("ease goes from 0 to 1 and never back", () => {
  const steps = Array.from({ length: 11 }, (_, i) => ease(i / 10));
  assert.equal(steps[0], 0);
  assert.equal(steps[10], 1);
  assert.ok(steps.every((step, i) => i === 0 || step > steps[i - 1]));
});
