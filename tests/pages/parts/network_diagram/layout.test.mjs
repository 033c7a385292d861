import assert from "node:assert/strict";
import { test } from "node:test";
import { dots, HEADER, layout, MOST_DOTS, naturalHeight } from "../../../../pages/parts/network_diagram/layout.js";
import { heart, spec } from "./specs.mjs";

const full = (count, width = 16) => Array(count).fill(width);
const NETWORKS = {
  heart,
  "no layers at all": spec([], [[], []]),
  "no task": spec([5], []),
  "no shared layer": spec([], [[8], []]),
  "uneven towers": spec([8], [[], [4], [4, 4, 4], [2], [1, 2]]),
  "with badges": spec([8, 8], [[4], [4], [4]], { batch_norm: true, dropout: 0.5 }),
  "the largest": spec(full(12, 1024), Array(50).fill(full(12, 1024))),
};

for (const [name, network] of Object.entries(NETWORKS)) {
  for (const [width, height] of [[560, 400], [1300, 430], [240, 200]]) {
    test(`${name} at ${width} x ${height}: inside, ordered, apart`, () => {
      const found = layout(network, width, height);
      assert.ok(found.width >= width && found.height > 0);
      for (const node of found.nodes) {
        assert.ok([node.x, node.y, node.w, node.h].every(Number.isFinite));
        assert.ok(node.x - node.w / 2 >= 0 && node.x + node.w / 2 <= found.width);
        if (height >= 400) assert.ok(node.y - node.h / 2 >= HEADER && node.y + node.h / 2 <= found.height, `${node.id} leaves the picture`);
      }
      for (const a of found.nodes) {
        for (const b of found.nodes) {
          if (a.id >= b.id || a.lane !== b.lane) continue;
          assert.ok(Math.abs(a.x - b.x) >= (a.w + b.w) / 2 + 20, `${a.id} and ${b.id} stand too close`);
        }
      }
      assert.equal(found.links.length, found.nodes.length - 1);
      const ids = [...found.nodes, ...found.links, ...found.adds, ...found.lanes].map((item) => item.id);
      assert.equal(new Set(ids).size, ids.length);
    });
  }
}

test("a layer can be added before, between and after all layers of every stack", () => {
  const places = layout(heart, 560, 400).adds.map((add) => `${add.where}:${add.at}`);
  assert.deepEqual(places, ["trunk:0", "trunk:1", "trunk:2", "task 0:0", "task 0:1", "task 1:0", "task 1:1"]);
});

test("the heart network fits 560 pixels without scrolling, and so do five tasks", () => {
  assert.equal(layout(heart, 527, 400).width, 527);
  assert.equal(layout(spec([256, 512], [[], [], [256], [8, 4], [3]]), 527, 380).width, 527);
  assert.equal(layout(spec([256, 512], [[], [], [256], [8, 4], [3]]), 527, 380).height, 380);
});

test("nine layers one after the other fit 560 pixels, none of them folded, with room for the names", () => {
  for (const network of [spec(full(8), [[8], [8]]), spec(full(6), [full(3), [8]]), spec([], [full(9)])]) {
    const found = layout(network, 560, 410);
    assert.equal(found.width, 560);
    assert.ok(found.nodes.every((node) => node.kind !== "fold"));
    const out = found.nodes.find((node) => node.kind === "output");
    assert.ok(560 - out.x - out.w / 2 >= 64);
  }
});

test("deeper networks are folded in the middle, and their outputs stay in sight", () => {
  for (const [width, network] of [[560, spec(full(12), [full(12), [4]])], [440, spec(full(12), [full(12)])], [560, spec(full(12), [[]])]]) {
    const found = layout(network, width, 410), folds = found.nodes.filter((node) => node.kind === "fold");
    assert.equal(found.width, width);
    assert.ok(folds.length && folds.every((node) => node.to - node.from === node.widths.length && node.widths.length > 1));
    const shown = found.nodes.filter((node) => node.lane < 0 && node.kind !== "inputs");
    assert.equal(shown.reduce((sum, node) => sum + (node.widths?.length ?? 1), 0), 12);
  }
});

test("a place can be unfolded", () => {
  const network = spec(full(12), [full(12)]);
  for (let at = 0; at < 12; at += 1) {
    const found = layout(network, 560, 410, { focus: new Map([["trunk", at]]) });
    assert.ok(found.nodes.some((node) => node.id === `trunk:${at}`), `layer ${at} is not shown`);
    assert.equal(found.width, 560);
  }
});

test("a shape is written only where there is room for it", () => {
  const found = layout(spec(full(8, 1024), [[8], [8]], { matrix: "1024 × 1024" }), 560, 410);
  assert.ok(found.links.filter((link) => link.lane < 0).every((link) => link.text === "" && link.shape === "1024 × 1024"));
});

for (const [count, width, height] of [[5, 581, 412], [6, 581, 412], [5, 560, 330], [5, 700, 412]]) {
  test(`${count} tasks at ${width} x ${height}: every shape is written, in its lane and clear of what stands there`, () => {
    const found = layout(spec([64, 64], Array(count).fill([16]), { matrix: "64 × 16", batch: "64 × 16" }), width, height);
    const byId = new Map(found.nodes.map((node) => [node.id, node])), letter = 5.2;
    for (const link of found.links) {
      assert.equal(link.text, link.shape);
      const to = byId.get(link.to), from = byId.get(link.from), half = (link.text.length * letter) / 2;
      assert.ok(link.labelY <= to.y - 10, "over the button on the link");
      assert.ok(link.labelX + half <= to.x - to.w / 2 + 2 && (link.branches || link.labelX - half >= from.x + from.w / 2 - 2), "between two boxes");
    }
    for (const node of found.nodes.filter(({ lane }) => lane >= 0)) {
      const lane = found.lanes[node.lane], [first, second] = node.lines, bottom = node.y + node.h / 2;
      assert.ok(bottom + first - 9 > bottom && second - first >= 10, "words stand under the box and under each other");
      assert.ok(bottom + second <= lane.top + lane.height, "two lines of words fit under the box");
      assert.ok(node.y - 11 - 8 >= lane.top - 4, "a matrix over the link does not reach the lane above");
    }
  });
}

test("a layer on its way out keeps its box and takes no place", () => {
  const network = spec([8, 16, 32], [[4]]);
  network.trunk.layers[1].going = true;
  const found = layout(network, 560, 410);
  assert.deepEqual(found.nodes.filter((node) => node.lane < 0).map((node) => node.id), ["inputs", "trunk:0", "trunk:going1", "trunk:1"]);
  assert.deepEqual(found.adds.filter((add) => add.lane < 0).map((add) => add.at), [0, 1, 2]);
});

test("too many tasks heighten the picture, too little room widens it", () => {
  assert.ok(layout(spec(full(12), [full(12)]), 300, 400).width > 300);
  assert.ok(layout(spec([8], Array(14).fill([8])), 560, 400).height > 400);
});

test("the trunk stays in sight however many tasks there are", () => {
  const found = layout(spec([8], Array(50).fill([8])), 560, 400);
  assert.ok(found.nodes.filter((node) => node.lane < 0).every((node) => node.y < 400));
});

test("a branch bends before its lane's first place, and runs straight from there", () => {
  const found = layout(spec([8], [[], [4, 4]]), 560, 400), first = found.nodes.find((node) => node.id === "task1:0");
  assert.ok(found.links.filter((link) => link.branches).every((link) => link.bend <= first.x - first.w / 2 + 1e-9));
});

test("more units never make a lower layer", () => {
  const heights = Array.from({ length: 1024 }, (_, i) => naturalHeight(i + 1));
  assert.ok(heights.every((height, i) => i === 0 || height >= heights[i - 1]));
});

test("dots are folded beyond the most that are drawn, and stay inside their layer", () => {
  assert.equal(dots(5, 60).offsets.length, 5);
  assert.equal(dots(5, 60).fold, false);
  const many = dots(64, 120);
  assert.equal(many.offsets.length, MOST_DOTS);
  assert.ok(many.fold && many.offsets.every((offset) => Math.abs(offset) + many.radius < 60));
  assert.ok(Math.abs(many.offsets.reduce((sum, offset) => sum + offset, 0)) < 1e-9);
});
