import assert from "node:assert/strict";
import test from "node:test";
import { createAsker, cutText, rowsOf, rowsText } from "../../../../pages/parts/walkthrough/asker.js";

test("rows as one writes them", () => {
  assert.deepEqual(rowsOf("3, 7-9", 8), [3, 7, 8, 9]);
  assert.deepEqual(rowsOf("5 5;5", 8), [5]);
  assert.deepEqual(rowsOf("1–100", 8), [1, 2, 3, 4, 5, 6, 7, 8]);
  for (const text of ["", "x", "0", "4-2", "-3", "1.5"]) assert.equal(rowsOf(text, 8), null, text);
  assert.equal(rowsText([1, 2, 3, 9, 11, 12]), "1–3, 9, 11–12");
});

const tick = () => new Promise((resolve) => setImmediate(resolve));

test("one question is under way; of those that come meanwhile the newest is asked, and only its answer is taken", async () => {
  const [sent, taken] = [[], []];
  let answer = null;
  const asker = createAsker((question) => new Promise((resolve) => {
    sent.push(question);
    answer = resolve;
  }), (told) => taken.push(told), assert.fail);
  ["a", "b", "c"].forEach((question) => asker.ask(question));
  assert.deepEqual(sent, ["a"]);
  assert.equal(asker.busy, true);
  answer("to a");
  await tick();
  assert.deepEqual([sent, taken], [["a", "c"], []]);
  answer("to c");
  await tick();
  assert.deepEqual(taken, ["to c"]);
  assert.equal(asker.busy, false);
});

test("what fails is said, and what comes after the end is not", async () => {
  const said = [];
  const asker = createAsker(() => Promise.reject(new Error("no")), assert.fail, (message) => said.push(message));
  asker.ask(1);
  await tick();
  assert.deepEqual(said, ["no"]);
  asker.ask(2);
  asker.stop();
  await tick();
  assert.deepEqual(said, ["no"]);
});

test("rows beyond the most are not left out in silence", () => {
  assert.equal(cutText(rowsOf("5-20", 9), 8), "At most 8 rows: 5–12 are shown.");
  assert.equal(cutText(rowsOf("5-12", 9), 8), "");
});
