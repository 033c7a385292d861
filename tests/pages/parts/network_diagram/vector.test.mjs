import assert from "node:assert/strict";
import { test } from "node:test";
import { palette, drawBox, drawLink } from "../../../../pages/parts/network_diagram/alive_draw.js";
import { painted, Trail, VectorPen } from "../../../../pages/parts/network_diagram/vector.js";

const theme = palette([255, 255, 255], [0, 0, 0], false);

test("colours are written as every reader of SVG knows them", () => {
  assert.deepEqual(painted("rgba(1, 2, 3, 0.25)"), { color: "rgb(1, 2, 3)", alpha: 0.25 });
  assert.deepEqual(painted("rgb(1, 2, 3)"), { color: "rgb(1, 2, 3)", alpha: 1 });
  assert.deepEqual(painted("#abc"), { color: "#abc", alpha: 1 });
});

test("a trail is what a canvas would draw", () => {
  const trail = new Trail();
  trail.moveTo(1, 2.346);
  trail.lineTo(3, 4);
  trail.bezierCurveTo(1, 2, 3, 4, 5, 6);
  assert.equal(trail.d, "M1 2.35L3 4C1 2 3 4 5 6");
  const box = new Trail();
  box.roundRect(0, 0, 10, 4, 9); // no rounder than half its height
  assert.equal(box.d, "M2 0L8 0A2 2 0 0 1 10 2L10 2A2 2 0 0 1 8 4L2 4A2 2 0 0 1 0 2L0 2A2 2 0 0 1 2 0Z");
});

test("weights are lines: as wide and as opaque as on the canvas, and none where there is no weight", () => {
  const link = { link: {}, from: {}, x1: 0, x2: 10, bend: 10, starts: [5], ends: [1, 2, 3], layer: {}, beside: 1 };
  const pen = new VectorPen();
  drawLink(pen, link, [1, -0.5, 0], theme, 0.5);
  assert.deepEqual(pen.drawn.map(([name, { d }]) => [name, d]), [["path", "M0 5C5 5 5 2 10 2"], ["path", "M0 5C5 5 5 1 10 1"]]);
  const [thin, thick] = pen.drawn.map(([, attributes]) => attributes);
  assert.ok(thick["stroke-width"] > thin["stroke-width"]);
  assert.equal(thick["stroke-opacity"], 0.425);
  assert.notEqual(thick.stroke, thin.stroke);
});

test("curves, histograms and maps of units are drawn too", () => {
  const node = { x: 20, y: 20, w: 40, h: 20 }, cells = [{ x: 20, y: 20, w: 30, h: 16 }];
  const layer = { count: 1, low: [-1], high: [1], dead: new Set(), classes: 2, by: 0 };
  const look = { Path: Trail, theme, color: [9, 9, 9], tasks: [], classes: () => null };
  const drawn = (kind, values, fields = {}) => {
    const pen = new VectorPen((source, ...box) => `picture of ${source} at ${box}`);
    drawBox(pen, { node, layer, cells }, values, { ...look, kind, ...fields });
    return pen.drawn.map(([name]) => name);
  };
  assert.deepEqual(drawn("curve", Float32Array.of(0, 128, 255)), ["path", "rect", "path", "path", "path"]);
  assert.deepEqual(drawn("table", Float32Array.of(255, 100, 50, 10)), ["path", "rect", "rect", "rect", "rect", "rect"]);
  const image = { data: new Uint8ClampedArray(64), flush: () => "sheet" };
  assert.deepEqual(drawn("map", Float32Array.of(0, 100, 200, 255), { sprite: () => image }), ["path", "image"]);
});

test("an empty trail draws nothing", () => {
  const pen = new VectorPen();
  pen.beginPath();
  pen.stroke();
  assert.deepEqual(pen.drawn, []);
});
