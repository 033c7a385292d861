import assert from "node:assert/strict";
import { test } from "node:test";
import { draggedPlace, draggedWidth, follow } from "../../../../pages/parts/network_diagram/drag.js";

test("up is more and down is less, by powers of two, within what there may be", () => {
  assert.equal(draggedWidth(64, -56, 1024), 128);
  assert.equal(draggedWidth(64, 56, 1024), 32);
  assert.equal(draggedWidth(64, -5000, 1024), 1024);
  assert.equal(draggedWidth(64, 5000, 1024), 1);
  assert.equal(draggedWidth(64, 0, 1024), 64);
});

test("few units go one by one, and all do when it is to be fine", () => {
  assert.equal(draggedWidth(1, -9, 1024), 2);
  assert.equal(draggedWidth(1, -27, 1024), 4);
  assert.equal(draggedWidth(500, -18, 1024, true), 502);
});

test("places go by whole layers and stop at both ends", () => {
  assert.equal(draggedPlace(2, -40, 90, 0, 3), 2);
  assert.equal(draggedPlace(2, -50, 90, 0, 3), 1);
  assert.equal(draggedPlace(2, -500, 90, 0, 3), 0);
  assert.equal(draggedPlace(2, 500, 90, 0, 3), 3);
});

/** A window that hears what a pointer does. */
function world() {
  const heard = new Map(), calls = [];
  globalThis.addEventListener = (name, act, { signal } = {}) => {
    heard.set(name, act);
    signal?.addEventListener("abort", () => heard.delete(name));
  };
  globalThis.removeEventListener = (name) => heard.delete(name);
  const acts = { moved: (...way) => calls.push(["moved", ...way]), dropped: () => calls.push(["dropped"]), left: () => calls.push(["left"]) };
  const press = { button: 0, isPrimary: true, pointerId: 1, clientX: 100, clientY: 100 };
  const tell = (name, fields = {}) => heard.get(name)?.({ pointerId: 1, stopPropagation() {}, preventDefault() {}, ...fields });
  return { heard, calls, acts, press, tell };
}

test("a press that trembles is a click", () => {
  const { calls, acts, press, tell, heard } = world();
  follow(press, acts);
  tell("pointermove", { clientX: 102, clientY: 101, shiftKey: false });
  tell("pointerup");
  assert.deepEqual(calls, []);
  assert.equal(heard.has("click"), false);
});

test("a drag tells its way, ends once, and is no click", async () => {
  const { calls, acts, press, tell, heard } = world();
  follow(press, acts);
  tell("pointermove", { pointerId: 2, clientX: 0, clientY: 0 });
  tell("pointermove", { clientX: 100, clientY: 80, shiftKey: true });
  tell("pointerup");
  tell("pointerup");
  assert.deepEqual(calls, [["moved", 0, -20, true], ["dropped"]]);
  assert.equal(heard.has("click"), true);
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(heard.has("click"), false);
});

test("Escape, and a finger that the browser takes to scroll, leave all as it was", () => {
  for (const [name, fields] of [["keydown", { key: "Escape" }], ["pointercancel", {}]]) {
    const { calls, acts, press, tell } = world();
    follow(press, acts);
    tell("pointermove", { clientX: 150, clientY: 100 });
    tell(name, fields);
    assert.deepEqual(calls.at(-1), ["left"]);
  }
});

test("other buttons and second fingers hold nothing", () => {
  const { heard, acts, press } = world();
  follow({ ...press, button: 2 }, acts);
  follow({ ...press, isPrimary: false }, acts);
  assert.equal(heard.size, 0);
});
