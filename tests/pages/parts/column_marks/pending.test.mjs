import assert from "node:assert/strict";
import test from "node:test";
import { PATIENCE, added, expected, message, unanswered } from "../../../../pages/parts/column_marks/pending.js";

const COMING = [["#a", "#b"], ["#c", "#d"]];
const marked = (column, role) => ({ op: "mark", column, role });
const kind = (column, kind) => ({ op: "kind", column, kind });
const input = (name) => ({ name, role: "input", kind: "number", color: null });

test("a mark takes all marks without an answer along, oldest first", () => {
  let list = added([], marked("thal", "task"), 0);
  list = added(list, marked("target", "task"), 1);
  assert.deepEqual(message(list, 7), { op: "mark", column: "target", role: "task", before: [marked("thal", "task")], n: 7 });
});

test("a new mark of a column takes the place of its old ones", () => {
  let list = added([], marked("thal", "task"), 0);
  list = added(list, kind("thal", "binary"), 1);
  assert.deepEqual(message(added(list, kind("thal", "multiclass"), 2), 1).before, [marked("thal", "task")]);
  assert.deepEqual(message(added(list, marked("thal", "ignore"), 2), 1).before, []);
});

test("a mark is answered when the column is as it says, or has gone, or too much time has passed", () => {
  const list = added(added([], marked("thal", "task"), 0), kind("age", "category"), 0);
  assert.equal(unanswered(list, [input("thal"), input("age")], 1).length, 2);
  assert.equal(unanswered(list, [{ ...input("thal"), role: "task" }, input("age")], 1).length, 1);
  assert.equal(unanswered(list, [{ ...input("age"), kind: "category" }], 1).length, 0);
  assert.equal(unanswered(list, [input("thal"), input("age")], PATIENCE).length, 0);
});

test("clicks show at once, with the colours that new tasks will have", () => {
  const list = added(added([], marked("b", "task"), 0), marked("a", "ignore"), 0);
  const [a, b, c] = expected([input("a"), input("b"), input("c")], list, COMING);
  assert.deepEqual([a.role, b.role, c.role], ["ignore", "task", "input"]);
  assert.deepEqual([b.color, b.kind], [COMING[0], ""]);
  assert.deepEqual(c, input("c"));
});

test("what is shown is changed in nothing", () => {
  const shown = [input("a")];
  expected(shown, added([], marked("a", "task"), 0), COMING);
  assert.deepEqual(shown, [input("a")]);
});
