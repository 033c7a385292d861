import assert from "node:assert/strict";
import test from "node:test";
import { newsOf } from "../../../../pages/parts/walkthrough/news.js";

test("another step, an earlier moment and a changed weight are other states", () => {
  const frame = { step: 7, version: 1, start: 2, looking: null, now: null };
  const frames = [frame, { ...frame }, { ...frame, step: 9, looking: { step: 3 } }, { ...frame, now: { train: [{ loss: [1, 1, 1] }] } }];
  const heard = frames.map((each) => newsOf({ frame: each })), states = heard.map(({ state }) => state);
  assert.deepEqual(heard.map(({ step }) => step), [7, 7, 3, 7]);
  assert.equal(states[0], states[1]);
  assert.equal(new Set(states).size, 3);
});
