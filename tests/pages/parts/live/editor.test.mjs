import assert from "node:assert/strict";
import test from "node:test";

import { createEditor, crossAfter, reportOf } from "../../../../pages/parts/live/editor.js";
import { linearScale } from "../../../../pages/parts/live/scale.js";
import { fakeElement } from "./page.mjs";

const AXES = { xLimits: [0, 100], yLimits: [0, 50], whole: false };

/** A plot of 100 by 50 px, a unit a px, with a point of the data (row 3) at 20, 20 px and two added ones (rows 8, 9). */
function plot(kept = {}) {
  const points = { x: [20, 60, 80], y: [30, 10, 10], part: [0, 0, 0], row: [3, 8, 9], added: [false, true, true] };
  const x = linearScale(0, 100, 0, 100);
  const height = linearScale(0, 50, 50, 0);
  const painter = {
    points, pending: [], cross: null,
    axes: () => ({ ...AXES, area: { left: 0, top: 0, right: 100, bottom: 50 }, x, heightOf: ({ y }) => height(y), xAt: (px) => px, yAt: (py) => 50 - py }),
  };
  const state = { stack: fakeElement(), painter, reports: [], said: [], drawn: 0, memory: { edits: {}, cross: {}, ...kept } };
  state.editor = createEditor({
    stack: state.stack, task: 1, name: "waves", painter, surface: {}, memory: state.memory,
    report: (edit) => state.reports.push(edit), redraw: () => (state.drawn += 1), say: (text) => state.said.push(text),
  });
  state.fire = (type, more = {}) => {
    const event = { button: 0, pointerId: 1, stopped: false, preventDefault: () => (event.stopped = true), stopPropagation: () => {}, ...more };
    state.stack.on[type](event);
    return event;
  };
  state.at = (type, px, py, more = {}) => state.fire(type, { offsetX: px, offsetY: py, clientX: px + 500, clientY: py + 500, ...more });
  state.key = (key, more = {}) => state.fire("keydown", { key, ...more });
  return state;
}

test("arrows move the crosshair, within the axes; with Shift in small steps", () => {
  assert.deepEqual(crossAfter("ArrowRight", false, { x: 50, y: 10 }, AXES), { x: 52, y: 10 });
  assert.deepEqual(crossAfter("ArrowDown", true, { x: 50, y: 10 }, AXES), { x: 50, y: 9.9 });
  assert.deepEqual(crossAfter("ArrowLeft", false, { x: 1, y: 10 }, AXES), { x: 0, y: 10 });
  assert.equal(crossAfter("a", false, { x: 1, y: 10 }, AXES), null);
});

test("over classes it goes from one to the next, in the direction of the arrow", () => {
  const classes = { xLimits: [0, 1], yLimits: [0, 2], whole: true };
  assert.equal(crossAfter("ArrowUp", true, { x: 0, y: 1 }, classes).y, 2);
  assert.equal(crossAfter("ArrowUp", false, { x: 0, y: 1 }, { ...classes, down: true }).y, 0, "the first class stands at the top");
  assert.equal(crossAfter("ArrowDown", false, { x: 0, y: 2 }, { ...classes, down: true }).y, 2);
});

test("what is reported has nothing of the drawing, and the row that it will be by then", () => {
  assert.deepEqual(reportOf(2, { op: "add", x: 1, y: 2, born: 3 }), { op: "add", task: 2, x: 1, y: 2 });
  assert.deepEqual(reportOf(2, { op: "move", row: 4, x: 1, y: 2, born: 3 }), { op: "move", task: 2, row: 4, x: 1, y: 2 });
  assert.deepEqual(reportOf(2, { op: "remove", row: 9, was: {} }, [8, 10]), { op: "remove", task: 2, row: 8 });
});

test("a click adds a point, which is drawn at once and not added twice", () => {
  const { editor, at, reports, painter, said } = plot();
  at("pointerdown", 40.04, 25);
  at("pointerup", 41, 25);
  assert.deepEqual(reports, [{ op: "add", task: 1, x: 40, y: 25 }]);
  assert.deepEqual(painter.pending.map(({ op, x, y }) => [op, x, y]), [["add", 40, 25]]);
  assert.match(said[0], /waves: a point added at x 40\.00, y 25\.00/);
  at("pointerdown", 42, 25);
  at("pointerup", 42, 25);
  assert.equal(reports.length, 1);
  editor.stop();
});

test("a click outside the plot, with another button, or a drag that begins nowhere, does nothing", () => {
  const { editor, at, reports } = plot();
  for (const [px, py, more, to] of [[200, 25, {}, 200], [40, 25, { button: 1 }, 40], [40, 25, { ctrlKey: true }, 40], [40, 25, {}, 60]]) {
    at("pointerdown", px, py, more);
    at("pointermove", to, py);
    at("pointerup", to, py);
  }
  assert.deepEqual(reports, []);
  editor.stop();
});

test("a drag shows where the point goes, from where it is, and reports once", () => {
  const { editor, at, reports, painter } = plot();
  at("pointerdown", 23, 22); // 3 right of the point and 2 below it
  at("pointermove", 25, 22);
  assert.deepEqual(painter.pending, [], "a tremble is no drag");
  at("pointermove", 33, 12);
  assert.ok(editor.busy);
  assert.deepEqual(painter.pending.map(({ op, row, x, y }) => [op, row, x, y]), [["move", 3, 30, 40]]);
  at("pointermove", 500, 12);
  assert.equal(painter.pending[0].x, 100, "it stays in the plot");
  assert.deepEqual([painter.pending.length, reports.length], [1, 0]);
  at("pointermove", 43, 12);
  at("pointerup", 43, 12);
  assert.deepEqual(reports, [{ op: "move", task: 1, row: 3, x: 40, y: 40 }]);
  assert.ok(!editor.busy);
  editor.stop();
});

test("a drag that is broken off leaves all as it was", () => {
  for (const end of ["pointercancel", "lostpointercapture"]) {
    const { editor, at, fire, reports, painter } = plot();
    at("pointerdown", 20, 20);
    at("pointermove", 40, 20);
    fire(end);
    assert.deepEqual([painter.pending, reports, editor.busy], [[], [], false]);
    editor.stop();
  }
});

test("right-click and Alt-click take away added points, and no others", () => {
  const { editor, at, reports, painter } = plot();
  assert.ok(!at("contextmenu", 20, 20, { button: 2 }).stopped, "the browser's menu");
  at("pointerdown", 20, 20, { altKey: true });
  at("pointerup", 20, 20, { altKey: true });
  assert.deepEqual(reports, []);
  assert.ok(at("contextmenu", 61, 40, { button: 2 }).stopped);
  assert.deepEqual(reports, [{ op: "remove", task: 1, row: 8 }]);
  assert.deepEqual(painter.pending[0].was, { x: 60, y: 10 });
  at("pointerdown", 80, 40, { altKey: true });
  assert.deepEqual(reports[1], { op: "remove", task: 1, row: 8 }, "by then it is one further up");
  at("contextmenu", 80, 40);
  assert.equal(reports.length, 2, "it is gone");
  editor.stop();
});

test("an added point behind one of the data can be taken away, and none while it is dragged", () => {
  const { editor, at, reports, painter } = plot();
  painter.points.x[0] = 62;
  painter.points.y[0] = 10;
  at("contextmenu", 63, 40);
  assert.deepEqual(reports, [{ op: "remove", task: 1, row: 8 }]);
  at("pointerdown", 80, 40);
  at("pointermove", 70, 20);
  assert.ok(at("contextmenu", 70, 20).stopped);
  at("pointerup", 70, 20);
  assert.deepEqual(reports.slice(1).map(({ op }) => op), ["move"]);
  editor.stop();
});

test("by keyboard: arrows, Enter, Delete and Escape", () => {
  const { editor, key, reports, painter, fire, said } = plot();
  assert.ok(!key("Tab").stopped);
  assert.ok(!key("Delete").stopped, "without a crosshair");
  assert.ok(key("Enter").stopped);
  assert.deepEqual([painter.cross, reports], [{ x: 50, y: 25 }, []]);
  key("ArrowRight");
  key("ArrowUp", { shiftKey: true });
  assert.match(said.at(-1), /x 52\.00, y 25\.10/);
  key("Enter");
  assert.deepEqual(reports, [{ op: "add", task: 1, x: 52, y: 25.1 }]);
  for (let at = 0; at < 4; at += 1) key("ArrowRight");
  for (let at = 0; at < 15; at += 1) key("ArrowDown");
  key("Delete");
  assert.deepEqual(reports.at(-1), { op: "remove", task: 1, row: 8 });
  assert.ok(!key("ArrowLeft", { ctrlKey: true }).stopped);
  key("Escape");
  assert.equal(painter.cross, null);
  key("ArrowLeft");
  fire("blur");
  assert.equal(painter.cross, null);
  editor.stop();
});

test("the crosshair and what nobody has answered outlive the plot", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const first = plot();
  first.key("ArrowRight");
  first.key("Enter");
  first.editor.stop();
  assert.deepEqual(Object.keys(first.stack.on), []);
  const second = plot(first.memory);
  assert.deepEqual(second.painter.cross, { x: 52, y: 25 });
  assert.equal(second.painter.pending.length, 1);
  t.mock.timers.tick(5001);
  assert.deepEqual(second.painter.pending, [], "what the scene says is shown again");
  assert.ok(second.drawn > 0);
  second.editor.stop();
});

test("a finger on a point moves the point, elsewhere the page", () => {
  const { editor, fire } = plot();
  assert.ok(fire("touchstart", { touches: [{ clientX: 20, clientY: 20 }] }).stopped);
  assert.ok(!fire("touchstart", { touches: [{ clientX: 40, clientY: 20 }] }).stopped);
  editor.stop();
});
