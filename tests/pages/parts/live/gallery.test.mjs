import assert from "node:assert/strict";
import test from "node:test";

import { createGallery, curvesAt, galleryLimits, sharesOf } from "../../../../pages/parts/live/gallery.js";
import { fakeContext, fakePage, fakeSizes } from "./page.mjs";

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

const DIAL = { name: "slope", title: "Slope", help: "How much.", low: 0, high: 1, step: 0.05, value: 0.25, values: [0, 1], f: [[0, 0, 4], [-4, 0, 4]], d: [[0, 0, 1], [1, 0, 1]] };
const LEAKY = { name: "leaky-relu", title: "Leaky", z: [-4, 0, 4], f: [-1, 0, 4], d: [0.25, 0, 1], dials: [DIAL] };
const THEME = { key: "", text: [0, 0, 0], ink: "ink", soft: "soft", axis: "axis", grid: "grid", small: "" };

/** A gallery on a surface of 200 by 100 px; `lines()` paints and gives the points of its two curves, none when nothing is drawn anew. */
function onSurface(gallery) {
  const sizes = fakeSizes();
  const state = { told: [], woken: 0 };
  state.gallery = createGallery({ tasks: [] }, gallery, sizes, () => (state.woken += 1), (param) => state.told.push(param));
  const [surface] = sizes.held;
  const { ctx, calls } = fakeContext();
  Object.assign(surface, { ctx, width: 200, height: 100, begin: () => true });
  state.slide = state.gallery.element.find("slide");
  state.number = () => state.gallery.element.find("number").textContent;
  state.lines = () => {
    calls.length = 0;
    state.gallery.paint(THEME, 0);
    const strokes = [[]];
    for (const [name, x, y] of calls) {
      if (name === "beginPath") strokes.push([]);
      if (name === "moveTo" || name === "lineTo") strokes.at(-1).push(Math.round(x), Math.round(y * 10) / 10);
    }
    return strokes.filter((points) => points.length).slice(-2); // slope, function
  };
  state.drag = (value) => {
    state.slide.value = String(value);
    state.slide.oninput();
  };
  return state;
}

test("curves of a value between two lie between theirs", () => {
  assert.deepEqual(curvesAt(DIAL, 0), { f: [0, 0, 4], d: [0, 0, 1] });
  assert.deepEqual(curvesAt(DIAL, 0.25), { f: [-1, 0, 4], d: [0.25, 0, 1] });
  assert.deepEqual(curvesAt(DIAL, 1), { f: [-4, 0, 4], d: [1, 0, 1] });
  assert.deepEqual(curvesAt(DIAL, 7).f, [-4, 0, 4]);
  assert.deepEqual(curvesAt(DIAL, -7).f, [0, 0, 4]);
  assert.deepEqual(curvesAt({ values: [0, 1, 3], f: [[0], [1], [5]], d: [[2], [2], [2]] }, 2), { f: [3], d: [2] });
  assert.deepEqual(curvesAt({ values: [3], f: [[5]], d: [[2]] }, 2), { f: [5], d: [2] });
});

test("while a parameter is dragged function and slope follow at once, and the page hears of it when it is let go", () => {
  const made = onSurface(LEAKY);
  const before = made.lines();
  assert.equal(before.length, 2);
  assert.deepEqual(made.lines(), [], "at rest nothing is drawn anew");
  const seen = [before];
  for (const value of [0.5, 0.75, 1]) {
    const { woken } = made;
    made.drag(value);
    assert.ok(made.woken > woken);
    seen.push(made.lines());
    assert.deepEqual(made.told, []);
    assert.ok(made.gallery.busy, "nothing is replaced under the hand");
  }
  for (const at of [0, 1]) assert.equal(new Set(seen.map((lines) => lines[at].join())).size, 4, "function and slope both change each time");
  assert.equal(made.number(), "1.00");
  made.slide.onchange();
  assert.deepEqual(made.told, [{ activation: "leaky-relu", name: "slope", value: 1 }]);
  assert.ok(!made.gallery.busy);
});

test("a slider has a name, a help and its value in words", () => {
  const { slide, gallery, drag, number } = onSurface(LEAKY);
  assert.equal(slide.attributes["aria-label"], "Slope");
  assert.equal(slide.attributes["aria-description"], "How much.");
  assert.equal(slide.attributes["aria-valuetext"], "0.25");
  assert.equal(gallery.element.find("dial").attributes.title, "How much.");
  drag(0.3);
  assert.deepEqual([slide.attributes["aria-valuetext"], number()], ["0.30", "0.30"]);
});

test("one that is back where it was is let go without a word", () => {
  const made = onSurface(LEAKY);
  made.drag(0.5);
  made.drag(0.25);
  made.slide.onpointerup();
  assert.ok(!made.gallery.busy);
  assert.deepEqual(made.told, []);
});

test("the page's answer moves nothing; an older one and one that comes while it is dragged are passed over", () => {
  const made = onSurface(LEAKY);
  const answer = (value) => made.gallery.heed({ gallery: { ...LEAKY, ...curvesAt(DIAL, value), dials: [{ ...DIAL, value }] } });
  for (const value of [0.5, 0.75]) {
    made.drag(value);
    made.slide.onchange();
  }
  const drawn = made.lines();
  answer(0.5);
  assert.equal(made.number(), "0.75");
  answer(0.75);
  assert.deepEqual(made.lines(), drawn);
  made.drag(0.9);
  answer(0.75);
  assert.equal(made.number(), "0.90");
  made.slide.onchange();
  answer(0.9);
  answer(0.1); // set elsewhere
  assert.deepEqual([made.number(), made.slide.value], ["0.10", "0.1"]);
  assert.notDeepEqual(made.lines(), drawn);
  made.gallery.heed({ gallery: null });
  made.gallery.heed({ gallery: { ...LEAKY, dials: [] } });
});

test("without a parameter there is no slider", () => {
  const { gallery } = onSurface({ ...LEAKY, dials: [] });
  assert.equal(gallery.element.find("dial"), null);
  assert.ok(!gallery.busy);
  gallery.heed({ gallery: { ...LEAKY, dials: [] } });
});
