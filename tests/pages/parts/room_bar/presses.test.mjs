import assert from "node:assert/strict";
import test from "node:test";
import { createPresses } from "../../../../pages/parts/room_bar/presses.js";

function made() {
  const sent = [], timers = [];
  const presses = createPresses((all) => sent.push(all.map(({ name, n }) => `${name} ${n}`)), 0, (call) => timers.push(call) - 1, (at) => at !== null && (timers[at] = null));
  return { presses, sent, tick: () => timers.findLast((call) => call)?.() };
}

test("presses keep their order, and one that overtakes another takes it along", () => {
  const { presses, sent } = made();
  presses.put("follow");
  presses.put("push");
  assert.deepEqual(sent, [["follow 1"], ["follow 1", "push 2"]]);
});

test("what was heard of is not sent again, what was not is", () => {
  const { presses, sent, tick } = made();
  presses.put("follow");
  presses.put("push");
  presses.heard(1);
  tick();
  assert.deepEqual(sent.at(-1), ["push 2"]);
  presses.heard(2);
  assert.deepEqual(presses.waiting, []);
});

test("a server that never answers is left alone at last", () => {
  const { presses, sent, tick } = made();
  presses.put("push");
  for (let each = 0; each < 9; each += 1) tick();
  assert.equal(sent.length, 5);
  assert.deepEqual(presses.waiting, []);
});
