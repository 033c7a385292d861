import assert from "node:assert/strict";
import test from "node:test";
import { createPost } from "../../../../pages/parts/timeline/post.js";

function made() {
  const sent = [], timers = [], log = { lost: 0 };
  const later = (call) => timers.push(call) - 1;
  const post = createPost((what, n) => sent.push([what, n]), () => (log.lost += 1), 0, later, (at) => at !== null && (timers[at] = null));
  return { post, sent, log, tick: () => timers.findLast((call) => call)?.() };
}

test("the newest counts: an answer to an older one does not end the wait", () => {
  const { post, sent } = made();
  post.put("a");
  post.put("b");
  assert.deepEqual(sent, [["a", 1], ["b", 2]]);
  post.heard(1);
  assert.ok(post.waiting);
  post.heard(2);
  assert.ok(!post.waiting);
});

test("what is lost is sent again, and given up at last", () => {
  const { post, sent, log, tick } = made();
  post.put("a");
  tick();
  tick();
  assert.equal(sent.length, 3);
  tick();
  assert.equal(log.lost, 1);
  assert.ok(!post.waiting);
});
