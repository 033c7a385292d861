import assert from "node:assert/strict";
import { test } from "node:test";
import { askedOfGrip, askedOfHistory, askedOfLayer, writes } from "../../../../pages/parts/network_diagram/keys.js";

const press = (key, ...held) => ({ key, ...Object.fromEntries(held.map((name) => [`${name}Key`, true])) });

test("arrows change a layer's units, with Alt the branch point", () => {
  assert.deepEqual(askedOfLayer({ altKey: false, ...press("ArrowUp") }), { ask: "step", by: 1, fine: undefined });
  assert.deepEqual(askedOfLayer(press("ArrowLeft", "shift")), { ask: "step", by: -1, fine: true });
  assert.deepEqual(askedOfLayer(press("ArrowLeft", "alt")), { ask: "share", by: -1 });
  assert.deepEqual(askedOfLayer(press("ArrowRight", "alt")), { ask: "share", by: 1 });
});

test("plus adds, Delete removes, and all else is left to the browser", () => {
  assert.deepEqual([askedOfLayer(press("+")), askedOfLayer(press("Insert"))], [{ ask: "add" }, { ask: "add" }]);
  assert.deepEqual(askedOfLayer(press("Delete")), { ask: "remove" });
  for (const one of [press("Enter"), press("Tab"), press("a"), press("+", "ctrl"), press("a", "alt")]) assert.equal(askedOfLayer(one), null);
});

test("a branch goes by arrows, Home and End, no further than there are layers", () => {
  assert.equal(askedOfGrip(press("ArrowLeft"), 2, 2), 1);
  assert.equal(askedOfGrip(press("ArrowRight"), 2, 2), 2);
  assert.equal(askedOfGrip(press("Home"), 2, 2), 0);
  assert.equal(askedOfGrip(press("End"), 0, 2), 2);
  assert.equal(askedOfGrip(press("Tab"), 2, 2), null);
});

test("undo and redo by their usual keys", () => {
  assert.equal(askedOfHistory(press("z", "ctrl")), "undo");
  assert.equal(askedOfHistory(press("z", "meta")), "undo");
  assert.equal(askedOfHistory(press("Z", "ctrl", "shift")), "redo");
  assert.equal(askedOfHistory(press("y", "ctrl")), "redo");
  for (const one of [press("z"), press("z", "ctrl", "alt"), press("x", "ctrl")]) assert.equal(askedOfHistory(one), null);
});

test("keys in a text are the text's", () => {
  assert.ok(writes({ localName: "input", type: "text" }) && writes({ localName: "textarea" }) && writes({ localName: "div", isContentEditable: true }));
  assert.ok(!writes({ localName: "input", type: "range" }) && !writes({ localName: "button" }) && !writes(null));
});
