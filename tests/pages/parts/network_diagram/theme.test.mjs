import assert from "node:assert/strict";
import { test } from "node:test";
import { isDark } from "../../../../pages/parts/network_diagram/theme.js";

test("light and dark pages are told apart", () => {
  assert.equal(isDark("rgb(255, 255, 255)"), false);
  assert.equal(isDark("rgb(18, 20, 27)"), true);
  assert.equal(isDark("rgba(14, 17, 23, 1)"), true);
  assert.equal(isDark(""), false);
});
