import assert from "node:assert/strict";
import test from "node:test";

import { layerColor, layerPlace, layerShades, layerWords, ownerColor } from "../../../../pages/parts/live/layer_names.js";

const TASKS = [{ name: "pressure", color: ["#ff0000", "#00ff00"] }, { name: "wind", color: ["#0000ff", "#00ffff"] }];
const THEME = { dark: false, background: [255, 255, 255], text: [0, 0, 0] };

test("names of layers say whose they are and how deep", () => {
  assert.deepEqual(layerPlace("trunk.2"), { kind: "trunk", task: null, depth: 2, output: false });
  assert.deepEqual(layerPlace("tower12.0"), { kind: "tower", task: 12, depth: 0, output: false });
  assert.deepEqual(layerPlace("output1"), { kind: "output", task: 1, depth: 0, output: true });
  for (const other of ["", "tower", "expert.0 ", "trunk.x"].filter((name) => name !== "tower")) assert.equal(layerPlace(other), null);
});

test("layers in words", () => {
  assert.equal(layerWords("trunk.0", TASKS), "layer 1, shared");
  assert.equal(layerWords("tower1.1", TASKS), "layer 2 of wind");
  assert.equal(layerWords("output0", TASKS), "output of pressure");
  assert.equal(layerWords("output7", TASKS), "output of task 8");
  assert.equal(layerWords("else", TASKS), "else");
});

test("the deeper of one owner the stronger; an only layer and outputs in full", () => {
  assert.deepEqual(layerShades(["trunk.0", "trunk.1", "trunk.2", "tower0.0", "output0", "gate"]), [0, 0.5, 1, 1, 1, 1]);
  assert.deepEqual(layerShades([]), []);
});

test("colours are the owner's, or the text's where all share", () => {
  assert.deepEqual(ownerColor("tower1.0", TASKS, THEME), [0, 0, 255]);
  assert.deepEqual(ownerColor("output0", TASKS, { ...THEME, dark: true }), [0, 255, 0]);
  for (const name of ["trunk.0", "gate", "tower9.0"]) assert.deepEqual(ownerColor(name, TASKS, THEME), [0, 0, 0]);
  assert.deepEqual(layerColor("output0", 1, TASKS, THEME), [255, 0, 0]);
  const light = layerColor("output0", 0, TASKS, THEME);
  assert.ok(light[1] > 100 && light[1] < 255, "never as light as the paper");
});

test("layers of other architectures have names of their own", () => {
  const tasks = [{ name: "a" }, { name: "b" }];
  const words = (name) => layerWords(name, tasks);
  assert.deepEqual(["own1.0", "own.1", "expert.0", "level1.expert0", "gate0", "gate", "level0.gate1", "stitch.1", "mask1.0.in", "skip0"].map(words), [
    "layer 1, copy of b", "layer 2, all copies", "experts' layer 1", "layer 2 of the experts of a", "gate of a", "gate of all tasks",
    "gate after layer 1 of b", "stitch after layer 2", "mask 1 of b", "mixture of layers of a",
  ]);
  assert.equal(layerPlace("gate1").output, true);
});
