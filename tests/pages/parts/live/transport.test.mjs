import assert from "node:assert/strict";
import test from "node:test";

import { backOf, commandOf, isTaken } from "../../../../pages/parts/live/keys.js";
import { SPEEDS, speedStop, speedText } from "../../../../pages/parts/live/speeds.js";
import { isAllowed, playingOf } from "../../../../pages/parts/live/transport.js";

test("keys mean commands, unless a modifier is held", () => {
  assert.equal(commandOf({ key: " " }), "toggle");
  assert.equal(commandOf({ key: "ArrowRight" }), "step");
  assert.equal(commandOf({ key: "ArrowRight", shiftKey: true }), "epoch");
  assert.equal(commandOf({ key: "ArrowLeft" }), "back");
  assert.equal(commandOf({ key: "r" }), "rewind");
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) assert.equal(commandOf({ key: "r", [modifier]: true }), null);
  assert.equal(commandOf({ key: " ", repeat: true }), null);
  assert.equal(commandOf({ key: "a" }), null);
});

test("back rewinds what is at rest, and only pauses what is training", () => {
  assert.equal(backOf(true), "pause");
  assert.equal(backOf(false), "rewind");
});

test("keys belong to fields always, to buttons reached with Tab, and of sliders the arrows alone", () => {
  const parts = (selector) => selector.split(/,(?![^(]*\))/).map((part) => part.trim());
  const element = (kind) => ({ matches: (selector) => parts(selector).includes(kind) });
  const text = parts("input:not([type=range], [type=checkbox], [type=radio], [type=button])")[0];
  for (const key of [" ", "ArrowRight", "r"]) {
    for (const field of [text, "textarea", "[role=combobox]"]) assert.equal(isTaken(key, [element(field), {}], true), true, `${key} ${field}`);
  }
  assert.equal(isTaken(" ", [element("button")], false), true);
  assert.equal(isTaken(" ", [element("button")], true), false);
  assert.equal(isTaken("ArrowRight", [element("button")], false), false);
  for (const slider of ["[role=slider]", "input[type=range]"]) {
    assert.equal(isTaken(" ", [element(slider)], false), false);
    assert.equal(isTaken("ArrowLeft", [element(slider)], true), true);
    assert.equal(isTaken("r", [element(slider)], false), false);
  }
  for (const box of ["input[type=checkbox]", "[role=switch]"]) assert.equal(isTaken(" ", [element(box)], true), true);
});

test("while the page waits for a choice, what runs can be paused and nothing else be done", () => {
  for (const command of ["toggle", "back", "step", "epoch", "rewind", "restart"]) {
    assert.equal(isAllowed(command, "", false), true);
    assert.equal(isAllowed(command, "", true, true), false);
    assert.equal(isAllowed(command, "Mark a task.", false), false);
    assert.equal(isAllowed(command, "Mark a task.", true), ["toggle", "back"].includes(command));
  }
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
