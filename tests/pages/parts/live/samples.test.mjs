import assert from "node:assert/strict";
import test from "node:test";

import { keyItem, lineSample } from "../../../../pages/parts/live/samples.js";
import { fakePage } from "./page.mjs";

fakePage();

test("samples of lines have their look as classes, and the task whose colour they take", () => {
  assert.equal(lineSample().className, "line");
  const sample = lineSample("dashed twin", { "data-task": 2 });
  assert.deepEqual([sample.tag, sample.className, sample.dataset.task], ["i", "line dashed twin", "2"]);
});

test("an item is its sample and its words", () => {
  const sample = lineSample("wide");
  const item = keyItem(sample, "least squares", "the best line");
  assert.deepEqual([item.children, item.attributes.title], [[sample, "least squares"], "the best line"]);
  assert.ok(!("title" in keyItem(sample, "x").attributes));
});
