import assert from "node:assert/strict";
import test from "node:test";

import { createUnits, nearestUnit, unitCurves, unitsText, fitsBehind } from "../../../../pages/parts/live/units.js";
import { fakePage, fakeSizes } from "./page.mjs";

fakePage();
const coded = (...bytes) => btoa(String.fromCharCode(...bytes));

test("bytes become values between a layer's lowest and highest", () => {
  assert.deepEqual([...unitCurves({ bytes: coded(0, 255, 51), low: -1, high: 4 })], [-1, 4, 0]);
  assert.deepEqual([...unitCurves({ bytes: coded(0, 0), low: 2, high: 2 })], [2, 2]);
  assert.deepEqual([...unitCurves({ low: 0, high: 1 })], []);
});

test("the curve nearest to the pointer, between places of the grid too", () => {
  const values = [0, 0, 10, /* and */ 5, 5, 5];
  assert.deepEqual(nearestUnit(values, 2, 0, 1), { unit: 0, far: 1 });
  assert.deepEqual(nearestUnit(values, 2, 0, 4), { unit: 1, far: 1 });
  assert.deepEqual(nearestUnit(values, 2, 0.75, 5), { unit: 0, far: 0 });
  assert.deepEqual(nearestUnit(values, 2, 1, 11), { unit: 0, far: 1 });
  assert.deepEqual(nearestUnit(values, 2, 7, 11), { unit: 0, far: 1 }, "beyond the end");
  assert.deepEqual(nearestUnit([3, 8], 2, 0.5, 7), { unit: 1, far: 1 }, "a grid of one");
  assert.equal(nearestUnit([NaN, NaN], 1, 0, 0).unit, -1);
  assert.equal(nearestUnit([], 0, 0, 0).unit, -1);
});

test("how many of a layer's units are drawn", () => {
  assert.deepEqual([unitsText(24, 128), unitsText(8, 8), unitsText(1, 1)], ["24 of 128 units", "8 units", "1 unit"]);
});

const SCENE = { tasks: [{ name: "a", color: ["#000", "#fff"] }], view: { kind: "curve", x: [0, 1, 2, 3], input: { name: "x" }, known: null } };
const layer = (name, units) => ({ name, units, of: 8, low: 0, high: 1, bytes: coded(...units.flatMap(() => [0, 255])) });
const news = (units) => ({ frame: { status: "paused", view: { units } }, now: 0, interval: 200, calm: false });

test("charts come with the first frame that has curves, stay while its layers do, and end with them", () => {
  const sizes = fakeSizes();
  const units = createUnits(SCENE, sizes, () => {});
  const grid = units.element.find("tiles");
  assert.match(grid.textContent, /on their way/);
  units.update(news(undefined));
  assert.match(grid.textContent, /on their way/, "frames without curves");
  units.update(news([layer("trunk.0", [0, 7]), layer("output0", [0])]));
  const [first] = grid.children;
  assert.equal(grid.children.length, 2);
  assert.match(first.textContent, /layer 1, shared2 of 8 units/);
  units.update(news([layer("trunk.0", [0, 7]), layer("output0", [0])]));
  assert.equal(grid.children[0], first);
  units.update(news([layer("trunk.0", [0, 3, 7])]));
  assert.notEqual(grid.children[0], first);
  assert.equal(sizes.held.size, 1);
  units.stop();
  assert.equal(sizes.held.size, 0);
});

test("with another input than one number it says why there are none", () => {
  const units = createUnits({ ...SCENE, view: { kind: "map", inputs: [] } }, fakeSizes(), () => {});
  units.update(news([layer("trunk.0", [0])]));
  assert.match(units.element.textContent, /where the only input is one number/);
});

test("behind a shared layer stand all fits, behind a task's own its own, behind an output none; each fills the height", () => {
  const tasks = [[{ label: "a", mean: [0, 9, 2, 9, 4] }], [{ label: "b", mean: [5, 9, 5, 9, 5] }]];
  assert.deepEqual(fitsBehind("trunk.0", tasks), [{ task: 0, values: [0, 0.5, 1] }, { task: 1, values: [0.5, 0.5, 0.5] }]);
  assert.deepEqual(fitsBehind("tower1.0", tasks).map(({ task }) => task), [1]);
  assert.deepEqual(fitsBehind("output0", tasks), []);
  assert.deepEqual(fitsBehind("trunk.0", undefined), []);
});
