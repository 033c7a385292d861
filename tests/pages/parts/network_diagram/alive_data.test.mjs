import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded, layerName, readLayers, shares } from "../../../../pages/parts/network_diagram/alive_data.js";
import { coded } from "./alive.mjs";

test("a layer is read as numbers", () => {
  const layers = readLayers({ layers: [
    { name: "inputs", of: 1, units: [0], response: coded([0, 255]), low: [0], high: [1] },
    { name: "trunk.0", of: 3, units: [0, 1, 2], from: "inputs", inputs: [0], scale: 2, weights: coded([127, -127, 64]), response: coded([1, 2, 3, 4, 5, 6]), low: [0, 0, 0], high: [1, 1, 1], dead: [2], use: coded([255, 0, 10]) },
  ] });
  const { weights, each, sources, dead, use, pull, count } = layers.get("trunk.0");
  assert.deepEqual([...weights].map((value) => Math.round(100 * value)), [100, -100, 50]);
  assert.deepEqual([each, sources, count, [...dead], [...use], pull], [2, 1, 3, [2], [255, 0, 10], null]);
  assert.equal(layers.get("inputs").weights, null);
  assert.equal(readLayers(undefined).size, 0);
  assert.deepEqual([...decoded("")], []);
});

for (const [id, sharing, name] of [
  ["inputs", "hard", "inputs"], ["trunk:1", "hard", "trunk.1"], ["task2:0", "mmoe", "tower2.0"], ["task0:out", "hard", "output0"],
  ["trunk:1@0", "cross-stitch", "own.1@0"], ["trunk:1@2", "sluice", "own.1@2"], ["trunk:0@1", "separate", "own1.0"], ["trunk:0@1", "soft", "own1.0"],
  ["trunk:1@3", "mmoe", "expert.1@3"], ["trunk:1@0.0", "cgc", "expert0.1@0"], ["trunk:1@2", "ple", "level1.expert@2"], ["trunk:0@1.0", "ple", "level0.expert1@0"],
  ["trunk:fold1", "hard", ""], ["gate0", "mmoe", ""], ["join1", "hierarchical", ""],
]) test(`the box ${id} of ${sharing} is ${name || "no layer"}`, () => assert.equal(layerName(id, sharing), name));

test("shares add up to 1, beside the layer's largest", () => {
  const bytes = Uint8Array.from([200, 30, 0, 50, 10, 0]); // two tasks, three units
  assert.deepEqual(shares(bytes, 0, 3), { parts: [0.8, 0.2], size: 1 });
  assert.deepEqual(shares(bytes, 1, 3), { parts: [0.75, 0.25], size: 0.16 });
  assert.deepEqual(shares(bytes, 2, 3), { parts: [0, 0], size: 0 });
});
