import assert from "node:assert/strict";
import { test } from "node:test";
import { readLayers } from "../../../../pages/parts/network_diagram/alive_data.js";
import { layerTitle, legendOf, wordsOf } from "../../../../pages/parts/network_diagram/alive_words.js";
import { snapshot } from "./alive.mjs";

const known = { tasks: ["thal", "disease"], inputs: ["age"], kind: "table" };

for (const [name, title] of [
  ["trunk.0", "shared layer 1"], ["tower1.2", "layer 3 of disease"], ["own.0@1", "layer 1, copy of disease"], ["own0.1", "layer 2, copy of thal"],
  ["expert.1@3", "expert 4, layer 2"], ["level0.expert1@0", "disease's own expert 1, layer 1"], ["output0", "answer of thal"], ["inputs", "inputs"],
]) test(`${name} is called ${title}`, () => assert.equal(layerTitle(name, known.tasks), title));

test("a shared unit says who uses it, most first", () => {
  const layer = readLayers(snapshot()).get("trunk.0");
  assert.deepEqual(wordsOf({ kind: "unit", layer, place: 0 }, known), ["unit 1 of shared layer 1", "says −1 to 1 over the rows", "used by thal 83 %, disease 17 %"]);
  assert.ok(wordsOf({ kind: "unit", layer, place: 3 }, known).includes("used by disease 90 %, thal 10 %"));
});

test("a dead unit, and one of a strip, say so", () => {
  const layer = readLayers(snapshot({ dead: [1], of: 64 })).get("trunk.0"), lines = wordsOf({ kind: "unit", layer, place: 1 }, known);
  assert.ok(lines.includes("dead: it says 0 on every row"));
  assert.ok(lines.includes("one of the 4 strongest of 64 in shared layer 1"));
});

test("a link says its weight, and between which units", () => {
  const layers = readLayers(snapshot()), found = { kind: "link", layer: layers.get("trunk.0"), from: layers.get("inputs"), input: 0, place: 1 };
  assert.deepEqual(wordsOf(found, known), ["weight −0.39", "from age", "into unit 2 of shared layer 1", "click to edit it"]);
  assert.equal(wordsOf({ ...found, from: null }, known)[0], "into unit 2 of shared layer 1");
});

test("the legend names the classes by which histograms are coloured", () => {
  const told = { task: "thal", classes: ["normal", "a very long name of a class"] };
  const items = legendOf({ kind: "table", told });
  assert.deepEqual(items.map(({ text }) => text), ["how often a unit says what, by thal", "normal", "a very long n…"]);
  assert.deepEqual(items.filter(({ sample }) => sample === "class").map(({ at }) => at), [0, 1]);
});

test("the legend tells of what there is", () => {
  const all = { any: true, kind: "curve", input: "x", shared: true, dead: true, few: true };
  assert.deepEqual(legendOf(all).map(({ sample }) => sample), ["line", "picture", "bars", "dead", ""]);
  assert.deepEqual(legendOf({ kind: "map" }).map(({ text }) => text), ["what a unit says over both inputs"]);
  assert.ok(legendOf({ ...all, kind: undefined }).every(({ hint }) => hint));
});
