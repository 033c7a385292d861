import assert from "node:assert/strict";
import test from "node:test";
import { whoseNote } from "../../../../pages/parts/walkthrough/whose.js";

const matrices = { "g0.v1": 0, "g1.v1": 0, "g0.v2": 0, "g0.v0": 0 };
const walk = (nearest = "") => ({ nearest, matrices, tasks: [{ name: "sin(2x)" }, { name: "cos(x)" }], steps: [{ kind: "total", weights: [0.3, 1.7] }] });
const step = (out, more = {}) => ({ kind: "product", back: true, owner: null, out, ...more });

test("what several tasks reach is their weighted sum, until one is chosen", () => {
  assert.match(whoseNote(step("v1"), walk(), null), /^Shown is the sum of all tasks' gradients, each times its weight\. Choose/);
  assert.equal(whoseNote(step("v1"), walk(), 1), "Gradient of cos(x)'s loss alone, before its weight of 1.7.");
});

test("a task's own steps say that its weight is not in yet, and so does a loss", () => {
  const own = "Gradient of sin(2x)'s loss alone, before its weight of 0.3.";
  assert.equal(whoseNote(step("v2", { owner: 0 }), walk(), null), own);
  assert.equal(whoseNote(step("", { kind: "loss", owner: 0, task: 0 }), walk(), null), own);
});

test("a scheme whose step is no sum is named where the sum is shown", () => {
  assert.match(whoseNote(step("v1"), walk("GradDrop"), null), /GradDrop's own step is no weighted sum; this is the nearest to it/);
  assert.match(whoseNote(step("v1", { kind: "meeting" }), walk("GradDrop"), null), /^GradDrop's own/);
  assert.equal(whoseNote(step("v1", { kind: "meeting" }), walk(), null), "");
  assert.doesNotMatch(whoseNote(step("v2", { owner: 0 }), walk("GradDrop"), null), /GradDrop/);
});

test("nothing is said forward, of the total, or where there is one task", () => {
  assert.equal(whoseNote(step("v1", { back: false }), walk(), null), "");
  assert.equal(whoseNote(step("", { kind: "total" }), walk(), null), "");
  assert.equal(whoseNote(step("v2"), { ...walk(), tasks: [{ name: "a" }] }, null), "");
});
