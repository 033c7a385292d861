import assert from "node:assert/strict";
import test from "node:test";

import { createMapPainter, nearSquare } from "../../../../pages/parts/live/map.js";
import { fakeContext } from "./page.mjs";

/** What the browser makes of a style's length in a box. */
function px(style, wide, high, whole) {
  const plain = style.replaceAll("calc", "").replaceAll("px", "").replaceAll("100cqh", high).replaceAll("100cqw", wide).replaceAll("100%", whole);
  return Function("min", `return ${plain}`)(Math.min);
}

test("a map's plot is near square in boxes of any shape, and as large as it can be", () => {
  const margins = { left: 40, top: 22, right: 8, bottom: 36 };
  const { width, height } = nearSquare(margins);
  for (const [wide, high] of [[900, 400], [700, 230], [400, 400], [300, 800], [460, 390]]) {
    const [w, h] = [px(width, wide, high, wide), px(height, wide, high, high)];
    const [across, along] = [w - 48, h - 58];
    assert.ok(w <= wide && h <= high && (w === wide || h === high), `${wide} ${high}`);
    assert.ok(across <= 1.25 * along + 1e-6 && along <= 1.25 * across + 1e-6, `${across} by ${along}`);
  }
});

globalThis.ImageData = class {
  constructor(width, height) {
    this.data = new Uint8ClampedArray(4 * width * height);
  }
};
const THEME = { dark: false, text: [0, 0, 0], background: [255, 255, 255], zero: [232, 234, 235], paper: "#fff" };
const bytes = (...values) => btoa(String.fromCharCode(...values));

test("what the map said before the change stays as its border, below the points", () => {
  const scene = { tasks: [{ name: "a", kind: "binary", classes: ["no", "yes"] }], view: { kind: "map", inputs: [{ name: "x" }, { name: "y" }], bounds: [0, 1, 0, 1], n: 2, points: [{ x: [], y: [], value: [], part: [] }] } };
  const painter = createMapPainter(scene, 0, false);
  const surface = { width: 248, height: 258 }; // a plot of 200 by 200 from (40, 22)
  const lines = (ghost) => {
    painter.ghost = ghost;
    const { ctx, calls } = fakeContext();
    painter.drawStill({ ...surface, ctx }, THEME);
    const from = calls.findLastIndex(([name]) => name === "clip");
    return calls.slice(from).filter(([name]) => name === "moveTo" || name === "lineTo");
  };
  assert.deepEqual(lines(null), []);
  const across = lines({ bytes: bytes(0, 255, 0, 255) });
  assert.ok(across.length >= 2 && across.every(([, x]) => Math.abs(x - 140) < 1e-6), "halfway");
  const up = lines({ bytes: bytes(0, 0, 0, 255) });
  assert.ok(up.length && up.every(([, x, y]) => x > 139 && y < 123), "the second row is the upper one");
});
