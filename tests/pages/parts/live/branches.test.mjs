import assert from "node:assert/strict";
import test from "node:test";

import { createLosses } from "../../../../pages/parts/live/losses.js";
import { createMoment } from "../../../../pages/parts/live/moment.js";
import { standingText } from "../../../../pages/parts/live/records.js";
import { ghostColumns } from "../../../../pages/parts/live/series.js";
import { fakeContext, fakeElement, fakePage, fakeSizes } from "./page.mjs";
import { frame, world } from "./world.mjs";

fakePage();

const { ctx, calls } = fakeContext();
globalThis.document.createElement = (tag) => Object.assign(fakeElement(tag), tag === "canvas" ? { getContext: () => ctx, clientWidth: 400, clientHeight: 200 } : {});

const scene = { epochs: 80, replicas: 1, twin: false, tasks: [{ name: "a", loss: "mse", color: ["#123456", "#abcdef"] }, { name: "b", loss: "mse", color: ["#654321", "#fedcba"] }] };
const band = (value) => [value, value, value];
const part = (value) => [{ loss: band(value) }, { loss: band(value) }];
const record = (epoch, value) => ({ epoch, objective: band(2 * value), train: part(value), validation: part(value), weights: [band(1), band(1)] });
const ghost = { epoch: 1, epochs: [1, 2, 3], objective: [1, null, 0.5], tasks: [{ train: [0.5, 0.4, 0.3], validation: [0.6, 0.5, 9] }, { train: [0.5, 0.4, 0.3], validation: [0.6, 0.5, 0.4] }] };
const theme = { key: "t", dark: false, grid: "g", axis: "g", ink: "ink", small: "", soft: "s", paper: "p", bad: "b", text: [0, 0, 0], twin: [0, 0, 0] };

function charts(forget) {
  const losses = createLosses(scene, fakeSizes(), () => {}, false, createMoment(), forget);
  const show = (more = {}, records = [record(0, 1), record(1, 0.5)], looking = null) => {
    losses.update({ history: { start: 1, records }, frame: { status: "paused", marks: [], epochs: 80, looking }, now: 0, interval: 200, calm: true, ...more });
    calls.length = 0;
    losses.paint(theme, 0);
    return calls;
  };
  return { losses, show };
}

test("an earlier branch becomes columns; what is no number breaks its line", () => {
  const columns = ghostColumns(ghost);
  assert.deepEqual(columns.epoch, [1, 2, 3]);
  assert.deepEqual(columns.objective.mean.map(Number.isNaN), [false, true, false]);
  assert.equal(columns.tasks[0].validation.high, columns.tasks[0].validation.mean);
});

test("branches are drawn below the lines, named in the legend, and can be forgotten", () => {
  let forgotten = 0;
  const { losses, show } = charts(() => (forgotten += 1));
  const faint = (all) => all.filter(([name, value]) => name === "lineWidth" && value === 1.5).length;
  const key = () => losses.element.find("keys").children.at(-1);
  assert.equal(faint(show()), 0);
  assert.equal(key().hidden, true);
  const ghosts = [ghost];
  assert.equal(faint(show({ ghosts })), 2 * 2 + 1); // training and validation of two tasks, and the total
  assert.equal(key().hidden, false);
  assert.match(key().textContent, /before the branch/);
  key().find("forget").onclick();
  assert.equal(forgotten, 1);
  assert.equal(faint(show({ ghosts: [] })), 0);
});

test("while an earlier moment is looked at, the numbers beside the charts are of that epoch", () => {
  const { losses, show } = charts();
  const numbers = () => losses.element.find("readout").textContent;
  show();
  const newest = numbers();
  show({}, undefined, { epoch: 0, step: 0 });
  assert.equal(losses.element.find("when").textContent, "at epoch 0");
  assert.notEqual(numbers(), newest);
  show();
  assert.equal(losses.element.find("when").textContent, "");
  assert.equal(numbers(), newest);
});

test("metrics say of which moment they are", () => {
  assert.equal(standingText({ looking: { epoch: 23, step: 92 }, now: {} }), "at epoch 23");
  assert.equal(standingText({ looking: null, now: {} }), "as it stands");
  assert.equal(standingText({}), "latest epoch");
});

test("of looks that wait while one is on its way only the newest is sent", async () => {
  const page = world();
  const channel = page.hub.channel("r");
  channel.subscribe(() => {});
  page.send("frame", frame(0, 1));
  const sent = [1, 2, 3].map((step) => channel.command("look", { step }));
  sent.push(channel.command("newest"));
  await Promise.all(sent);
  assert.deepEqual(page.posts, [{ command: "look", value: { step: 1 } }, { command: "look", value: { step: 3 } }, { command: "newest" }]);
});
