import assert from "node:assert/strict";
import test from "node:test";
import { inputText } from "../../../../pages/parts/walkthrough/inputs.js";
import { madeMatrix } from "../../../../pages/parts/walkthrough/matrices.js";

const of = [
  { kind: "number", column: "age", mean: 54.4, scale: 9.05 }, { kind: "yes-no", column: "smokes", level: "yes" },
  { kind: "category", column: "thal", level: "fixed" }, { kind: "category", column: "thal", level: "normal" }, { kind: "gap", column: "age" },
];
const rows = [[(60 - 54.4) / 9.05, 1, 0, 1, 0], [0, 0, 0, 0, 1]], x = madeMatrix(2, 5, (row, col) => rows[row][col]);

test("a number is its cell without the mean, over the spread", () => {
  assert.equal(inputText(of, x, 0, 0), "(60 − 54.4) / 9.05 = 0.619".replace("9.05", "9.050"));
});

test("of a category the column that is 1 is named", () => {
  assert.equal(inputText(of, x, 0, 3), "thal is normal in this row");
  assert.equal(inputText(of, x, 0, 2), "thal is not fixed in this row: the 1 stands at thal = normal");
  assert.equal(inputText(of, x, 1, 2), "thal is not fixed in this row: what it is has no column");
});

test("yes-no, gaps, and what nothing is known of", () => {
  assert.equal(inputText(of, x, 0, 1), "1 is for smokes = yes");
  assert.equal(inputText(of, x, 0, 4), "age has a value in this row");
  assert.equal(inputText(of, x, 1, 4), "age has no value in this row");
  assert.equal(inputText([], x, 0, 0), "0.619, as it goes in");
});
