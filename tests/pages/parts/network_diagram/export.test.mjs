import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName, plainColor } from "../../../../pages/parts/network_diagram/export.js";

test("a file is called by what it shows", () => {
  assert.equal(fileName("network", "two-waves", "dark"), "network-two-waves-dark");
  assert.equal(fileName("network", "Größe / 3.csv", "light"), "network-größe-3-csv-light");
  assert.equal(fileName("..", "//"), "network");
  assert.ok(fileName("x".repeat(300)).length <= 80);
});

test("mixed colours are written as every reader of SVG knows them", () => {
  assert.equal(plainColor("color(srgb 1 0.5 0)"), "rgb(255, 128, 0)");
  assert.equal(plainColor("color(srgb 0.2 0.2 0.2 / 0.5)"), "rgba(51, 51, 51, 0.5)");
  assert.equal(plainColor("rgb(1, 2, 3)"), "rgb(1, 2, 3)");
  assert.equal(plainColor('url("#to-0")'), 'url("#to-0")');
});
