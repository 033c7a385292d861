import assert from "node:assert/strict";
import { before, test } from "node:test";
import { readLayers } from "../../../../pages/parts/network_diagram/alive_data.js";
import { classColors, drawBox, drawLink, drawUnit, palette } from "../../../../pages/parts/network_diagram/alive_draw.js";
import { placed } from "../../../../pages/parts/network_diagram/alive_places.js";
import { layout } from "../../../../pages/parts/network_diagram/layout.js";
import { NEGATIVE, POSITIVE, css } from "../../../../pages/parts/live/color.js";
import { fakeContext } from "../live/page.mjs";
import { coded, snapshot } from "./alive.mjs";
import { spec } from "./specs.mjs";

before(() => {
  globalThis.Path2D = class {
    constructor() {
      for (const name of ["moveTo", "lineTo", "rect"]) this[name] = (...given) => (this.calls ??= []).push([name, ...given]);
    }
  };
});

const theme = palette([255, 255, 255], [20, 20, 20], false), network = spec([4], [[3], []]);
const drawn = (fields) => placed(layout(network, 600, 420), readLayers(snapshot(fields)), "hard");

test("a line for each weight, in the colour of its sign and as thick as it is large", () => {
  const { ctx, calls } = fakeContext(), [link] = drawn().links;
  const weights = new Float32Array(48).fill(0);
  weights.set([1, -0.25, 0.001]);
  drawLink(ctx, link, weights, theme);
  assert.equal(calls.filter(([name]) => name === "bezierCurveTo").length, 2);
  const [thin, thick] = calls.filter(([name]) => name === "lineWidth").map(([, width]) => width);
  assert.ok(thick > 2 * thin);
  const [orange, blue] = calls.filter(([name]) => name === "strokeStyle").map(([, color]) => color);
  assert.ok(orange.startsWith(css(NEGATIVE).slice(0, 18)) && blue.startsWith(css(POSITIVE).slice(0, 14)));
});

test("weights that are no numbers are not drawn", () => {
  const { ctx, calls } = fakeContext(), [link] = drawn().links;
  drawLink(ctx, link, new Float32Array(48).fill(NaN), theme);
  assert.ok(!calls.some(([name]) => name === "stroke"));
});

for (const kind of ["curve", "table"]) {
  test(`a box of ${kind}s has a picture of each unit, but of dead ones, and bars of the tasks`, () => {
    const { ctx, calls } = fakeContext(), box = drawn({ dead: [1] }).boxes.get("trunk:0");
    const tasks = [[1, 2, 3], [4, 5, 6]];
    drawBox(ctx, box, Float32Array.from(box.layer.response), { theme, kind, color: [0, 0, 0], tasks, classes: () => null });
    const fills = calls.filter(([name]) => name === "fillStyle").map(([, color]) => color);
    for (const color of tasks) assert.ok(fills.includes(css(color)));
    assert.equal(fills.filter((color) => color === theme.grey).length, 1);
    const [picture] = calls.filter(([name, path]) => name === (kind === "curve" ? "fill" : "fillRect") && path).at(-1).slice(1);
    assert.ok(kind === "curve" ? picture.calls.length > 6 : calls.filter(([name]) => name === "fillRect").length > 16);
  });
}

test("a unit alone has its own picture, as large as is asked; a dead one is crossed out", () => {
  const { layer } = drawn({ dead: [1], low: [-1, 0, -2, 0], high: [1, 0, 2, 4] }).boxes.get("trunk:0");
  const values = Float32Array.from(layer.response), each = values.length / layer.count;
  values.fill(255, 2 * each, 3 * each);
  const shown = (place) => {
    const { ctx, calls } = fakeContext();
    drawUnit(ctx, layer, place, values, { theme, kind: "curve", color: [0, 0, 0], classes: () => null }, 144, 72);
    return calls;
  };
  const [line] = shown(2).find(([name, path]) => name === "stroke" && path).slice(1);
  assert.deepEqual(line.calls.map(([, , y]) => y), Array(each).fill(0), "it says its most everywhere: a line along the top");
  assert.equal(line.calls.at(-1)[1], 144);
  assert.ok(shown(1).some(([name, color]) => name === "fillStyle" && color === theme.grey));
  assert.ok(!shown(2).some(([name, color]) => name === "fillStyle" && color === theme.grey));
});

test("a map has a pixel for each point, the first row at the bottom", () => {
  const { ctx, calls } = fakeContext(), box = drawn({ response: coded([0, 0, -1, -1, ...Array(12).fill(0)]), low: [-1, -1, -1, -1] }).boxes.get("trunk:0");
  const data = new Uint8ClampedArray(4 * 16);
  const values = Float32Array.from(box.layer.response, (byte) => byte & 255);
  drawBox(ctx, box, values, { theme, kind: "map", color: [0, 0, 0], tasks: [[1, 2, 3], [4, 5, 6]], classes: () => null, sprite: () => ({ data, flush: () => "map" }) });
  assert.deepEqual([...data.slice(0, 3)].map((value, at) => Math.abs(value - POSITIVE[at]) < 6), [true, true, true], "the second row is positive and stands above");
  assert.deepEqual([...data.slice(8, 11)].map((value, at) => Math.abs(value - NEGATIVE[at]) < 6), [true, true, true]);
  assert.equal(calls.filter(([name]) => name === "drawImage").length, 4);
});

test("yes and no have the colours of signs, classes colours of their own", () => {
  assert.deepEqual(classColors(2, theme), theme.signs);
  assert.equal(new Set(classColors(4, theme).map(String)).size, 4);
});
