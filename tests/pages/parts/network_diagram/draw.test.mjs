import assert from "node:assert/strict";
import { test } from "node:test";
import { draw } from "../../../../pages/parts/network_diagram/draw.js";
import { layout } from "../../../../pages/parts/network_diagram/layout.js";
import { spec } from "./specs.mjs";

function fake(tag) {
  const made = { tag, attributes: {}, children: [], textContent: "" };
  return Object.assign(made, { append: (...more) => made.children.push(...more), replaceChildren: (...all) => (made.children = all), setAttribute: (name, value) => (made.attributes[name] = String(value)) });
}

/** All that is written in a picture with a class, as `text`. */
function written(element, kind) {
  const own = element.tag === "text" && element.attributes.class.split(" ").includes(kind) && element.textContent ? [element.textContent] : [];
  return [...own, ...element.children.flatMap((child) => written(child, kind))];
}

for (const tasks of [2, 5, 6]) {
  test(`with ${tasks} tasks the shape of every matrix and of every batch is written`, () => {
    globalThis.document = { createElementNS: (_, tag) => fake(tag) };
    const network = spec([64, 64], Array(tasks).fill([16]), { matrix: "64 × 16", batch: "64 × 16" }), svg = fake("svg");
    draw(svg, layout(network, 581, 412), network, Array(tasks).fill("#123456"));
    assert.equal(written(svg, "matrix").length, 2 + 2 * tasks);
    assert.equal(written(svg, "batch").length, 3 + 2 * tasks);
    assert.equal(written(svg, "word").length, 3 + tasks);
  });
}
