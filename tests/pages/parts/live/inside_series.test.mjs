import assert from "node:assert/strict";
import test from "node:test";

import { createInside, extendInside, layersWith, powerLimits } from "../../../../pages/parts/live/inside_series.js";

const record = (epoch, ...layers) => ({ epoch, layers: layers.map(([name, gradient, dead, saturated]) => ({ name, gradient, dead, saturated })) });

test("records become columns, NaN where a layer has no such number", () => {
  const columns = extendInside(createInside(), [record(0, ["trunk.0", null, 0.5, null], ["output0", null]), record(1, ["trunk.0", 2, 0, null], ["output0", 3])]);
  assert.deepEqual(columns.epoch, [0, 1]);
  assert.deepEqual(columns.layers.get("trunk.0"), { gradient: [NaN, 2], dead: [0.5, 0], saturated: [NaN, NaN] });
  assert.deepEqual(columns.layers.get("output0"), { gradient: [NaN, 3], dead: [NaN, NaN], saturated: [NaN, NaN] });
  assert.deepEqual(layersWith(columns, "gradient"), ["trunk.0", "output0"]);
  assert.deepEqual(layersWith(columns, "dead"), ["trunk.0"]);
  assert.deepEqual(layersWith(columns, "saturated"), []);
});

test("only what is new is added; layers that come later or are missing have gaps", () => {
  const records = [record(0, ["a", 1, 0])];
  const columns = extendInside(createInside(), records);
  const held = columns.layers.get("a").gradient;
  records.push(record(1, ["b", 2, 0]), { epoch: 2 });
  extendInside(columns, records);
  assert.equal(columns.layers.get("a").gradient, held);
  assert.deepEqual([held, columns.layers.get("b").gradient], [[1, NaN, NaN], [NaN, 2, NaN]]);
});

test("records that are taken back go, and with all of them the layers", () => {
  const first = record(0, ["a", 1, 0]);
  const columns = extendInside(createInside(), [first, record(1, ["a", 2, 0]), record(2, ["a", 3, 0])]);
  extendInside(columns, [first, record(1, ["a", 9, 0])]);
  assert.deepEqual([columns.epoch, columns.layers.get("a").gradient], [[0, 1], [1, 9]]);
  extendInside(columns, [record(0, ["b", 4, 0])]);
  assert.deepEqual([[...columns.layers.keys()], columns.layers.get("b").gradient, columns.epoch], [["b"], [4], [0]]);
  extendInside(columns, []);
  assert.deepEqual([columns.held, columns.epoch, columns.layers.size], [[], [], 0]);
});

test("a logarithmic axis holds every positive number, over two powers at least", () => {
  const [low, high] = powerLimits([[1, 0.001, NaN, 0, -4], [20, Infinity]]);
  assert.ok(low <= -3 && low > -3.5 && high >= Math.log10(20) && high < 1.8);
  const [from, to] = powerLimits([[0.5, 0.4]]);
  assert.ok(Math.abs(to - from - 2) < 1e-9 && to >= Math.log10(0.5));
  assert.ok(powerLimits([[1, 1e-40]])[0] >= -14);
  assert.deepEqual(powerLimits([[NaN, 0]]), [-3, 0]);
  assert.deepEqual(powerLimits([]), [-3, 0]);
});
