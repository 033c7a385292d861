import assert from "node:assert/strict";
import test from "node:test";

import { createMoment } from "../../../../pages/parts/live/moment.js";
import { createShares } from "../../../../pages/parts/live/shares.js";
import { fakePage, fakeSizes } from "./page.mjs";

fakePage();

const scene = { epochs: 10, replicas: 1, tasks: [{ name: "a", color: ["#123456", "#abcdef"] }, { name: "b", color: ["#654321", "#fedcba"] }] };
const theme = { key: "t", dark: false, zero: [230, 230, 230], grid: "grey", axis: "grey", ink: "black", small: "", soft: "", paper: "", text: [0, 0, 0] };
const gate = (task, ...means) => ({ task, level: null, shared: means.length, experts: means.map((mean) => ({ mean, first: mean })) });
const news = (...records) => ({ history: { start: 1, records }, frame: { epochs: 10 } });
const shown = (...records) => {
  const moment = createMoment(), shares = createShares(scene, fakeSizes(), () => {}, moment);
  shares.update(news(...records));
  shares.paint(theme, 0);
  return { shares, moment };
};

test("where nothing was learned of sharing there is nothing to see", () => {
  assert.ok(shown({ epoch: 0 }).shares.element.hidden);
});

test("weights of gates and the use of experts are told in per cent, of the chosen epoch", () => {
  const { shares, moment } = shown({ epoch: 0, sharing: { gates: [gate(0, 0.5, 0.5), gate(1, 0.5, 0.5)] } }, { epoch: 1, sharing: { gates: [gate(0, 0.9, 0.1), gate(1, 0.3, 0.7)] } });
  const said = () => shares.element.find("squares").textContent;
  assert.match(said(), /a90 %10 %b30 %70 %in use60 %40 %/);
  moment.choose(0);
  shares.paint(theme, 0);
  assert.match(said(), /a50 %50 %b50 %50 %in use50 %50 %/);
  assert.equal(shares.element.find("row3").children.length, 2);
});

test("a stitch is a matrix with a minus that is one", () => {
  const cells = [0.9, 0.1, -0.25, 0.8].map((value) => ({ value }));
  const { shares } = shown({ epoch: 0, sharing: { stitches: [{ level: 0, groups: 1, size: 2, cells }] } });
  assert.match(shares.element.find("squares").textContent, /stitch after layer 1ab.*a0\.900\.10b\u22120\.250\.80/);
});

test("the distance of copies has a line for each layer", () => {
  const { shares } = shown({ epoch: 0, sharing: { apart: [{ level: 0, distance: 0.7 }, { level: 1, distance: 0.5 }] } });
  assert.match(shares.element.find("squares").textContent, /layer 10\.70layer 20\.50/);
  assert.equal(shares.element.find("row3").children.length, 1);
  shares.stop();
});

test("masks and what tasks go by are tables, and a sentence says what each kind is", () => {
  const masks = [0, 1].map((task) => ({ task, level: 0, of: 20, units: [{ value: 0.25 }, { value: 1 }] }));
  const told = shown({ epoch: 0, sharing: { masks } }).shares.element;
  assert.match(told.find("squares").textContent, /lets through, layer 1, the first 2 of 20 units12a0\.251\.00b/);
  assert.match(told.find("note").textContent, /lets through: 1 is all of it/);
  const feeds = [{ task: 1, from: [{ task: null, share: 0.75 }, { task: 0, share: 0.25 }] }];
  assert.match(shown({ epoch: 0, sharing: { feeds } }).shares.element.find("squares").textContent, /what each task goes bysharedab75 %25 %/);
});

test("a gate of all tasks that also weighs the tasks' own experts has a table of its own", () => {
  const whole = { ...gate(null, 0.4, 0.3, 0.3), level: 0, shared: 1 }, own = { ...gate(0, 0.5, 0.5), level: 0, shared: 1 };
  const text = shown({ epoch: 0, sharing: { gates: [own, whole] } }).shares.element.find("squares").textContent;
  assert.match(text, /weight of each expert1owna, layer 150 %50 %in use50 %/);
  assert.match(text, /weight of each expert, all tasks, layer 11ab40 %30 %30 %/);
});
