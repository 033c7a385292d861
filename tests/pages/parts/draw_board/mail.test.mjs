import assert from "node:assert/strict";
import test from "node:test";
import { createMail } from "../../../../pages/parts/draw_board/mail.js";

function posted(context, lost) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const sent = [];
  return [createMail((board, number) => sent.push([board, number]), lost, 100), sent];
}

test("one is under way at a time, and of those that wait only the newest follows", (context) => {
  const [mail, sent] = posted(context);
  for (const board of ["a", "b", "c"]) mail.put(board);
  assert.deepEqual(sent, [["a", 101]]);
  mail.heard(101);
  assert.deepEqual(sent, [["a", 101], ["c", 102]]);
  assert.ok(mail.waiting);
  mail.heard(102);
  assert.ok(!mail.waiting);
});

test("what was heard before is no answer to what was sent since", (context) => {
  const [mail] = posted(context);
  mail.put("a");
  for (const old of [undefined, null, 7, 100]) mail.heard(old);
  assert.ok(mail.waiting);
});

test("without an answer it is sent again, by then with the newest board", (context) => {
  const [mail, sent] = posted(context);
  mail.put("a");
  context.mock.timers.tick(8000);
  assert.deepEqual(sent, [["a", 101], ["a", 102]]);
  mail.put("b");
  context.mock.timers.tick(8000);
  assert.deepEqual(sent.at(-1), ["b", 103]);
  mail.heard(103);
  context.mock.timers.tick(100_000);
  assert.equal(sent.length, 3);
});

test("a server that never answers is given up, and told", (context) => {
  let lost = 0;
  const [mail, sent] = posted(context, () => (lost += 1));
  mail.put("a");
  for (let tick = 0; tick < 10; tick += 1) context.mock.timers.tick(8000);
  assert.deepEqual([sent.length, lost, mail.waiting], [3, 1, false]);
});
