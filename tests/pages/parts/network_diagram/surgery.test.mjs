import assert from "node:assert/strict";
import test from "node:test";

import { choicesOf, createHand, createLatest, createSurgery, editOf, reachOf } from "../../../../pages/parts/network_diagram/surgery.js";
import { fakeElement, fakePage } from "../live/page.mjs";

fakePage();
globalThis.document.addEventListener = () => {};
globalThis.document.removeEventListener = () => {};
globalThis.document.createElement = (tag) => Object.assign(fakeElement(tag), { focus() {}, remove() {}, getRootNode: () => ({ activeElement: null }) });

const UNIT = { name: "shared layer 1, unit 3", bias: -0.5, weights: [0.25, 3], inputs: ["age", "height"], reads: "" };
const settled = () => new Promise((resolve) => setTimeout(resolve));

function runOf(frame = {}) {
  const state = { edits: [], asked: [], listener: null, frame: { status: "paused", start: 1, step: 8, marks: [], edited: false, ...frame } };
  const channel = {
    get frame() { return state.frame; },
    subscribe: (listener) => ((state.listener = listener), () => (state.listener = null)),
    unit: async (...asked) => (state.asked.push(asked), UNIT),
    command: async (name, value) => (state.edits.push([name, value]), state.answer ?? { ok: true, message: "" }),
  };
  return { state, find: () => ({ channel: () => channel }) };
}

async function opened(frame) {
  const { state, find } = runOf(frame);
  const form = createSurgery(fakeElement(), find);
  form.follow("r");
  form.open({ layer: "trunk.0", of: 4, unit: 2, input: 1 }, () => {});
  await settled();
  const [, units, numbers, values, note, foot] = form.box.children;
  return { state, form, units: units.children[1], number: numbers.children[1], slider: values.children[1], value: values.children[2], note, buttons: foot.children };
}

test("a slider reaches well beyond its number", () => {
  assert.deepEqual([0, -1.5, 1.9, -30, 5000].map(reachOf), [2, 2, 4, 64, 1000]);
});

test("the choices are the bias and a weight for each input, with their values", () => {
  assert.deepEqual(choicesOf(UNIT), [{ value: "", text: "bias: −0.5" }, { value: "0", text: "from age: 0.25" }, { value: "1", text: "from height: 3" }]);
});

test("what is typed becomes an edit, or nothing", () => {
  assert.deepEqual(editOf("trunk.0", 2, "1", "0.5"), { op: "weight", layer: "trunk.0", unit: 2, input: 1, value: 0.5 });
  assert.deepEqual(editOf("trunk.0", 2, "", "-5000"), { op: "weight", layer: "trunk.0", unit: 2, input: null, value: -1000 });
  assert.equal(editOf("trunk.0", 2, "1", ""), null);
  assert.equal(editOf("trunk.0", 2, "1", "x"), null);
});

test("of values that wait only the newest is sent", async () => {
  const sent = [];
  const latest = createLatest(async (value) => (sent.push(value), settled()));
  [1, 2, 3, 4].forEach(latest.add);
  await settled();
  await settled();
  await settled();
  assert.deepEqual([sent, latest.busy], [[1, 4], false]);
});

test("the form shows the number that was pointed at and sends what is done to it", async () => {
  const { state, units, number, slider, value, buttons } = await opened();
  assert.deepEqual(state.asked, [["trunk.0", 2]]);
  assert.deepEqual([units.value, number.value, value.value, slider.value, slider.max], ["2", "1", "3", "3", "4"]);
  slider.value = "1.5";
  slider.oninput();
  await settled();
  value.value = "-2";
  value.onchange();
  for (const button of buttons) {
    await settled();
    button.onclick();
  }
  await settled();
  assert.deepEqual(state.edits.map(([name]) => name), Array(5).fill("edit"));
  assert.deepEqual(state.edits.map(([, edit]) => edit), [
    { op: "weight", layer: "trunk.0", unit: 2, input: 1, value: 1.5 }, { op: "weight", layer: "trunk.0", unit: 2, input: 1, value: -2 },
    { op: "cut", layer: "trunk.0", unit: 2, input: 1 }, { op: "off", layer: "trunk.0", unit: 2 }, { op: "restore" },
  ]);
});

test("a bias cannot be cut, and nothing can be restored before it was edited", async () => {
  const { state, number, value, buttons } = await opened();
  const [cut, off, restore] = buttons;
  assert.deepEqual([cut, off, restore].map(({ disabled }) => disabled), [false, false, true]);
  number.value = "";
  number.onchange();
  assert.deepEqual([value.value, cut.disabled], ["-0.5", true]);
  state.frame = { ...state.frame, edited: true, marks: [{ epoch: 2, text: "off" }] };
  state.listener("frame");
  assert.equal(restore.disabled, false);
});

test("while it trains nothing can be edited, and it says so; what is refused is said too", async () => {
  const { state, units, slider, note, value } = await opened({ status: "playing" });
  assert.deepEqual([units.disabled, slider.disabled], [true, true]);
  assert.match(note.textContent, /Press Pause/);
  state.frame = { ...state.frame, status: "paused" };
  state.listener("frame");
  assert.equal(slider.disabled, false);
  state.answer = { ok: false, message: "A weight should be a number." };
  value.value = "7";
  value.onchange();
  await settled();
  assert.equal(note.textContent, "A weight should be a number.");
});

test("a click on a link opens it; on a button it does not; the layer's own form leads to it too", async () => {
  const { find } = runOf(), stage = fakeElement(), root = Object.assign(fakeElement(), { getRootNode: () => ({ activeElement: null }) });
  const form = { box: fakeElement(), at: { where: "trunk", at: 0 }, close: () => {} };
  form.box.getBoundingClientRect = () => ({ left: 0, top: 0 });
  let under = { kind: "link", layer: "trunk.1", of: 4, unit: 1, input: 0 };
  const hand = createHand(root, { stage, canvas: fakeElement(), form, hit: () => under, layerAt: (where, at) => ({ layer: `${where}.${at}`, of: 4 }), find });
  hand.follow("r");
  const event = (path) => ({ clientX: 1, clientY: 1, composedPath: () => path });
  stage.on.click(event([{ matches: () => true }]));
  assert.equal(hand.box.hidden, true);
  stage.on.click(event([{ matches: () => false }]));
  assert.equal(hand.box.hidden, false);
  await settled();
  hand.close(false);
  under = null;
  stage.on.click(event([]));
  assert.equal(hand.box.hidden, true);
  const button = form.box.children[0].children[0];
  assert.equal(button.textContent, "Edit weights by hand …");
  button.onclick();
  assert.equal(hand.box.hidden, false);
  under = { kind: "unit", layer: "trunk.0", of: 4, unit: 2 };
  stage.on.pointerdown(event([]));
  assert.equal(button.textContent, "Edit weights of unit 3 …");
  await settled();
  hand.stop();
});
