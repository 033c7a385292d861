import assert from "node:assert/strict";
import test from "node:test";
import { cleared, heightOf, keyOf, laneAt, rounded, tally, withClasses, withInputs, withKind, withName, withoutTask, withTask, wrongName } from "../../../../pages/parts/draw_board/board.js";

const arc = { name: "arc", kind: "classes", classes: 2 }, level = { name: "level", kind: "value", classes: 2 };
const board = { inputs: 2, tasks: [arc, level], drawn: [[0, 0.5, 1, null], [0.25, -0.5, null, 0.3], [1, 1, 0, -1]] };

test("places have three digits, lie on the board, and nothing is never negative", () => {
  assert.deepEqual([0.12345, 1.5, -7, -0.0001].map(rounded), [0.123, 1, -1, 0]);
  assert.ok(Object.is(rounded(-0.0001), 0));
});

test("boards are told apart by all that is on them, in whatever order their fields come", () => {
  assert.equal(keyOf(board), keyOf({ drawn: board.drawn, inputs: 2, tasks: [{ classes: 2, kind: "classes", name: "arc" }, level] }));
  for (const other of [{ ...board, inputs: 1 }, withName(board, 0, "bow"), withClasses(board, 0, 3), cleared(board)]) assert.notEqual(keyOf(board), keyOf(other));
});

test("answers are counted by task", () => {
  assert.deepEqual(tally(board), [2, 2]);
});

test("of one input the height is the answer: a value, or the lane of a class with the first on top", () => {
  const line = withInputs(withClasses(board, 0, 3), 1);
  assert.equal(heightOf(line, 1, line.drawn[1]), 0.3);
  assert.equal(heightOf(line, 1, line.drawn[0]), null);
  for (const point of [[0.1, null, 0], [0.7, null, 1], [-0.9, null, 2]]) assert.equal(laneAt(heightOf(line, 0, [...point, null]), 3), point[2]);
  assert.deepEqual([1, 0.4, 0, -0.4, -1, -2].map((y) => laneAt(y, 3)), [0, 0, 1, 2, 2, 2]);
});

test("from one input to two a point takes the height it had, else its value", () => {
  const line = { inputs: 1, tasks: [arc, level], drawn: [[0, null, 1, 0.4], [0.5, null, 1, null], [0.5, 0.2, 1, 0.4]] };
  assert.deepEqual(withInputs(line, 2).drawn.map(([, y]) => y), [0.4, 0, 0.2]);
  assert.deepEqual(withInputs(withInputs(board, 1), 2), board);
});

test("a task comes without answers under a name that is free, and goes with those points that answered nothing else", () => {
  const more = withTask(withName(board, 0, "task 3"));
  assert.deepEqual(more.tasks[2], { name: "task 4", kind: "classes", classes: 2 });
  assert.ok(more.drawn.every((point) => point.length === 5 && point[4] === null));
  assert.deepEqual(withoutTask(board, 0), { inputs: 2, tasks: [level], drawn: [[0.25, -0.5, 0.3], [1, 1, -1]] });
});

test("classes become values and values classes; a class that is no more leaves no answer", () => {
  const three = { inputs: 2, tasks: [{ ...arc, classes: 3 }], drawn: [[0, 0, 0], [0, 0, 1], [0, 0, 2]] };
  assert.deepEqual(withKind(three, 0, "value").drawn.map(([, , answer]) => answer), [-1, 0, 1]);
  assert.deepEqual(withKind(withKind(three, 0, "value"), 0, "classes").drawn, three.drawn);
  assert.deepEqual(withClasses(three, 0, 2).drawn, three.drawn.slice(0, 2));
});

test("names are said to be wrong", () => {
  assert.equal(wrongName(board, 0, "arc"), "");
  for (const name of ["", "x", "y", "level", "a".repeat(41)]) assert.notEqual(wrongName(board, 0, name), "");
});
