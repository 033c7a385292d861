import assert from "node:assert/strict";
import { test } from "node:test";
import { fileName, legendParts, plainColor } from "../../../../pages/parts/network_diagram/export.js";

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

test("the legend stands below, in rows as wide as the drawing", () => {
  const items = [{ text: "weight", sample: "line", paints: ["rgba(0, 0, 255, 1)", "rgba(255, 0, 0, 1)"] }, { text: "how often", sample: "", paints: [] }, { text: "who", sample: "bars", paints: ["rgb(1, 1, 1)", "rgb(2, 2, 2)", "rgb(3, 3, 3)"] }];
  const measure = (text) => 10 * text.length, rowsOf = ({ parts }) => new Set(parts.filter(([name]) => name === "text").map(([, { y }]) => y)).size;
  const wide = legendParts(items, 1000, 200, measure, "black"), narrow = legendParts(items, 120, 200, measure, "black");
  assert.deepEqual(wide.parts.filter(([, , text]) => text).map(([, , text]) => text), ["weight", "how often", "who"]);
  assert.equal(wide.parts.filter(([name]) => name === "rect").length, 5);
  assert.deepEqual([rowsOf(wide), rowsOf(narrow)], [1, 3]);
  assert.ok(narrow.height > wide.height);
  assert.ok(wide.parts.every(([, { y }]) => y > 200 - 1 && y < 200 + wide.height));
  assert.deepEqual(legendParts([], 100, 200, measure, "black"), { parts: [], height: 0 });
});
