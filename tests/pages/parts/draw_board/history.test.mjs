import assert from "node:assert/strict";
import test from "node:test";
import { createHistory } from "../../../../pages/parts/draw_board/history.js";

const made = (...states) => {
  const history = createHistory(states[0], (a, b) => a === b);
  for (const state of states.slice(1)) history.push(state);
  return history;
};

test("one goes back and forth", () => {
  const history = made(1, 2, 3);
  assert.ok(history.undo() && history.undo());
  assert.equal(history.present, 1);
  assert.ok(!history.undo() && history.canRedo);
  assert.ok(history.redo());
  assert.equal(history.present, 2);
});

test("something new ends what was to come again; the same is nothing new", () => {
  const history = made(1, 2, 3);
  history.undo();
  assert.ok(!history.push(2));
  assert.ok(history.canRedo);
  assert.ok(history.push(4));
  assert.ok(!history.canRedo && !history.redo());
  history.undo();
  assert.equal(history.present, 2);
});

test("it does not grow without end", () => {
  const history = made(...Array.from({ length: 1000 }, (_, at) => at));
  let steps = 0;
  while (history.undo()) steps += 1;
  assert.equal(steps, 200);
});
