import assert from "node:assert/strict";
import test from "node:test";

import { createGhost } from "../../../../pages/parts/live/ghost.js";

const GRID = [0, 1];
const frame = (start, marks, line) => ({ start, marks: Array.from({ length: marks }, (_, epoch) => ({ epoch })), view: { kind: "curve", tasks: [line] } });

test("a change on the way leaves a ghost of the frame before it, until the next change", () => {
  const ghost = createGhost();
  ghost.take(frame(1, 0, "first"), GRID);
  assert.deepEqual([ghost.present, ghost.lines(0)], [false, null]);
  ghost.take(frame(1, 0, "second"), GRID);
  ghost.take(frame(1, 1, "third"), [5, 6]);
  assert.deepEqual(ghost.lines(0), { x: GRID, lines: "second" });
  ghost.take(frame(1, 1, "fourth"), GRID);
  assert.equal(ghost.lines(0).lines, "second", "it stays");
  ghost.take(frame(1, 2, "fifth"), GRID);
  assert.equal(ghost.lines(0).lines, "fourth");
  assert.equal(ghost.lines(1), null, "no such task");
});

test("a new start, or a change that is taken back, ends it", () => {
  for (const next of [frame(2, 0, "new"), frame(2, 1, "new"), frame(1, 0, "back")]) {
    const ghost = createGhost();
    ghost.take(frame(1, 0, "first"), GRID);
    ghost.take(frame(1, 1, "second"), GRID);
    assert.ok(ghost.present);
    ghost.take(next, GRID);
    assert.ok(!ghost.present);
  }
});

test("marks from before the page was opened leave none, nor does the same frame again, nor a table", () => {
  const ghost = createGhost();
  const first = frame(1, 3, "first");
  ghost.take(first, GRID);
  ghost.take(first, GRID);
  assert.ok(!ghost.present);
  const table = createGhost();
  for (const marks of [0, 1]) table.take({ start: 1, marks: new Array(marks), view: { kind: "table", tasks: ["m"] } }, undefined);
  assert.ok(!table.present);
  const bare = createGhost();
  bare.take({ start: 1 }, GRID);
  assert.ok(!bare.present);
});

test("a map leaves its own ghost, for as long as a curve's stays", () => {
  const map = (start, marks, task) => ({ start, marks: new Array(marks), view: { kind: "map", tasks: [task] } });
  const ghost = createGhost();
  const first = { bytes: "first" };
  ghost.take(map(1, 0, first), undefined);
  assert.equal(ghost.map(0), null);
  ghost.take(map(1, 1, { bytes: "second" }), undefined);
  ghost.take(map(1, 1, { bytes: "third" }), undefined);
  assert.ok(ghost.present);
  assert.equal(ghost.map(0), first, "the same one each time: its border is worked out once");
  assert.equal(ghost.lines(0), null, "it has no lines");
  ghost.take(map(2, 1, first), undefined);
  assert.deepEqual([ghost.present, ghost.map(0)], [false, null]);
});
