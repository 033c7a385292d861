import assert from "node:assert/strict";
import test from "node:test";
import { cosineOf, largestOf, matrixOf, readMatrices, strengthsOf, termsOf, timesMatrix, topOf, transposed } from "../../../../pages/parts/walkthrough/matrices.js";

const told = (values, shape, Kind = Float64Array, kind = "f8") => ({ shape, kind, bytes: Buffer.from(new Kind(values).buffer).toString("base64") });
const rows = (matrix) => Array.from({ length: matrix.rows }, (_, row) => Array.from({ length: matrix.cols }, (_, col) => matrix.at(row, col)));
const a = matrixOf(told([1, 2, 3, 4, 5, 6], [2, 3])), b = matrixOf(told([1, 0, 0, 1, 2, -2], [3, 2], Float32Array, "f4"));

test("numbers come as they were told, in both widths", () => {
  assert.deepEqual(rows(a), [[1, 2, 3], [4, 5, 6]]);
  assert.deepEqual(rows(b), [[1, 0], [0, 1], [2, -2]]);
  assert.equal(matrixOf(told([0.1], [1, 1])).at(0, 0), 0.1);
});

test("a bank is taken apart into its copies", () => {
  const bank = matrixOf(told([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]));
  assert.equal(bank.copies, 2);
  assert.deepEqual(rows(bank.copy(1)), [[5, 6], [7, 8]]);
  assert.deepEqual(rows(bank.copy(9)), [[5, 6], [7, 8]]);
});

test("a product is the sum of its terms", () => {
  const product = timesMatrix(a, b);
  assert.deepEqual(rows(product), [[7, -4], [16, -7]]);
  assert.deepEqual(termsOf(a, b, 1, 0).map((term) => term.value), [4, 0, 12]);
  assert.deepEqual(rows(transposed(product)), [[7, 16], [-4, -7]]);
  assert.deepEqual(rows(topOf(a, 1)), [[1, 2, 3]]);
});

test("strengths, the largest number, and how two agree", () => {
  assert.deepEqual(strengthsOf(b), [3, 3]);
  assert.equal(largestOf(b), 2);
  assert.equal(cosineOf(a, a), 1);
  assert.equal(cosineOf(a, matrixOf(told([-1, -2, -3, -4, -5, -6], [2, 3]))), -1);
  assert.equal(cosineOf(a, matrixOf(told([0, 0, 0, 0, 0, 0], [2, 3]))), null);
});

test("what was told without numbers is missing, and what was not told is nothing", () => {
  const book = readMatrices({ w: { shape: [300, 20], kind: "f4" } });
  assert.equal(book.get("w").missing, true);
  assert.equal(transposed(book.get("w")).missing, true);
  assert.equal(book.get("x"), null);
});
