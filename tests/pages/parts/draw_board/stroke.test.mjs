import assert from "node:assert/strict";
import test from "node:test";
import { MOST_POINTS } from "../../../../pages/parts/draw_board/board.js";
import { createStroke } from "../../../../pages/parts/draw_board/stroke.js";

const arc = { name: "arc", kind: "classes", classes: 2 }, level = { name: "level", kind: "value", classes: 2 };
const empty = { inputs: 2, tasks: [arc, level], drawn: [] };
const hand = { task: 0, tool: "brush", answer: 1, radius: 0.1, density: 8, reach: 0.04 };

/** Numbers from 0 to 1 that come again in every test. */
function dice(seed = 1) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function stroke(board, changes, ...places) {
  const made = createStroke(board, { ...hand, ...changes }, dice());
  made.down(...places[0]);
  for (const place of places.slice(1)) made.move(...place);
  return made;
}

test("a click is one point with an answer to one task, where it was clicked", () => {
  assert.deepEqual(stroke(empty, {}, [0.1234, -0.5]).board.drawn, [[0.123, -0.5, 1, null]]);
  assert.deepEqual(stroke(empty, { task: 1, answer: 0.35 }, [0, 0]).board.drawn, [[0, 0, null, 0.35]]);
  const once = stroke(empty, {}, [0, 0]).board;
  assert.deepEqual(stroke(once, {}, [0, 0]).board, once);
});

test("a drag sprays points of the brush's width about its way, as many as the density says", () => {
  const { drawn } = stroke(empty, {}, [-0.8, 0], [0.8, 0]).board;
  assert.ok(Math.abs(drawn.length - (1 + (1.6 / 0.2) * 8)) <= 1, String(drawn.length));
  assert.ok(drawn.every(([x, y, answer, other]) => Math.abs(y) <= 0.101 && Math.abs(x) <= 0.91 && answer === 1 && other === null));
  const sparse = stroke(empty, { density: 2 }, [-0.8, 0], [0.8, 0]).board.drawn.length;
  assert.ok(sparse < drawn.length / 3);
});

test("many small moves spray as much as one long one", () => {
  const way = Array.from({ length: 161 }, (_, at) => [-0.8 + at / 100, 0]);
  assert.ok(Math.abs(stroke(empty, {}, ...way).board.drawn.length - 65) <= 1);
});

test("points stay on the board", () => {
  const { drawn } = stroke(empty, { radius: 0.4 }, [-1, 1], [1, 1]).board;
  assert.ok(drawn.every(([x, y]) => Math.abs(x) <= 1 && Math.abs(y) <= 1));
});

test("over points without this answer the brush gives it to them and adds none", () => {
  const ground = { ...empty, drawn: [[0, 0, null, 0.5], [0.05, 0.05, 0, null], [0.9, 0.9, 0, 0.1]] };
  assert.deepEqual(stroke(ground, {}, [-0.05, 0], [0.05, 0]).board.drawn, [[0, 0, 1, 0.5], [0.05, 0.05, 1, null], [0.9, 0.9, 0, 0.1]]);
});

test("one click answers the one point that is nearest", () => {
  const ground = { ...empty, drawn: [[0, 0, null, 0.5], [0.03, 0, null, 0.5]] };
  assert.deepEqual(stroke(ground, {}, [0.025, 0]).board.drawn, [[0, 0, null, 0.5], [0.03, 0, 1, 0.5]]);
});

test("the eraser takes this task's answer; points without one go, each once in a stroke", () => {
  const ground = { ...empty, drawn: [[0, 0, 1, 0.5], [0.05, 0, 1, null], [0, 0.05, null, 0.2], [0.5, 0.5, 1, 0.1]] };
  const after = stroke(ground, { tool: "eraser" }, [0, 0], [0.02, 0], [0, 0]).board;
  assert.deepEqual(after.drawn, [[0, 0, null, 0.5], [0.5, 0.5, 1, 0.1]]);
  assert.deepEqual(stroke(after, { tool: "eraser" }, [0, 0]).board.drawn, [[0.5, 0.5, 1, 0.1]]);
});

test("of one input the height is the answer, and points keep the one they have", () => {
  const line = { ...empty, inputs: 1 };
  assert.deepEqual(stroke(line, {}, [0.2, -0.5]).board.drawn, [[0.2, null, 1, null]]); // the lower of two lanes
  assert.deepEqual(stroke(line, { task: 1 }, [0.2, -0.5]).board.drawn, [[0.2, null, null, -0.5]]);
  const ground = { ...line, drawn: [[0, null, 0, null], [0.1, null, null, 0.8]] };
  assert.deepEqual(stroke(ground, { task: 1 }, [-0.01, 0.3], [0.01, 0.3]).board.drawn, [[0, null, 0, 0.3], [0.1, null, null, 0.8]]);
});

test("of one input the eraser reaches points without an answer below the board alone", () => {
  const ground = { ...empty, inputs: 1, drawn: [[0, null, 0, null], [0.02, null, null, 0.5]] };
  assert.deepEqual(stroke(ground, { task: 1, tool: "eraser" }, [0, -0.2]).board, ground);
  assert.deepEqual(stroke(ground, { task: 1, tool: "eraser" }, [0, -1.1]).board.drawn, [[0.02, null, null, 0.5]]);
});

test("a full board takes no more points, and says so", () => {
  const full = { ...empty, drawn: Array.from({ length: MOST_POINTS - 1 }, (_, at) => [at / MOST_POINTS, -1, 1, null]) };
  const made = stroke(full, {}, [-0.5, 0.5], [0.5, 0.5]);
  assert.equal(made.board.drawn.length, MOST_POINTS);
  assert.ok(made.full);
  assert.ok(!stroke(full, {}, [-0.5, 0.5]).full);
});

test("the board that was there stays as it was", () => {
  const ground = { ...empty, drawn: [[0, 0, null, 0.5]] }, before = JSON.stringify(ground);
  stroke(ground, {}, [0, 0], [0.5, 0.5]);
  stroke(ground, { tool: "eraser" }, [0, 0]);
  assert.equal(JSON.stringify(ground), before);
});
