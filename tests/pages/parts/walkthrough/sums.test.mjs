import assert from "node:assert/strict";
import test from "node:test";
import { chanceText, differenceText, sumText } from "../../../../pages/parts/walkthrough/sums.js";

const term = (a, b) => ({ a, b, value: a * b });

test("products, the bias and the result are written out", () => {
  const text = sumText({ terms: [term(0.52, 1.3), term(-0.4, -0.2)], plus: [{ value: 0.1, what: "bias" }], result: 0.856 });
  assert.equal(text, "0.520·1.300 + (−0.400)·(−0.200) + 0.100 (bias) = 0.856");
});

test("of many products the largest are written and the others are one number", () => {
  const terms = Array.from({ length: 40 }, (_, at) => term(at === 30 ? -9 : at, 1));
  const text = sumText({ terms, result: 741 });
  assert.match(text, /\(33 smaller products\) = 741\.0$/);
  const rest = terms.map(({ value }) => Math.abs(value)).sort((x, y) => y - x)[6];
  assert.ok(rest >= 33);
  assert.match(text, /^33\.00·1\.000 \+ 34\.00·1\.000/);
  const [, others] = /\+ ([\d.]+) \(33 smaller/.exec(text);
  assert.equal(Number(others), terms.reduce((sum, { value }) => sum + (value >= 33 ? 0 : value), 0));
});

test("nothing is a sum too", () => {
  assert.equal(sumText({ terms: [], result: 0 }), "nothing = 0.000");
});

test("differences and probabilities near 1 keep the digits that count", () => {
  assert.equal(differenceText(1.39871, 1.23839), "1.3987 − 1.2384");
  assert.equal(differenceText(240, -6.26), "240 − (−6.3)");
  assert.equal(chanceText(0.615), "0.615");
  assert.equal(chanceText(0.99971), "0.999710");
  assert.equal(chanceText(1), "1.000");
});
