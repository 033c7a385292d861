import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const sheet = readFileSync(new URL("../../../../pages/parts/live/outputs.css", import.meta.url), "utf8");
const found = (pattern) => Number(pattern.exec(sheet)[1]);

test("in the Playground's column the metrics of many tasks have room for a metric's name and a task's", () => {
  const column = 485, share = found(/\.lean\.folded \.of \{ width: (\d+)%/) / 100;
  const [train, validation, baselines, mark] = [/thead \.train \{ width: (\d+)px/, /thead \.validation \{ width: (\d+)px/, /thead \.naive, thead \.linear \{ width: (\d+)px/, /\n\.mark \{ text-align: left; width: (\d+)px/].map(found);
  assert.ok(column * (1 - share) - train - validation - 2 * baselines - mark >= 58, "“Accuracy” and its padding");
  assert.ok(column * share >= 100, "a chip and a name");
});
