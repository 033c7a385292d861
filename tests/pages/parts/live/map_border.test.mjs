import assert from "node:assert/strict";
import test from "node:test";

import { classBorder, mapBorder, thresholdBorder } from "../../../../pages/parts/live/map_border.js";

/** [[x, y, x, y] …] of a line with gaps. */
function pieces(line) {
  const found = [];
  for (let at = 0; at < line.length; at += 6) {
    assert.ok(Number.isNaN(line[at + 4]) && Number.isNaN(line[at + 5]), "pieces end");
    found.push(line.slice(at, at + 4));
  }
  return found;
}

const grid = (n, of) => Array.from({ length: n * n }, (_, at) => of(at % n, Math.floor(at / n)));
const ends = (found, axis) => found.flatMap((piece) => [piece[axis], piece[axis + 2]]);

test("a slope is crossed where it has the threshold's value, from rim to rim", () => {
  const found = pieces(thresholdBorder(grid(4, (x) => 10 * x), 4, 12.5));
  assert.ok(ends(found, 0).every((x) => Math.abs(x - 1.25) < 1e-9));
  assert.deepEqual([Math.min(...ends(found, 1)), Math.max(...ends(found, 1))], [-0.5, 3.5]);
});

test("a round hill has a closed ring", () => {
  const n = 21;
  const found = pieces(thresholdBorder(grid(n, (x, y) => -Math.hypot(x - 10, y - 10)), n, -6));
  for (const [x, y, x2, y2] of found) for (const [a, b] of [[x, y], [x2, y2]]) assert.ok(Math.abs(Math.hypot(a - 10, b - 10) - 6) < 0.1);
  const met = new Map();
  for (const [x, y, x2, y2] of found) for (const key of [`${x.toFixed(6)} ${y.toFixed(6)}`, `${x2.toFixed(6)} ${y2.toFixed(6)}`]) met.set(key, (met.get(key) ?? 0) + 1);
  assert.ok(found.length > 20 && [...met.values()].every((count) => count % 2 === 0), "no end is loose");
});

test("a saddle is joined the way its middle says", () => {
  const cutOff = (low) => pieces(thresholdBorder([1, low, low, 1], 2, 0)).filter((piece) => piece.every((value) => value > 0 && value < 1 || [0, 1].includes(value)));
  const sums = (found) => found.map(([x, y, x2, y2]) => x + y + x2 + y2);
  assert.ok(cutOff(-0.5).length === 2 && cutOff(-2).length === 2);
  assert.ok(sums(cutOff(-2)).every((sum) => sum < 1 || sum > 3), "the high corners are islands");
  assert.ok(sums(cutOff(-0.5)).every((sum) => sum > 1 && sum < 3), "the low corners are");
});

test("what is never crossed has no border", () => {
  for (const value of [0, 100]) assert.deepEqual(thresholdBorder(grid(3, () => value), 3, 50), []);
  assert.deepEqual(classBorder(new Uint8Array(9).fill(0x2f), 3), []);
});

test("between classes the border lies nearer to the less sure side; with three it is complete", () => {
  const sure = Uint8Array.from(grid(4, (x) => (x < 2 ? 0x0f : 0x13)));
  const xs = ends(pieces(classBorder(sure, 4)), 0);
  assert.ok(xs.length && xs.every((x) => x > 1.5 && x < 2));
  const three = Uint8Array.from(grid(6, (x, y) => (y < 2 ? 0x0f : x < 3 ? 0x1f : 0x2f)));
  const found = pieces(classBorder(three, 6));
  const near = (x, y) => found.some((piece) => Math.abs((piece[0] + piece[2]) / 2 - x) < 0.6 && Math.abs((piece[1] + piece[3]) / 2 - y) < 0.6);
  for (const [x, y] of [[0, 1.5], [5, 1.5], [2.5, 3], [2.5, 5]]) assert.ok(near(x, y), `${x} ${y}`);
  assert.ok(!near(0.5, 4) && !near(4.5, 4) && !near(2.5, 0));
});

test("each kind of task has its border", () => {
  const slope = Uint8Array.from(grid(2, (x) => 255 * x));
  const xOf = (line) => pieces(line)[0][0];
  assert.ok(Math.abs(xOf(mapBorder("binary", slope)) - 0.5) < 1e-9);
  assert.ok(Math.abs(xOf(mapBorder("regression", slope, { low: 10, high: 20, middle: 12 })) - 0.2) < 1e-6, "its own low and high count");
  assert.deepEqual(mapBorder("regression", slope, { low: 10, high: 20, middle: 40 }), [], "never as high as that");
  assert.deepEqual(mapBorder("regression", slope, { low: 3, high: 3, middle: 3 }), []);
  assert.ok(mapBorder("multiclass", Uint8Array.from([0x0f, 0x1f, 0x0f, 0x1f])).length);
  assert.deepEqual(mapBorder("binary", new Uint8Array()), []);
});
