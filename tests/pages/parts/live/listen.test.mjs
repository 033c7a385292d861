import assert from "node:assert/strict";
import test from "node:test";
import { listen } from "../../../../pages/parts/live/listen.js";

test("it waits for the page's connection, hears of frames alone, and stops", () => {
  const heard = [], timers = [];
  let hub, listener, stopped = 0;
  const channel = { frame: null, subscribe: (hear) => ((listener = hear), () => (stopped += 1)) };
  const stop = listen("r", ({ frame }) => heard.push(frame), () => hub, (call) => timers.push(call), () => {});
  assert.equal(timers.length, 1);
  hub = { channel: (run) => (assert.equal(run, "r"), channel) };
  timers.pop()();
  assert.deepEqual(heard, []);
  channel.frame = 1;
  listener("scene");
  assert.deepEqual(heard, []);
  listener("frame");
  assert.deepEqual(heard, [1]);
  stop();
  assert.equal(stopped, 1);
});

test("what is known already is told at once; nobody looks again after the end", () => {
  const heard = [], cancelled = [];
  listen("r", ({ frame }) => heard.push(frame), () => ({ channel: () => ({ frame: 7, subscribe: () => () => {} }) }));
  assert.deepEqual(heard, [7]);
  listen("r", () => {}, () => undefined, () => 42, (timer) => cancelled.push(timer))();
  assert.deepEqual(cancelled, [42]);
});
