import assert from "node:assert/strict";
import test from "node:test";

import { createGallery, galleryLimits, sharesOf } from "../../../../pages/parts/live/gallery.js";
import { fakePage, fakeSizes } from "./page.mjs";

fakePage();
const HISTOGRAMS = [{ name: "trunk.0", share: [1, 0] }, { name: "tower0.0", share: [0.5, 0.5] }];

test("shares of one layer, or the mean over all", () => {
  assert.deepEqual(sharesOf(HISTOGRAMS, "tower0.0"), [0.5, 0.5]);
  assert.deepEqual(sharesOf(HISTOGRAMS, ""), [0.75, 0.25]);
  assert.deepEqual(sharesOf(HISTOGRAMS, "gone"), []);
  assert.deepEqual(sharesOf([], ""), []);
});

test("the axis holds the function, its slope and zero, and no more than 8 from it", () => {
  const [low, high] = galleryLimits([1, 2], [3, null]);
  assert.ok(low < 0 && low > -0.5 && high > 3 && high < 3.5);
  const [from, to] = galleryLimits([-1e6, 1e6], [0, NaN]);
  assert.ok(from >= -10 && from < -8 && to > 8 && to <= 10);
  const flat = galleryLimits([], []);
  assert.ok(flat[0] < 0 && flat[1] > 0);
});

test("layers can be chosen from; the choice stays while there is such a layer", () => {
  const gallery = createGallery({ tasks: [{ name: "a" }] }, { title: "ReLU", z: [-6, 0, 6], f: [0, 0, 6], d: [0, 0, 1] }, fakeSizes(), () => {});
  const choice = gallery.element.find("choice");
  const update = (histograms) => gallery.update({ frame: { status: "paused", view: { histograms } }, now: 0, interval: 200, calm: true });
  assert.match(gallery.element.textContent, /ReLUfunctionslope/);
  update(HISTOGRAMS);
  assert.deepEqual(choice.children.map(({ textContent }) => textContent), ["all layers", "layer 1, shared", "layer 1 of a"]);
  choice.value = "tower0.0";
  const [, kept] = choice.children;
  update(HISTOGRAMS);
  assert.equal(choice.children[1], kept, "an open list is not touched");
  update([...HISTOGRAMS, { name: "trunk.1", share: [0, 1] }]);
  assert.equal(choice.value, "tower0.0");
  update([HISTOGRAMS[0]]);
  assert.equal(choice.value, "");
  update([]);
  update(undefined);
});

test("without a function there is nothing to name but the sums", () => {
  assert.ok(!/slope/.test(createGallery({ tasks: [] }, null, fakeSizes(), () => {}).element.find("keys").textContent));
});
