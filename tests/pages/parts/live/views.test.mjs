import assert from "node:assert/strict";
import test from "node:test";

import { blend, diverging, luminance, NEGATIVE, POSITIVE, rgb } from "../../../../pages/parts/live/color.js";
import { curveLimits, packLines, twinLines } from "../../../../pages/parts/live/curve.js";
import { colorRange, colorTable, decodeBytes, readByte } from "../../../../pages/parts/live/map.js";
import { shapeClip, shapeOf } from "../../../../pages/parts/live/shapes.js";
import { histogram, rowShares } from "../../../../pages/parts/live/table.js";
import { createGhost } from "../../../../pages/parts/live/ghost.js";
import { axesText, createViews, kindText, linesKey, panelsOf, rowsKey } from "../../../../pages/parts/live/views.js";
import { fakeContext, fakePage, fakeSizes } from "./page.mjs";

const ZERO = [232, 234, 235];
const near = (a, b) => a.forEach((value, at) => assert.ok(Math.abs(value - b[at]) < 1e-3, `${a} ${b}`));

test("colours are read and mixed", () => {
  assert.deepEqual(rgb("#fff"), [255, 255, 255]);
  assert.deepEqual(rgb("#0877bd"), POSITIVE);
  assert.deepEqual(rgb("rgb(1, 2, 3)"), [1, 2, 3]);
  assert.deepEqual(rgb("rgba(1 2 3 / 0.5)"), [1, 2, 3]);
  assert.deepEqual(rgb("unset"), [128, 128, 128]);
  assert.ok(luminance([255, 255, 255]) > 0.99 && luminance([14, 17, 23]) < 0.05);
  assert.deepEqual(blend([0, 0, 0], [10, 20, 30], 0.5), [5, 10, 15]);
});

test("orange is no, blue is yes, the middle is neutral", () => {
  near(diverging(-1, ZERO), NEGATIVE);
  near(diverging(0, ZERO), ZERO);
  near(diverging(5, ZERO), POSITIVE);
});

test("a map's bytes are decoded by task kind", () => {
  assert.deepEqual([...decodeBytes(btoa(String.fromCharCode(0, 127, 255)))], [0, 127, 255]);
  assert.deepEqual(readByte(255, "binary"), 1);
  assert.deepEqual(readByte(51, "regression", -1, 4), 0);
  assert.deepEqual(readByte(2 * 16 + 15, "multiclass"), { class: 2, confidence: 1 });
  assert.deepEqual(readByte(11 * 16, "multiclass"), { class: 11, confidence: 0 });
});

test("a map's colours: sure answers are strong, unsure ones neutral", () => {
  const binary = colorTable("binary", ZERO, false);
  near([...binary.slice(0, 3)], diverging(-0.85, ZERO));
  near([...binary.slice(765)], diverging(0.85, ZERO));
  const classes = colorTable("multiclass", ZERO, false);
  near([...classes.slice(32 * 3, 32 * 3 + 3)], ZERO);
  const numbers = colorTable("regression", ZERO, false, { low: 10, high: 20, middle: 15, span: 5 });
  assert.ok(numbers[0] > numbers[765]);
});

test("a number's colours lie around zero when the points do, else around their middle", () => {
  assert.deepEqual(colorRange([-1, 2]), { middle: 0, span: 2 });
  assert.deepEqual(colorRange([110, 150]), { middle: 130, span: 20 });
  assert.deepEqual(colorRange([-0.01, 100]), { middle: 49.995, span: 50.005 });
  assert.ok(colorRange([]).span > 0);
});

test("histograms split by the true class and leave out rows without a label", () => {
  const counts = histogram([0, 0.49, 0.5, 1, 0.9, null], [0, 0, 1, 1, null, 1], 2);
  assert.deepEqual([...counts], [0, 2, 2, 0]);
});

test("confusion rows become shares", () => {
  assert.deepEqual(rowShares([3, 1, 0, 0], 2), [0.75, 0.25, 0, 0]);
});

test("lines are packed one after the other, without numbers as gaps", () => {
  const packed = packLines([{ mean: [1, null], low: [0, 0], high: [2, 2] }]);
  assert.deepEqual([...packed], [1, NaN, 0, 0, 2, 2]);
});

test("the curve's axis depends on the points alone", () => {
  const [low, high] = curveLimits({ kind: "regression" }, { y: [-1, 1, null] });
  assert.ok(low < -1 && high > 1 && high < 1.5);
  assert.deepEqual(curveLimits({ kind: "binary" }, { y: [0, 1] }), [-0.06, 1.06]);
});

test("of many classes only the first is drawn without activations", () => {
  assert.deepEqual(twinLines(undefined), []);
  assert.equal(twinLines([1, 2, 3]).length, 3);
  assert.deepEqual(twinLines([1, 2, 3, 4]), [1]);
});

test("lines of a scene with twins are named", () => {
  const scene = (kinds, more = {}) => ({ twin: true, tasks: kinds.map((kind) => ({ kind })), view: { kind: "curve", least_squares: kinds.map((kind) => (kind === "regression" ? [1] : null)) }, ...more });
  assert.deepEqual(linesKey(scene(["regression"])).map(({ look, task, text }) => [look, task, text]),
    [["solid", 0, "with activations"], ["twin", null, "without"], ["wide", null, "least squares"]]);
  assert.deepEqual(linesKey(scene(["multiclass"])).map(({ look }) => look), ["solid", "dashed"], "each class keeps its own colour");
  assert.equal(linesKey(scene(["regression", "binary"]))[0].task, null);
  assert.deepEqual(linesKey(scene(["regression"], { twin: false })), []);
  assert.deepEqual(linesKey(scene(["regression"], { view: { kind: "map" } })), []);
});

test("maps with twins have two panels a task", () => {
  const tasks = [{ name: "a" }, { name: "b" }];
  assert.deepEqual(panelsOf({ twin: true, view: { kind: "map" }, tasks }).map(({ number, twin, name }) => [number, twin, name]),
    [[0, false, "a \u00b7 with"], [0, true, "a \u00b7 without"], [1, false, "b \u00b7 with"], [1, true, "b \u00b7 without"]]);
  assert.equal(panelsOf({ twin: true, view: { kind: "curve" }, tasks }).length, 2);
  assert.equal(panelsOf({ twin: false, view: { kind: "map" }, tasks }).length, 2);
});

test("task kinds in words", () => {
  assert.equal(kindText({ kind: "regression", unit: "kg" }), "a number, in kg");
  assert.equal(kindText({ kind: "binary" }), "yes or no");
  assert.equal(kindText({ kind: "multiclass", classes: ["a", "b", "c"] }), "one of 3 classes");
});

test("neighbouring tasks have shapes of their own, and colours that come again another one", () => {
  const shapes = Array.from({ length: 8 }, (_, number) => shapeOf(number));
  assert.equal(new Set(shapes).size, 8);
  assert.notEqual(shapeOf(8), shapeOf(0));
  assert.equal(shapeClip(shapeOf(0)), "circle(40%)");
  for (const shape of shapes) assert.ok((shape ?? []).flat().every((part) => Math.abs(part) <= 1.3), "fits its chip");
});

test("it is said which rows are seen, and what lies along lean axes", () => {
  assert.deepEqual(rowsKey("table").map(({ text }) => text), ["validation rows"]);
  assert.deepEqual(rowsKey("curve").map(({ mark, text }) => [mark, text]), [["full", "learned from"], ["hollow", "held back"]]);
  assert.equal(axesText({ view: { kind: "map", inputs: [{ name: "a", unit: "cm" }, { name: "b" }] } }), "across: a (cm), up: b");
  assert.equal(axesText({ view: { kind: "table" }, tasks: [{ kind: "regression" }, { kind: "regression" }] }), "across: true, up: predicted");
});

test("a scene with twins says which line is whose", () => {
  const looks = (scene) => linesKey(scene).map(({ look, task, text }) => [look, task, text]);
  const curve = (kinds, least = []) => ({ twin: true, tasks: kinds.map((kind) => ({ kind })), view: { kind: "curve", least_squares: least } });
  assert.deepEqual(looks(curve(["regression"], [[1, 2]])), [["solid", 0, "with activations"], ["twin", null, "without"], ["wide", null, "least squares"]]);
  assert.deepEqual(looks(curve(["regression", "binary"], [null, null])), [["solid", null, "with activations"], ["twin", null, "without"]]);
  assert.deepEqual(looks(curve(["multiclass"])), [["solid", null, "with activations"], ["dashed", null, "without"]]);
  assert.deepEqual(linesKey({ ...curve(["regression"]), twin: false }), []);
  assert.deepEqual(linesKey({ ...curve(["regression"]), view: { kind: "map" } }), []);
});

test("maps have their twin's beside them; curves have both in one", () => {
  const scene = (kind, twin) => ({ twin, tasks: [{ name: "a" }, { name: "b" }], view: { kind } });
  assert.deepEqual(panelsOf(scene("curve", true)).map(({ number, twin, name }) => [number, twin, name]), [[0, false, "a"], [1, false, "b"]]);
  assert.deepEqual(panelsOf(scene("map", false)).length, 2);
  assert.deepEqual(panelsOf(scene("map", true)).map(({ number, twin, name }) => [number, twin, name]),
    [[0, false, "a · with"], [0, true, "a · without"], [1, false, "b · with"], [1, true, "b · without"]]);
});

test("while its activations are off, what the network says is not called with activations", () => {
  const scene = (kind) => ({ twin: true, tasks: [{ name: "a", kind: "binary" }], view: { kind } });
  assert.deepEqual(linesKey(scene("curve"), false).map(({ text }) => text), ["activations off", "without"]);
  assert.deepEqual(linesKey(scene("curve"), true).map(({ text }) => text), ["with activations", "without"]);
  assert.deepEqual(panelsOf(scene("map"), false).map(({ name }) => name), ["a \u00b7 off", "a \u00b7 without"]);
  assert.deepEqual(panelsOf({ ...scene("map"), twin: false }, false).map(({ name }) => name), ["a"]);
});

globalThis.ImageData ??= class {
  constructor(width, height) {
    this.data = new Uint8ClampedArray(4 * width * height);
  }
};

const TASK = { name: "a", kind: "binary", classes: ["no", "yes"], color: ["#000", "#fff"], metrics: [], primary: "" };
const MAP = { kind: "map", inputs: [{ name: "x" }, { name: "y" }], bounds: [0, 1, 0, 1], n: 2, points: [{ x: [], y: [], value: [], part: [] }] };
const CURVE = { kind: "curve", input: { name: "x" }, x: [0, 1], points: [{ x: [], y: [], part: [] }] };

function viewsOf(view) {
  fakePage();
  const scene = { twin: true, replicas: 1, tasks: [TASK], view };
  const views = createViews(scene, fakeSizes(), false, { memory: { ghost: createGhost(), edits: {}, cross: {} } });
  const tell = (more) => views.update({ frame: { status: "paused", ...more }, record: null, theme: {}, now: 0, interval: 200, calm: true });
  return { views, tell };
}

test("panels and legend are called by the state of the network, and stay the same elements", () => {
  const { views, tell } = viewsOf(MAP);
  const panels = [...views.element.find("grid").children];
  const names = () => panels.map((panel) => panel.find("name").textContent);
  const described = () => {
    views.describe(null, {});
    return panels[0].find("stack").attributes["aria-label"];
  };
  tell({});
  assert.deepEqual(names(), ["a \u00b7 with", "a \u00b7 without"], "unless it is said otherwise");
  tell({ nonlinear: false });
  assert.deepEqual(names(), ["a \u00b7 off", "a \u00b7 without"]);
  assert.match(described(), /a \u00b7 off/);
  assert.deepEqual(views.element.find("grid").children, panels);
  tell({ nonlinear: true });
  assert.deepEqual(names(), ["a \u00b7 with", "a \u00b7 without"]);
});

test("both names of the network's line keep their place in the legend; one is seen", () => {
  const { views, tell } = viewsOf(CURVE);
  const [own] = views.element.find("keys").children;
  const seen = () => own.children[1].children.filter(({ style }) => style.visibility !== "hidden").map(({ textContent }) => textContent);
  tell({});
  assert.deepEqual(seen(), ["with activations"]);
  tell({ nonlinear: false });
  assert.deepEqual(seen(), ["activations off"]);
  assert.equal(own.children[1].children.length, 2);
  assert.equal(views.element.find("keys").children[0], own);
  tell({ nonlinear: true });
  assert.deepEqual(seen(), ["with activations"]);
});

test("maps and curves say what the ghost is, tables have none", () => {
  assert.match(viewsOf(MAP).views.element.find("keys").textContent, /before the change/);
  assert.match(viewsOf(CURVE).views.element.find("keys").textContent, /before the change/);
  assert.doesNotMatch(viewsOf({ kind: "table", tasks: [{ true: [] }] }).views.element.find("keys").textContent, /before the change/);
});

test("a map's ghost is drawn once it is there, in the network's own panel alone", () => {
  fakePage();
  const plain = document.createElement;
  const pens = [];
  document.createElement = (tag) => Object.assign(plain(tag), { getContext: () => (pens.push(fakeContext()), pens.at(-1).ctx) });
  const sizes = fakeSizes();
  const memory = { ghost: createGhost(), edits: {}, cross: {} };
  const views = createViews({ twin: true, replicas: 1, tasks: [TASK], view: MAP }, sizes, false, { memory });
  const stills = [...sizes.held].filter((surface, at) => at % 2 === 0);
  for (const surface of stills) [surface.width, surface.height] = [248, 258];
  const theme = { key: "light", dark: false, text: [0, 0, 0], background: [255, 255, 255], zero: ZERO };
  const said = (...values) => [{ bytes: btoa(String.fromCharCode(...values)) }];
  /** How many lines each still picture has got within its plot, null where it has not been drawn anew. */
  const after = (marks) => {
    const frame = { start: 1, status: "paused", marks: new Array(marks), view: { kind: "map", tasks: said(0, 255, 0, 255), twin: said(0, 0, 255, 255) } };
    pens.forEach(({ calls }) => (calls.length = 0));
    memory.ghost.take(frame, undefined);
    views.update({ frame, record: null, theme, now: 0, interval: 200, calm: true });
    views.paint(theme, 0, true);
    return stills.map(({ ctx }) => {
      const { calls } = pens.find((pen) => pen.ctx === ctx);
      return calls.length ? calls.slice(calls.findLastIndex(([name]) => name === "clip")).filter(([name]) => name === "lineTo").length : null;
    });
  };
  assert.deepEqual(after(0), [0, 0]);
  const [own, twin] = after(1);
  assert.ok(own > 0 && twin === null);
  assert.deepEqual(after(1), [null, null], "it stays, without being drawn again");
});

test("a map lies in a near square of its panel, which knows the panel's size; a curve fills its panel", () => {
  const map = viewsOf(MAP).views.element.find("stack");
  const [plot] = map.children;
  assert.equal(map.style["container-type"], "size");
  assert.deepEqual(plot.children.map(({ tag }) => tag), ["canvas", "canvas"]);
  assert.match(plot.style.width, /100cqh/);
  assert.deepEqual(viewsOf(CURVE).views.element.find("stack").children.map(({ tag }) => tag), ["canvas", "canvas"]);
});
