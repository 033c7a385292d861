import assert from "node:assert/strict";
import { test } from "node:test";
import { bound, controls, stackAt } from "../../../../pages/parts/network_diagram/controls.js";
import { layout } from "../../../../pages/parts/network_diagram/layout.js";
import { heart, spec } from "./specs.mjs";

const of = (network) => controls(layout(network, 560, 400), network);
const one = (network, id) => of(network).find((control) => control.id === id);

test("Tab goes through the shared layers, the branch, then task by task", () => {
  assert.deepEqual(of(heart).map((control) => control.id), [
    "add:trunk:0", "layer:trunk:0", "add:trunk:1", "layer:trunk:1", "add:trunk:2", "divide", "branch:earlier", "branch:later",
    "grip:0", "add:task0:0", "layer:task0:0", "add:task0:1", "grip:1", "add:task1:0", "layer:task1:0", "add:task1:1",
  ]);
});

test("every control says in words what it is for", () => {
  assert.ok(of(heart).every((control) => control.kind === "divide" || control.label.length > 10));
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

const sharing = (name, fields = {}) => ({ ...heart, sharing: { name, title: name.toUpperCase(), ...fields } });

test("each task's branch can be held, and says how far it goes with the others", () => {
  const grip = one(heart, "grip:1");
  assert.deepEqual([grip.where, grip.after, grip.depth, grip.off], ["task 1", 2, 2, false]);
  assert.equal(grip.value, "task 1 goes through all 2 shared layers");
  assert.equal(one(sharing("hard", { branch: [1, 2] }), "grip:0").value, "task 0 goes through 1 of 2 shared layers");
  assert.match(one(sharing("hard", { branch: [0, 2] }), "grip:0").value, /task 0 is separate/);
  assert.ok(of(spec([4], [[4]])).every((control) => control.kind !== "grip"), "one task has nobody to leave");
});

test("an architecture in which no task can branch off says so", () => {
  const grip = one(sharing("mmoe", { branch: [2, 2], experts: 2 }), "grip:0");
  assert.ok(grip.off);
  assert.match(grip.value, /With “MMOE” all tasks go through .* Choose hard sharing/);
  assert.match(bound(sharing("separate")), /every task is separate already/);
  assert.equal(bound(heart), "");
});

test("the line where all part goes as far as there are layers to share", () => {
  assert.deepEqual([one(heart, "divide").depth, one(heart, "divide").most], [2, 3]);
  assert.equal(one(spec([4], [[4, 4], []]), "divide").most, 1);
});

test("a task that went its own way before does not keep the others from sharing more", () => {
  const apart = { ...spec([4], [[], [8]]), sharing: { name: "hard", title: "Hard sharing", branch: [0, 1] } };
  assert.equal(one(apart, "branch:later").off, false);
  assert.match(one(apart, "branch:later").label, /8 units/);
});
