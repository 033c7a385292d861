import assert from "node:assert/strict";
import test from "node:test";

import { collapseParts, matrixTable } from "../../../../pages/parts/live/collapse_words.js";

const REGRESSION = { name: "height", kind: "regression", classes: [] };
const BINARY = { kind: "binary", classes: ["no", "rain"] };
const CLASSES = { kind: "multiclass", classes: ["a", "b", "c"] };
const flat = (parts) => parts.flatMap((part) => (part.keep ? flat(part.keep) : [part]));
const text = (...given) => flat(collapseParts(...given)).map((part) => part.number ?? part).join("");

test("one number in and one out come to a line", () => {
  assert.equal(text(REGRESSION, { slope: 1.5, intercept: -0.065, gap: 4.2e-7 }, true),
    "Without activations all its layers are one line: y = 1.500\u00b7x \u2212 0.065. Its twin, computed layer by layer, says the same to within 4e\u22127.");
  assert.equal(text(BINARY, { slope: -2, intercept: 0.5, gap: 0 }, false),
    "Without activations all its layers are one line: the logit of \u201crain\u201d (above 0 it is the answer) is \u22122.000\u00b7x + 0.500. The network itself says exactly the same.");
});

test("more come to a matrix", () => {
  assert.match(text(CLASSES, { matrix: [[1, 2, 3], [4, 5, 6]], bias: [0, 0, 0], shape: [2, 3], gap: 0 }, true), /one 2 \u00d7 3 matrix, which gives each class its logit \(the highest is the answer\)\. Its/);
  assert.match(text(REGRESSION, { matrix: null, bias: [0], shape: [3000, 1], gap: 0 }, true), /one 3000 \u00d7 1 matrix\. Its/);
  assert.match(text(BINARY, { matrix: [[1], [2]], gap: 0 }, true), /one 2 \u00d7 1 matrix, which gives the logit of \u201crain\u201d \(above 0 it is the answer\)\./);
});

test("numbers change without the words: no space is left before a full stop, and what is no number is a dash", () => {
  const told = (slope, intercept, gap) => flat(collapseParts(REGRESSION, { slope, intercept, gap }, true));
  const words = (parts) => parts.map((part) => (typeof part === "string" ? part : "#")).join("");
  assert.equal(words(told(1, 2, 1e-7)), words(told(-3.25, 0.0123, 2e-6)));
  assert.ok(!/\s[.,]/.test(text(REGRESSION, { slope: 1, intercept: 2, gap: 1e-7 }, true)));
  assert.deepEqual(told(null, null, null).filter((part) => part.number).map(({ number }) => number), ["\u2013", "\u2013", "\u2013"]);
});

test("a matrix as a table has names where they fit, and says what it leaves out", () => {
  assert.equal(matrixTable(REGRESSION, { slope: 1, intercept: 0 }), null);
  assert.equal(matrixTable(REGRESSION, { matrix: null, shape: [9000, 1] }), null);
  assert.deepEqual(matrixTable(BINARY, { matrix: [[1], [2]], bias: [3] }, ["wind", "sun"]),
    { columns: ["logit"], rows: [{ name: "wind", values: [1] }, { name: "sun", values: [2] }, { name: "bias, always added", values: [3] }], more: 0 });
  assert.deepEqual(matrixTable(CLASSES, { matrix: [[1, 2, 3, 4]] }, ["too", "many"]),
    { columns: ["a", "b", "c", "output 4"], rows: [{ name: "input 1", values: [1, 2, 3, 4] }], more: 0 });
  const tall = matrixTable(REGRESSION, { matrix: Array.from({ length: 20 }, () => [1]), bias: [0] });
  assert.deepEqual([tall.rows.length, tall.more, tall.rows.at(-1).name, tall.columns], [15, 6, "bias, always added", ["height"]]);
});
