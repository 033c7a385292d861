// One stroke of the brush or the eraser. Points that were there get the answer, or lose it; on empty ground there are new ones.

import { answering, heightOf, laneAt, MOST_POINTS, rounded } from "./board.js";

const SAME = 0.001;
export const FLOOR = -1; // of one input: below this height lie the points without an answer

/**
 * hand: {task, tool: "brush" or "eraser", answer, radius, density (points in a brush's width of way), reach (of a click)}; lengths
 * in units of the board. `down` and `move` take a place; `board` is the board as it is by now, `full` whether points found no room.
 */
export function createStroke(board, hand, random = Math.random) {
  const { task, tool, radius, reach } = hand, cell = 2 + task, ground = board.drawn, points = [...ground];
  const touched = new Set();
  let at = null, carry = 0, made = null, full = false, count = ground.length;
  let clicked = false; // the last point is the click's

  const answerAt = (y) => {
    if (board.inputs === 2) return hand.answer;
    return board.tasks[task].kind === "value" ? rounded(y) : laneAt(y, board.tasks[task].classes);
  };

  /** How far a point of the ground lies from a place. */
  function away(point, x, y) {
    const height = heightOf(board, task, point);
    if (height !== null) return Math.hypot(point[0] - x, height - y);
    return tool === "brush" || y < FLOOR ? Math.abs(point[0] - x) : Infinity;
  }

  /** Whether the brush changes a point of the ground: it has another answer; of one input, where the answer is the height, none. */
  function open(point, answer) {
    return board.inputs === 1 ? point[cell] === null : point[cell] !== answer;
  }

  function under(x, y, within, wanted) {
    const found = [];
    ground.forEach((point, place) => {
      if (wanted(point) && away(point, x, y) <= within) found.push(place);
    });
    return found;
  }

  function touch(place, change) {
    if (touched.has(place)) return;
    touched.add(place);
    points[place] = change(points[place]);
    made = null;
  }

  const give = (place, answer) => touch(place, (point) => point.with(cell, answer));
  const take = (place) => touch(place, (point) => (point[cell] === null ? null : point.with(cell, null)));

  function add(x, y) {
    if (count >= MOST_POINTS) {
      full = true;
      return false;
    }
    const point = [rounded(x), board.inputs === 2 ? rounded(y) : null, ...board.tasks.map(() => null)];
    point[cell] = answerAt(y);
    points.push(point);
    count += 1;
    made = null;
    return true;
  }

  function down(x, y) {
    at = [x, y];
    if (tool === "eraser") {
      under(x, y, radius, () => true).forEach(take);
      return;
    }
    const answer = answerAt(y), near = under(x, y, reach, (point) => open(point, answer));
    if (near.length) give(near.reduce((best, place) => (away(ground[place], x, y) < away(ground[best], x, y) ? place : best)), answer);
    else if (!under(x, y, SAME, () => true).length) clicked = add(x, y); // a double click is one point
  }

  /** What began as a click becomes a spray, which adds nothing where it finds points to answer. */
  function spray() {
    clicked = false;
    const answer = answerAt(at[1]);
    if (!under(...at, radius, (point) => open(point, answer)).length) return;
    points.pop();
    count -= 1;
    made = null;
  }

  function move(x, y) {
    if (clicked) spray();
    const [fromX, fromY] = at, way = Math.hypot(x - fromX, y - fromY), steps = Math.ceil(way / (radius / 2));
    for (let step = 1; step <= steps; step += 1) dab(fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps, way / steps);
    at = [x, y];
  }

  function dab(x, y, way) {
    if (tool === "eraser") {
      under(x, y, radius, () => true).forEach(take);
      return;
    }
    const answer = answerAt(y), there = under(x, y, radius, (point) => open(point, answer));
    there.forEach((place) => give(place, answer));
    if (there.length) return;
    for (carry += (way / (2 * radius)) * hand.density; carry >= 1; carry -= 1) {
      const turn = 2 * Math.PI * random(), far = radius * Math.sqrt(random());
      add(x + far * Math.cos(turn), y + far * Math.sin(turn));
    }
  }

  return {
    down,
    move,
    get board() {
      made ??= answering({ ...board, drawn: points.filter(Boolean) });
      return made;
    },
    get full() {
      return full;
    },
  };
}
