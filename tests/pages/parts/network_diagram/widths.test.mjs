import assert from "node:assert/strict";
import { test } from "node:test";
import { nextWidth } from "../../../../pages/parts/network_diagram/widths.js";

test("steps go through the powers of two, from anywhere", () => {
  const up = [1], down = [1024];
  while (up.at(-1) < 1024) up.push(nextWidth(up.at(-1), 1, 1024));
  while (down.at(-1) > 1) down.push(nextWidth(down.at(-1), -1, 1024));
  assert.deepEqual(up, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
  assert.deepEqual(down, up.toReversed());
  assert.equal(nextWidth(100, 1, 1024), 128);
  assert.equal(nextWidth(100, -1, 1024), 64);
});

test("fine steps are one unit, and nothing leaves the bounds", () => {
  assert.equal(nextWidth(12, 1, 1024, true), 13);
  assert.equal(nextWidth(12, -1, 1024, true), 11);
  assert.equal(nextWidth(1, -1, 1024), 1);
  assert.equal(nextWidth(1, -1, 1024, true), 1);
  assert.equal(nextWidth(1024, 1, 1024), 1024);
  assert.equal(nextWidth(900, 1, 1000), 1000);
});
