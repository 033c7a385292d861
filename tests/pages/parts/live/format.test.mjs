import assert from "node:assert/strict";
import test from "node:test";

import { briefText, durationText, epochText, logText, numberText, pad, rateText, roughText, shorten, shortenInside, tickText } from "../../../../pages/parts/live/format.js";

test("counts keep their width", () => {
  assert.equal(pad(12, 4), "0012");
  assert.equal(pad(123456, 4), "123456");
  assert.equal(epochText(12.9, 50), "0012 / 0050");
  assert.equal(epochText(3, 20000), "00003 / 20000");
  assert.equal(epochText(undefined, 0), "0000 / 0000");
  const widths = new Set([0, 9, 10, 99, 100, 2000].map((epoch) => epochText(epoch, 2000).length));
  assert.equal(widths.size, 1);
});

test("measured values have three decimals, two digits below a tenth, and a dash stands for none", () => {
  assert.equal(numberText(0.8312), "0.831");
  assert.equal(numberText(0.04187), "0.042");
  assert.equal(numberText(0.00428), "0.0043");
  assert.equal(numberText(-1.6e-4), "\u22120.00016");
  assert.equal(numberText(0.09996), "0.100");
  assert.equal(numberText(0), "0.000");
  assert.equal(numberText(12.346), "12.35");
  assert.equal(numberText(-1.5), "\u22121.500");
  assert.equal(numberText(1.2e-7), "1.2e\u22127");
  assert.equal(numberText(12345), "12\u2009345");
  for (const none of [null, undefined, NaN, Infinity]) assert.equal(numberText(none), "–");
});

test("labels on axes have the decimals their step needs", () => {
  assert.equal(tickText(0.5, 0.5), "0.5");
  assert.equal(tickText(0.25, 0.05), "0.25");
  assert.equal(tickText(-2, 1), "\u22122");
  assert.equal(tickText(20000, 5000), "20k");
  assert.equal(tickText(1e-17, 0.1), "0");
  assert.equal(logText(0.01), "0.01");
  assert.equal(tickText(5e-4, 5e-4), "0.0005");
  assert.equal(tickText(-5e-5, 5e-5), "\u22125e\u22125");
  assert.equal(briefText(0.00025), "2.5e\u22124");
  assert.equal(briefText(0), "0");
  assert.equal(logText(0.0001), "0.0001");
  assert.equal(logText(1e-5), "1e\u22125");
});

test("a number that is only pointed at is short", () => {
  assert.deepEqual([40.21, 2.512, 0.0333, 3.2e9].map(roughText), ["40", "2.5", "0.033", "3.2e9"]);
});

test("times and rates", () => {
  assert.equal(durationText(7), "0:07");
  assert.equal(durationText(750), "12:30");
  assert.equal(durationText(3725), "1:02:05");
  assert.equal(durationText(null), "–");
  assert.equal(rateText(59.4), "59");
  assert.equal(rateText(0.9), "0.9");
  assert.equal(rateText(null), "–");
});

test("a long text is shortened to its room", () => {
  const measure = (text) => text.length;
  assert.equal(shorten("disease", 10, measure), "disease");
  assert.equal(shorten("reversible defect", 8, measure), "reversi…");
  assert.equal(shortenInside("disease", 10, measure), "disease");
  assert.equal(shortenInside("measure number 12", 9, measure), "meas…r 12");
});
