import assert from "node:assert/strict";
import test from "node:test";
import { isFound } from "../../../../pages/parts/column_marks/find.js";

test("nothing typed shows every column", () => assert.ok(isFound("age", "") && isFound("age", "  ")));

test("all words must occur, in any case and order", () => {
  assert.ok(isFound("row 3 col 7", "COL 3"));
  assert.ok(!isFound("row 3 col 7", "col 8"));
});
