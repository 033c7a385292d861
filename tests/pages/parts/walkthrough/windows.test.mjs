import assert from "node:assert/strict";
import test from "node:test";
import { RUN, WIDE, scrolled, shownOf } from "../../../../pages/parts/walkthrough/windows.js";

test("a short axis is shown whole", () => {
  assert.deepEqual(shownOf(WIDE, 3, null).places, [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.equal(shownOf(WIDE, 3, null).left, 0);
});

test("of a long one the first places and the strongest of the others", () => {
  const strengths = Array.from({ length: 20 }, (_, at) => (at === 17 ? 9 : at === 8 ? 5 : at === 2 ? 99 : 1));
  const shown = shownOf(20, 0, strengths);
  assert.deepEqual(shown.places, [0, 1, 2, 3, 4, 5, 8, 17]);
  assert.deepEqual([shown.first, shown.last, shown.left], [0, 5, 12]);
});

test("scrolling goes by windows and stops at the ends; no place is shown twice", () => {
  let start = 0;
  const seen = new Set();
  for (let page = 0; page < 4; page++) {
    const { places } = shownOf(20, start, null);
    assert.equal(new Set(places).size, places.length);
    places.forEach((place) => seen.add(place));
    start = scrolled(20, start, 1);
  }
  assert.equal(seen.size, 20);
  assert.equal(start, 20 - RUN);
  assert.equal(scrolled(20, 2, -1), 0);
  assert.deepEqual(shownOf(20, 99, null).places.slice(0, RUN), [14, 15, 16, 17, 18, 19]);
});
