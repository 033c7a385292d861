import assert from "node:assert/strict";
import { test } from "node:test";
import { controls, stackAt } from "../../../../pages/parts/network_diagram/controls.js";
import { layout } from "../../../../pages/parts/network_diagram/layout.js";
import { heart, spec } from "./specs.mjs";

const of = (network) => controls(layout(network, 560, 400), network);
const one = (network, id) => of(network).find((control) => control.id === id);

test("Tab goes through the shared layers, the branch, then task by task", () => {
  assert.deepEqual(of(heart).map((control) => control.id), [
    "add:trunk:0", "layer:trunk:0", "add:trunk:1", "layer:trunk:1", "add:trunk:2", "branch:earlier", "branch:later",
    "add:task0:0", "layer:task0:0", "add:task0:1", "add:task1:0", "layer:task1:0", "add:task1:1",
  ]);
});

test("every control says in words what it is for", () => {
  assert.ok(of(heart).every((control) => control.label.length > 10));
  assert.equal(one(heart, "layer:trunk:1").label, "Layer 2 of the shared layers: 64 units");
});

test("a plus sends where its layer goes, and is off when the stack is full", () => {
  assert.deepEqual(one(heart, "add:task1:1").op, { op: "add", where: "task 1", at: 1 });
  assert.equal(one(heart, "add:trunk:0").off, false);
  assert.equal(one(spec(Array(12).fill(4), [[4]]), "add:trunk:3").off, true);
});

test("the branch moves only where there is something to move, and says so", () => {
  assert.equal(one(heart, "branch:later").off, false);
  assert.match(one(heart, "branch:later").label, /32 units/);
  const bare = spec([], [[4], []]);
  assert.equal(one(bare, "branch:earlier").off, true);
  assert.equal(one(bare, "branch:later").off, true);
  assert.match(one(bare, "branch:later").label, /first give task 1 a layer/);
});

test("without tasks there is no branch", () => {
  assert.ok(of(spec([4], [])).every((control) => control.kind !== "branch"));
});

test("an address that nobody has is an empty stack", () => {
  assert.deepEqual(stackAt(heart, "gone"), []);
});

test("folded layers are one button that names them", () => {
  const deep = spec(Array(12).fill(4), [Array(6).fill(4)]), fold = of(deep).find((control) => control.kind === "fold");
  assert.match(fold.label, /^Layers \d+ to \d+ of the shared layers, folded: 4, 4.* units\. Show them$/);
  assert.ok(fold.to - fold.from > 1);
});

test("what there may be no room for is in the hint", () => {
  assert.equal(one(heart, "layer:trunk:1").hint, "64 ReLU, matrix ? × 64, batch 32 × 64, 1 parameters");
});
