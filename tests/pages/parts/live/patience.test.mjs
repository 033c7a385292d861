import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { createPatience } from "../../../../pages/parts/live/patience.js";

test("what lasts is acted on once, and again when it goes on", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const action = mock.fn();
  const told = createPatience(100, action);
  for (let at = 0; at < 3; at += 1) {
    told(true);
    t.mock.timers.tick(40);
  }
  assert.equal(action.mock.callCount(), 1);
  told(true);
  t.mock.timers.tick(100);
  assert.equal(action.mock.callCount(), 2);
});

test("a break begins the wait anew: three short times are not one long one", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const action = mock.fn();
  const told = createPatience(100, action);
  for (let at = 0; at < 3; at += 1) {
    told(true);
    t.mock.timers.tick(60);
    told(false);
  }
  t.mock.timers.tick(200);
  assert.equal(action.mock.callCount(), 0);
});
