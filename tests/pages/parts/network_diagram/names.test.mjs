import assert from "node:assert/strict";
import { test } from "node:test";
import { enough, fitting, lines, shortened } from "../../../../pages/parts/network_diagram/names.js";

const letters = (text) => [...text].length;

test("a name breaks after its joints, never within a word", () => {
  assert.deepEqual(lines("disease_progression", 12, letters), ["disease_", "progression"]);
  assert.deepEqual(lines("two words", 9, letters), ["two words"]);
  assert.deepEqual(lines("restingHeartRate", 12, letters), ["restingHeart", "Rate"]);
});

test("what does not fit ends in an ellipsis", () => {
  assert.deepEqual(lines("the_outcome_that_is_measured", 12, letters), ["the_outcome_", "that_is_mea…"]);
  assert.deepEqual(lines("progression", 6, letters), ["progr…"]);
  assert.equal(shortened("a_bcd", 3, letters), "a…");
  assert.equal(shortened("wide", 0, letters), "w…");
});

test("the longest wording that fits is taken, else the shortest", () => {
  assert.equal(fitting(["shared layers", "shared"], 10, letters), "shared");
  assert.equal(fitting(["shared layers", "shared"], 3, letters), "shared");
});

test("a name asks for no more room than it needs when broken", () => {
  assert.equal(enough("disease_progression", 6, 40, letters), 11);
  assert.equal(enough("progression", 6, 9, letters), 9);
});
