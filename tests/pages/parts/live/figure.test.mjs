import assert from "node:assert/strict";
import test from "node:test";

import { createFigure } from "../../../../pages/parts/live/figure.js";
import { fakePage, fakeSizes } from "./page.mjs";

fakePage();

test("a figure has a caption, says what it is, and knows where the pointer is", () => {
  const sizes = fakeSizes();
  let woken = 0;
  const figure = createFigure(sizes, () => (woken += 1), { title: "dead units", hint: "give zero" });
  assert.equal(figure.element.textContent, "dead units");
  assert.deepEqual([figure.stack.attributes.role, figure.stack.attributes["aria-label"]], ["img", "dead units: give zero"]);
  assert.equal(figure.pointer(), null);
  figure.stack.onpointermove({ offsetX: 3, offsetY: 4 });
  assert.deepEqual(figure.pointer(), { x: 3, y: 4 });
  figure.stack.onpointerleave();
  assert.deepEqual([figure.pointer(), woken, sizes.held.size], [null, 2, 1]);
  figure.stop();
  assert.equal(sizes.held.size, 0);
});

test("without a hint its title says it all", () => {
  const { stack } = createFigure(fakeSizes(), () => {}, { title: "layer 1" });
  assert.equal(stack.attributes["aria-label"], "layer 1");
});
