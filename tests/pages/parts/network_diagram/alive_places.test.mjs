import assert from "node:assert/strict";
import { test } from "node:test";
import { readLayers } from "../../../../pages/parts/network_diagram/alive_data.js";
import { along, placed, standsAt } from "../../../../pages/parts/network_diagram/alive_places.js";
import { layout } from "../../../../pages/parts/network_diagram/layout.js";
import { snapshot, told } from "./alive.mjs";
import { spec } from "./specs.mjs";

const network = spec([4], [[3], []]), geometry = layout(network, 600, 420), layers = readLayers(snapshot());

test("every box that is told of has its units inside, every link a line for each weight", () => {
  const { boxes, links } = placed(geometry, layers, "hard");
  assert.deepEqual([...boxes.keys()].sort(), ["inputs", "task0:0", "task0:out", "task1:out", "trunk:0"]);
  for (const { node, cells, layer } of boxes.values()) {
    assert.equal(cells.length, layer.count);
    assert.ok(cells.every(({ y, h, w }) => y - h / 2 >= node.y - node.h / 2 && y + h / 2 <= node.y + node.h / 2 && w < node.w));
  }
  assert.equal(links.length, 4);
  assert.ok(links.every(({ starts, ends, layer }) => starts.length * ends.length === layer.weights.length));
});

test("a layer of another width, one that comes or goes, and what it leads to are not told of", () => {
  const other = structuredClone(network);
  other.trunk.layers[0].width = 5;
  const { boxes, links } = placed(layout(other, 600, 420), layers, "hard");
  assert.ok(!boxes.has("trunk:0"));
  assert.deepEqual(links.map(({ layer }) => layer.name), ["output0"]);
  const ghost = structuredClone(network);
  ghost.trunk.layers[0].ghost = true;
  assert.ok(!placed(layout(ghost, 600, 420), layers, "hard").boxes.has("trunk:0"));
});

test("what comes out of a gate has one start", () => {
  const gated = { ...spec([4], [[3], []]), sharing: { name: "mmoe", experts: 2 } };
  const found = readLayers({ layers: [told("inputs", "", 0, 12), told("expert.0@0", "inputs", 12, 4), told("expert.0@1", "inputs", 12, 4), told("tower0.0", "", 1, 3), told("output0", "tower0.0", 3, 1), told("output1", "", 1, 1)] });
  const { boxes, links } = placed(layout(gated, 600, 420), found, "mmoe");
  assert.equal(boxes.size, 6);
  const [into] = links.filter(({ layer }) => layer.name === "tower0.0");
  assert.deepEqual([into.from, into.starts.length, into.ends.length], [null, 1, 3]);
});

test("what stands at a point is the unit there, or the line", () => {
  const places = placed(geometry, layers, "hard"), { node, cells } = places.boxes.get("trunk:0");
  const found = standsAt(places, node.x, cells[2].y + 1);
  assert.deepEqual([found.kind, found.layer.name, found.place], ["unit", "trunk.0", 2]);
  const line = places.links.find(({ layer }) => layer.name === "output0"), { x, y } = along(line, line.starts[1], line.ends[0], 0.3);
  const crossed = standsAt(places, x, y);
  assert.deepEqual([crossed.kind, crossed.layer.name, crossed.input, crossed.place], ["link", "output0", 1, 0]);
  assert.equal(standsAt(places, 1, 1), null);
});

test("a line runs from its start to its end", () => {
  const link = { x1: 10, bend: 50 };
  assert.deepEqual(along(link, 3, 9, 0), { x: 10, y: 3 });
  assert.deepEqual(along(link, 3, 9, 1), { x: 50, y: 9 });
});
