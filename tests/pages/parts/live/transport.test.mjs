import assert from "node:assert/strict";
import test from "node:test";

import { commandOf, isTaken } from "../../../../pages/parts/live/keys.js";
import { SPEEDS, speedStop, speedText } from "../../../../pages/parts/live/speeds.js";
import { playingOf } from "../../../../pages/parts/live/transport.js";

test("keys mean commands, unless a modifier is held", () => {
  assert.equal(commandOf({ key: " " }), "toggle");
  assert.equal(commandOf({ key: "ArrowRight" }), "step");
  assert.equal(commandOf({ key: "ArrowRight", shiftKey: true }), "epoch");
  assert.equal(commandOf({ key: "ArrowLeft" }), "rewind");
  assert.equal(commandOf({ key: "r" }), "rewind");
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) assert.equal(commandOf({ key: "r", [modifier]: true }), null);
  assert.equal(commandOf({ key: " ", repeat: true }), null);
  assert.equal(commandOf({ key: "a" }), null);
});

test("keys belong to fields always, and to buttons reached with Tab", () => {
  const element = (tag) => ({ matches: (selector) => selector.split(",").some((part) => part.trim() === tag) });
  assert.equal(isTaken("ArrowRight", [element("input"), {}], true), true);
  assert.equal(isTaken("r", [element("textarea")], true), true);
  assert.equal(isTaken(" ", [element("button")], false), true);
  assert.equal(isTaken(" ", [element("button")], true), false);
  assert.equal(isTaken("ArrowRight", [element("button")], false), false);
});

test("speeds", () => {
  assert.equal(SPEEDS[speedStop(60)].word, "normal");
  assert.equal(SPEEDS[speedStop(null)].value, null);
  assert.equal(SPEEDS[speedStop(90)].value, 60);
  assert.deepEqual(SPEEDS.map(speedText).slice(0, 2), ["1 step/s", "5 steps/s"]);
});

test("a click is believed until the server answers or the time is up", () => {
  const frame = { status: "paused" };
  assert.equal(playingOf(frame, { playing: true, until: 10 }, 5), true);
  assert.equal(playingOf(frame, { playing: true, until: 10 }, 15), false);
  assert.equal(playingOf({ status: "playing" }, null, 0), true);
  assert.equal(playingOf(null, null, 0), false);
});
