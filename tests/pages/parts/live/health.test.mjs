import assert from "node:assert/strict";
import test from "node:test";

import { createHealth, numberedEnds, onFloor, shareText } from "../../../../pages/parts/live/health.js";
import { fakePage, fakeSizes } from "./page.mjs";

fakePage();

test("on a log axis exactly zero lies on the floor, and what is not known nowhere", () => {
  const scale = (value) => 100 - 10 * Math.log10(value);
  assert.equal(onFloor(0, scale, 200), 200);
  assert.equal(onFloor(10, scale, 200), 90);
  assert.ok(Number.isNaN(onFloor(NaN, scale, 200)));
});

test("shares in words", () => {
  assert.deepEqual([0, 0.001, 0.12, 0.996, 1, NaN, null].map(shareText), ["0 %", "<1 %", "12 %", "100 %", "100 %", "–", "–"]);
});

test("layers that share a colour have their number at the end of their line, where there is room", () => {
  const texts = (ends) => numberedEnds(ends.map(([name, y]) => ({ name, x: 7, y }))).map(({ text, y }) => [text, y]);
  assert.deepEqual(texts([["trunk.0", 10], ["trunk.1", 30], ["trunk.2", 35], ["trunk.3", 45]]), [["1", 10], ["2–3", 30], ["4", 45]]);
  assert.deepEqual(texts([["trunk.0", 90], ["trunk.1", 90], ["trunk.2", 90]]), [["1–3", 90]], "one on the other");
  assert.deepEqual(texts([["trunk.0", 90], ["trunk.1", 50], ["trunk.2", 90]]), [["1", 90], ["2", 50]], "not what it would not be");
  assert.deepEqual(texts([["trunk.0", 10], ["tower0.0", 30], ["output0", 60]]), [], "each has a colour of its own");
  assert.deepEqual(texts([["tower1.0", 10], ["tower1.1", 30], ["trunk.0", 60]]), [["1", 10], ["2", 30]]);
  assert.deepEqual(texts([["trunk.0", NaN], ["trunk.1", undefined], ["trunk.2", 5], ["trunk.3", 50]]), [["3", 5], ["4", 50]]);
});

const layer = (name, more = {}) => ({ name, gradient: 1, ...more });
const news = (records, start = 1) => ({ history: { start, records }, frame: { status: "paused", marks: [], epochs: 10 }, now: 0, interval: 200, calm: false });

test("the legend names each layer once; a chart without anything to show is left out", () => {
  const sizes = fakeSizes();
  const health = createHealth({ epochs: 10, tasks: [{ name: "a", color: ["#000", "#fff"] }] }, sizes, () => {});
  const [, saturated] = health.element.find("row3").children;
  assert.ok(!saturated.hidden, "before there are records");
  const records = [{ epoch: 0, layers: [layer("trunk.0", { dead: 0, saturated: null }), layer("output0")] }];
  health.update(news(records));
  const keys = health.element.find("keys");
  assert.equal(keys.textContent, "layer 1, sharedoutput of a");
  assert.ok(saturated.hidden, "ReLU has no range to saturate");
  const [first] = keys.children;
  health.update(news([...records, { epoch: 1, layers: records[0].layers }]));
  assert.equal(keys.children[0], first);
  health.update(news([{ epoch: 0, layers: [layer("trunk.0", { dead: 0, saturated: 0.2 })] }], 2));
  assert.equal(keys.textContent, "layer 1, shared");
  assert.ok(!saturated.hidden);
  health.stop();
  assert.equal(sizes.held.size, 0);
});
