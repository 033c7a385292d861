import assert from "node:assert/strict";
import test from "node:test";
import { askInside } from "../../../../pages/parts/walkthrough/talk.js";

test("a question is a POST that other sites cannot send", async () => {
  const post = async (address, { method, body, headers }) => {
    assert.deepEqual([address, method, JSON.parse(body), headers["X-Requested-With"]], ["/inside/x", "POST", { rows: [0] }, "mtl"]);
    return { ok: true, json: async () => ({ steps: [] }) };
  };
  assert.deepEqual(await askInside("/inside/x", { rows: [0] }, post), { steps: [] });
});

test("what goes wrong is a sentence", async () => {
  const told = async () => ({ ok: false, status: 400, json: async () => ({ message: "A row should be from 1 to 9." }) });
  await assert.rejects(askInside("/", {}, told), /A row should be from 1 to 9/);
  const broken = async () => ({ ok: false, status: 500, json: () => Promise.reject(new Error("x")) });
  await assert.rejects(askInside("/", {}, broken), /The server answered 500/);
  const gone = async () => Promise.reject(new Error("x"));
  await assert.rejects(askInside("/", {}, gone), /cannot be reached/);
});
