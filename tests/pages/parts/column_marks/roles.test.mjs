import assert from "node:assert/strict";
import test from "node:test";
import { ROLES, missingText, nextRole, spoken, tally } from "../../../../pages/parts/column_marks/roles.js";

test("a column of a file, which opens as an input, is a task after one click, and an input again after three", () => {
  assert.equal(nextRole("input"), "task");
  assert.equal(nextRole("task"), "ignore");
  assert.equal(nextRole("ignore"), "input");
});

test("every role has a word of its own, so that none is told by colour alone", () => {
  assert.equal(new Set(Object.values(ROLES).map((role) => role.word)).size, 3);
});

test("columns are counted by role", () => {
  assert.deepEqual(tally(["input", "task", "input"]), { input: 2, task: 1, ignore: 0 });
});

test("shares are short, and neither nothing nor everything by rounding alone", () => {
  const shown = [0, 0.00001, 0.0066, 0.05, 0.4999, 0.999, 1].map(missingText);
  assert.deepEqual(shown, ["", "< 0.1 % missing", "0.7 % missing", "5 % missing", "50 % missing", "99 % missing", "100 % missing"]);
});

test("a head says its name, its role, what is missing, and what a click does", () => {
  assert.equal(spoken("thal", "input", 0.0066), "thal: an input, 0.7 % missing. Click to make it a task: what the network should predict.");
});
