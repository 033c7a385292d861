import assert from "node:assert/strict";
import test from "node:test";

import { wantsOf } from "../../../../pages/parts/live/outputs.js";

test("only parts that look inside want more of a frame", () => {
  assert.deepEqual(wantsOf(["view", "loss", "metrics", "twins", "health"]), []);
  assert.deepEqual(wantsOf(["view", "gallery", "units"]), ["histograms", "units"]);
});
