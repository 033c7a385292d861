import assert from "node:assert/strict";
import { test } from "node:test";
import { outbox, predicted, reaches, staying } from "../../../../pages/parts/network_diagram/pending.js";
import { heart, spec } from "./specs.mjs";

const widths = (network) => [network.trunk, ...network.tasks].map(({ layers }) => staying(layers).map((layer) => layer.width));

test("a new layer is a ghost, without the sizes that only the document knows", () => {
  const found = predicted(heart, { op: "add", where: "trunk", at: 1 });
  assert.deepEqual(widths(found), [[32, 32, 64], [32], [16]]);
  assert.ok(found.trunk.layers[1].ghost && found.trunk.layers[1].matrix === "");
  assert.equal(heart.trunk.layers.length, 2);
  assert.deepEqual(widths(predicted(spec([], [[]]), { op: "add", where: "task 0", at: 0 })), [[], [16]]);
});

test("a layer that goes stays in the picture, and no longer counts", () => {
  const found = predicted(heart, { op: "remove", where: "trunk", at: 0 });
  assert.deepEqual(found.trunk.layers.map((layer) => Boolean(layer.going)), [true, false]);
  assert.deepEqual(widths(predicted(found, { op: "change", where: "trunk", at: 0, fields: { width: 8 } })), [[8], [32], [16]]);
  assert.deepEqual(widths(predicted(found, { op: "add", where: "trunk", at: 1 })), [[64, 64], [32], [16]]);
});

test("moves, changes and the branch look as they will", () => {
  assert.deepEqual(widths(predicted(heart, { op: "move", where: "trunk", at: 0, to: 1 })), [[64, 32], [32], [16]]);
  assert.deepEqual(widths(predicted(heart, { op: "branch-earlier" })), [[32], [64, 32], [64, 16]]);
  assert.deepEqual(widths(predicted(heart, { op: "branch-later" })), [[32, 64, 32], [], []]);
  const found = predicted(heart, { op: "change", where: "task 1", at: 0, fields: { activation: { name: "tanh" }, dropout: 0.5 } });
  const [layer] = found.tasks[1].layers;
  assert.deepEqual([layer.activation, layer.title, layer.dropout], ["tanh", "Tanh", 0.5]);
});

test("what is unknown or out of place changes nothing", () => {
  for (const op of [{ op: "?" }, { op: "remove", where: "trunk", at: 9 }, { op: "add", where: "trunk", at: 9 }, { op: "move", where: "trunk", at: 0, to: 9 }, { op: "add", where: "gone", at: 0 }]) {
    assert.deepEqual(predicted(heart, op), heart);
  }
  assert.deepEqual(predicted(spec([], []), { op: "branch-later" }), spec([], []));
});

test("one edit is on its way at a time, and changes of one layer wait together", async () => {
  const sent = [], box = outbox((op) => sent.push(op), () => {});
  const change = (fields) => box.add({ op: "change", where: "trunk", at: 0, fields });
  change({ width: 1 });
  change({ width: 2 });
  change({ dropout: 0.5 });
  assert.equal(sent.length, 1);
  box.heard(null);
  box.heard(sent[0].n - 1);
  assert.equal(box.ops.length, 2);
  box.heard(sent[0].n);
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(sent[1].fields, { width: 2, dropout: 0.5 });
  box.heard(sent[1].n);
  assert.equal(box.ops.length, 0);
});

test("an edit that is not heard is sent again, and given up when that does not help", async () => {
  const sent = [];
  let told = 0;
  const box = outbox((op) => sent.push(op.n), () => { told += 1; }, { patience: 12, tries: 3 });
  box.add({ op: "branch-later" });
  await new Promise((done) => setTimeout(done, 40));
  assert.deepEqual([told, box.ops, new Set(sent).size, sent.length], [1, [], 1, 3]);
});

test("nothing leaves while the page is being drawn, yet not for ever", async () => {
  const sent = [];
  let busy = true;
  const box = outbox((op) => sent.push(op.op), () => {}, { busy: () => busy });
  box.add({ op: "undo" });
  assert.deepEqual([sent, box.ops.length], [[], 1]);
  busy = false;
  await new Promise((done) => setTimeout(done, 60));
  assert.deepEqual(sent, ["undo"]);
  box.stop();
  const stuck = outbox((op) => sent.push(op.op), () => {}, { busy: () => true, patience: 100 });
  stuck.add({ op: "redo" });
  await new Promise((done) => setTimeout(done, 150));
  assert.equal(sent.at(-1), "redo");
  stuck.stop();
});

const apart = predicted(heart, { op: "branch", where: "task 0", after: 0 });

test("a task that branches off takes copies along and gives them back", () => {
  assert.deepEqual([widths(apart), reaches(apart)], [[[32, 64], [32, 64, 32], [16]], [0, 2]]);
  assert.ok(apart.tasks[0].layers[0].ghost);
  const back = predicted(apart, { op: "branch", where: "task 0", after: 2 });
  assert.deepEqual([widths(back), reaches(back)], [widths(heart), [2, 2]]);
  const changed = predicted(apart, { op: "change", where: "task 0", at: 0, fields: { width: 8 } });
  assert.deepEqual(widths(predicted(changed, { op: "branch", where: "task 0", after: 2 }))[1], [8, 64, 32]);
  const both = predicted(apart, { op: "branch", where: "task 1", after: 1 });
  assert.deepEqual([widths(both), reaches(both)], [[[32], [32, 64, 32], [64, 16]], [0, 1]]);
  assert.equal(predicted(heart, { op: "branch", where: "task 0", after: 3 }), heart);
});

test("where tasks leave follows the shared layers that come and go", () => {
  const half = predicted(heart, { op: "branch", where: "task 0", after: 1 });
  assert.deepEqual(reaches(predicted(half, { op: "add", where: "trunk", at: 0 })), [2, 3]);
  assert.deepEqual(reaches(predicted(half, { op: "add", where: "trunk", at: 1 })), [1, 3]);
  assert.deepEqual(reaches(predicted(half, { op: "remove", where: "trunk", at: 0 })), [0, 1]);
  assert.deepEqual(widths(predicted(apart, { op: "branch-earlier" })), [[32], [32, 64, 32], [64, 16]]);
  assert.deepEqual(widths(predicted(apart, { op: "branch-later" })), [[32, 64, 16], [32, 64, 32], []]);
});

test("several layers more or less are shared at once", () => {
  assert.deepEqual(widths(predicted(heart, { op: "share", layers: 0 })), [[], [32, 64, 32], [32, 64, 16]]);
  assert.deepEqual(widths(predicted(heart, { op: "share", layers: 3 })), [[32, 64, 32], [], []]);
  assert.deepEqual(predicted(heart, { op: "undo" }), heart);
});
