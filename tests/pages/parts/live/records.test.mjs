import assert from "node:assert/strict";
import test from "node:test";

import { mergeFrame, NO_HISTORY } from "../../../../pages/parts/live/records.js";

const records = (from, to) => Array.from({ length: to - from }, (_, at) => ({ epoch: from + at }));
const epochs = ({ history }) => history.records.map(({ epoch }) => epoch);

test("frames in order make one history", () => {
  let merged = mergeFrame(NO_HISTORY, { start: 1, from: 0, records: records(0, 3) });
  merged = mergeFrame(merged.history, { start: 1, from: 3, records: records(3, 5) });
  assert.deepEqual(epochs(merged), [0, 1, 2, 3, 4]);
});

test("after a reconnection nothing is there twice and nothing is missing", () => {
  const held = { start: 1, records: records(0, 5) };
  assert.deepEqual(epochs(mergeFrame(held, { start: 1, from: 5, records: records(5, 7) })), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(epochs(mergeFrame(held, { start: 1, from: 3, records: records(3, 7) })), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(epochs(mergeFrame(held, { start: 1, from: 0, records: records(0, 7) })), [0, 1, 2, 3, 4, 5, 6]);
});

test("a gap is told and nothing is added", () => {
  const held = { start: 1, records: records(0, 5) };
  const merged = mergeFrame(held, { start: 1, from: 7, records: records(7, 9) });
  assert.equal(merged.gap, true);
  assert.deepEqual(epochs(merged), [0, 1, 2, 3, 4]);
  assert.equal(mergeFrame(held, { start: 2, from: 5, records: [] }).gap, true);
});

test("a new start forgets, an old one is late", () => {
  const held = { start: 2, records: records(0, 5) };
  assert.deepEqual(epochs(mergeFrame(held, { start: 3, from: 0, records: records(0, 1) })), [0]);
  const late = mergeFrame(held, { start: 1, from: 5, records: records(5, 6) });
  assert.equal(late.late, true);
  assert.equal(late.history, held);
});

test("a frame without records changes nothing, and what is held is never written to", () => {
  const held = Object.freeze({ start: 1, records: Object.freeze(records(0, 2)) });
  assert.equal(mergeFrame(held, { start: 1, from: 2, records: [] }).history, held);
  assert.equal(mergeFrame(held, { start: 1, from: 0, records: [] }).history, held);
  mergeFrame(held, { start: 1, from: 2, records: records(2, 3) });
  assert.equal(held.records.length, 2);
});
