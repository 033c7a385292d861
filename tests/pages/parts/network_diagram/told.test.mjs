import assert from "node:assert/strict";
import { test } from "node:test";
import { predicted } from "../../../../pages/parts/network_diagram/pending.js";
import { told } from "../../../../pages/parts/network_diagram/told.js";
import { heart } from "./specs.mjs";

const after = (op) => told(op, predicted(heart, op));

test("every edit is said in one sentence, as the network is with it", () => {
  assert.equal(after({ op: "add", where: "trunk", at: 1 }), "A new layer 2 in the shared layers, 32 units.");
  assert.equal(after({ op: "remove", where: "task 0", at: 0 }), "Layer 1 of the layers of task 0 is gone; 0 layers left.");
  assert.equal(after({ op: "move", where: "trunk", at: 0, to: 1 }), "Layer 1 of the shared layers is layer 2 now.");
  assert.equal(after({ op: "change", where: "trunk", at: 0, fields: { width: 1 } }), "Layer 1 of the shared layers: 1 unit.");
  assert.equal(after({ op: "change", where: "trunk", at: 0, fields: { activation: { name: "tanh" }, dropout: 0.2 } }), "Layer 1 of the shared layers: Tanh, dropout 20 %.");
  assert.equal(after({ op: "branch", where: "task 0", after: 1 }), "task 0 goes through 1 of 2 shared layers.");
  assert.equal(after({ op: "branch-earlier" }), "1 shared layer.");
  assert.equal(after({ op: "share", layers: 0 }), "Nothing is shared now.");
});
