import assert from "node:assert/strict";
import test from "node:test";
import { closeParts, partOf } from "../../../../pages/parts/room_bar/closing.js";

const box = (className) => ({
  className, title: "", children: [{ inert: false }, { inert: false }],
  removeAttribute() { this.title = ""; },
});

test("a container's class says which part it is", () => {
  assert.equal(partOf("stVerticalBlock st-key-part-weighting-panel st-emotion-x"), "weighting");
  assert.equal(partOf("st-key-particle st-key-more"), "");
});

test("what is closed can be opened again, and says why it is closed", () => {
  const [data, network] = [box("st-key-part-data-playground"), box("a st-key-part-network-wide")];
  const root = { querySelectorAll: () => [data, network] };
  closeParts(root, ["data"], "Locked.");
  assert.deepEqual([data.children[1].inert, data.title, network.children[0].inert], [true, "Locked.", false]);
  closeParts(root, [], "");
  assert.deepEqual([data.children[1].inert, data.title], [false, ""]);
});
