import assert from "node:assert/strict";
import { test } from "node:test";
import { outbox, predicted, staying } from "../../../../pages/parts/network_diagram/pending.js";
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

test("an edit that is never heard of is given up", async () => {
  let told = 0;
  const box = outbox(() => {}, () => { told += 1; }, 10);
  box.add({ op: "branch-later" });
  await new Promise((done) => setTimeout(done, 30));
  assert.deepEqual([told, box.ops], [1, []]);
});
