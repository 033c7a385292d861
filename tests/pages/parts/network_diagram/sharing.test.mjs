import assert from "node:assert/strict";
import { test } from "node:test";
import { controls } from "../../../../pages/parts/network_diagram/controls.js";
import { layout } from "../../../../pages/parts/network_diagram/layout.js";
import { spec } from "./specs.mjs";

const NAMES = ["hard", "separate", "soft", "cross-stitch", "sluice", "omoe", "mmoe", "dselect-k", "cgc", "ple", "mtan", "hierarchical"];
const made = (name, fields = {}, tasks = 2, width = 600) => {
  const network = { ...spec([16, 16], Array(tasks).fill([8])), sharing: { name, title: name, experts: 4, own: name === "cgc" || name === "ple" ? 1 : undefined, branch: Array(tasks).fill(2), ...fields } };
  return { network, found: layout(network, width, 420) };
};
const layers = (found) => found.nodes.filter((node) => node.kind === "layer" && node.where === "trunk");

for (const name of NAMES) {
  for (const tasks of [2, 3, 9]) {
    for (const experts of [1, 4, 16]) {
      test(`${name} with ${tasks} tasks and ${experts} experts: inside the picture, every end is there, no name twice`, () => {
        const { network, found } = made(name, { experts }, tasks);
        const ids = new Set(found.nodes.map(({ id }) => id));
        for (const link of found.links) assert.ok(ids.has(link.from) && ids.has(link.to), link.id);
        for (const wire of found.wires ?? []) assert.ok(wire.path || (ids.has(wire.from) && ids.has(wire.to)), wire.id);
        const all = [...found.nodes, ...found.links, ...(found.wires ?? []), ...(found.marks ?? [])].map(({ id }) => id);
        assert.equal(new Set(all).size, all.length);
        for (const node of found.nodes) {
          assert.ok([node.x, node.y, node.w, node.h].every(Number.isFinite), node.id);
          assert.ok(node.y - node.h / 2 >= 30 && node.y + node.h / 2 <= found.height, `${node.id} leaves the picture`);
        }
        for (const at of [0, 1]) assert.ok(controls(found, network).some((one) => one.kind === "layer" && one.where === "trunk" && one.at === at));
        assert.ok(controls(found, network).some((one) => one.kind === "add" && one.op.where === "trunk"));
      });
    }
  }
}

test("hard sharing's own picture stays as it is", () => {
  const plain = spec([16, 16], [[8], [8]]);
  assert.deepEqual(layout({ ...plain, sharing: null }, 600, 420), layout(plain, 600, 420));
});

test("once all others are separate, the layers are those of the task that is left, and are called so", () => {
  const { found } = made("hard", { branch: [0, 2] });
  assert.equal(found.owner, 1);
  assert.match(found.caption[0], /^layers of /);
  for (const branch of [[1, 2], [2, 2]]) assert.equal(made("hard", { branch }).found.owner, undefined);
  assert.equal(made("hard", { branch: [0, 2, 2] }, 3).found.owner, undefined);
});

test("a task that branches off earlier leaves from another layer, and what one task alone uses has its colour", () => {
  const { found } = made("hard", { branch: [1, 2] });
  const leaving = found.links.filter((link) => link.branches).map(({ from }) => from);
  assert.deepEqual(leaving, ["trunk:0", "trunk:1"]);
  assert.deepEqual(layers(found).map(({ tone }) => tone), [-1, 1]);
  assert.equal(made("hard", { branch: [0, 2] }).found.links.find((link) => link.branches).from, "inputs");
});

test("separate networks have a copy each, and an edit of one is an edit of the shared layer", () => {
  const { network, found } = made("separate");
  assert.deepEqual(layers(found).map(({ at, tone }) => [at, tone]), [[0, 0], [0, 1], [1, 0], [1, 1]]);
  const copies = controls(found, network).filter((one) => one.kind === "layer" && one.where === "trunk");
  assert.ok(copies.every(({ hint }) => hint.includes("all copies are edited at once")));
  assert.equal(found.marks.length, 0);
  assert.ok(!found.links.some((link) => link.branches));
});

test("soft sharing has ties, cross-stitch a stitch after every layer, PLE after all but the last", () => {
  const marks = (name) => made(name).found.marks.map(({ kind }) => kind);
  assert.deepEqual([marks("soft"), marks("cross-stitch"), marks("ple")], [["soft", "soft"], ["stitch", "stitch"], ["gates"]]);
});

test("every task's gate sees the shared experts and its own; one gate serves all in OMoE", () => {
  const into = (found, gate) => found.wires.filter(({ to }) => to === gate).length;
  assert.deepEqual([into(made("mmoe").found, "gate0"), into(made("mmoe").found, "gate1")], [4, 4]);
  assert.equal(into(made("cgc", { experts: 2 }).found, "gate1"), 3);
  const { found } = made("omoe");
  assert.deepEqual([found.nodes.filter(({ kind }) => kind === "gate").length, into(found, "gate")], [1, 4]);
});

test("many experts are one box that says how many", () => {
  const { found } = made("mmoe", { experts: 8 });
  assert.deepEqual([found.notes.map(({ text }) => text), layers(found).length], [["8 experts"], 2]);
  assert.ok(layers(found).every(({ deck }) => deck === 8));
});

test("masks see every shared layer, and answers feed the tasks after them", () => {
  assert.equal(made("mtan").found.wires.filter(({ to }) => to === "mask0").length, 2);
  const { found } = made("hierarchical", {}, 3);
  assert.deepEqual(found.wires.filter(({ kind }) => kind === "feed").map(({ id }) => id), ["feed0", "feed1"]);
  assert.deepEqual(found.links.filter(({ to }) => to.endsWith(":0") && to.startsWith("task")).map(({ from }) => from), ["trunk:1", "join1", "join2"]);
});

test("between the levels of PLE stand a gate for each task and one for all, none after the last", () => {
  const { found } = made("ple", { experts: 2, own: 1 });
  const between = found.nodes.filter(({ id }) => id.startsWith("gates:"));
  assert.deepEqual(between.map(({ lane }) => lane), [-1, 0, 1]);
  assert.equal(found.marks.length, 1);
});
