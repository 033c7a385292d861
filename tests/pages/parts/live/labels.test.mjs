import assert from "node:assert/strict";
import test from "node:test";

import { drawLabels, labelRoom, spreadLabels } from "../../../../pages/parts/live/labels.js";
import { fakeContext } from "./page.mjs";

test("names beside a chart keep their order, their distance and within it", () => {
  assert.deepEqual(spreadLabels([50, 10], 13, 0, 100), [50, 10]);
  assert.deepEqual(spreadLabels([90, 90, 90], 13, 0, 90), [64, 77, 90]);
  const order = [];
  spreadLabels([10, 12], 13, 0, 100, order);
  assert.deepEqual(spreadLabels([13, 11], 13, 0, 100, order), [13, 26], "what is nearly level keeps its place");
  assert.deepEqual(spreadLabels([40, 11], 13, 0, 100, order), [40, 11]);
  const many = spreadLabels(Array(20).fill(5), 13, 0, 95);
  assert.ok(Math.max(...many) <= 95.01 && Math.min(...many) >= -0.01);
});

test("beside a chart for all tasks stand both losses of each, where it is wide enough, and the names keep room", () => {
  const labels = Array.from({ length: 5 }, (_, number) => ({ number, name: `task ${number}`, color: "red", y: 90, losses: ["0.163", "0.402"] }));
  const written = (width) => {
    const { ctx, calls } = fakeContext();
    const room = labelRoom(width), right = width - room.width;
    drawLabels(ctx, { left: 40, top: 10, right, bottom: 130 }, labels, [], room, { ink: "", soft: "", small: "" });
    assert.ok(calls.filter(([name]) => name === "fillText").every(([, , x]) => x > right && x < width));
    return calls.filter(([name]) => name === "fillText").map(([, text]) => text);
  };
  const wide = written(485);
  assert.equal(wide.filter((text) => text === "0.163").length, 5);
  assert.equal(wide.filter((text) => text === "0.402").length, 5);
  assert.ok(wide.includes("task 4") && wide.includes("train") && wide.includes("valid."));
  assert.ok(!written(300).includes("0.163"));
});
