import assert from "node:assert/strict";
import test from "node:test";
import { NARROWEST, WIDEST, columnWidth } from "../../../../pages/parts/column_marks/widths.js";

test("short columns are narrow, long ones do not push others away", () => {
  assert.equal(columnWidth("x", ["1", null, ["0"]]), NARROWEST);
  assert.equal(columnWidth("x".repeat(500), []), WIDEST);
  assert.equal(columnWidth("x", ["y".repeat(500)]), WIDEST);
});

test("what is longest counts, name or cell", () => {
  const wide = columnWidth("mean concave points", ["0.1"]);
  assert.ok(wide > NARROWEST && wide < WIDEST);
  assert.ok(columnWidth("x", [["-9999.12345678"]]) > NARROWEST);
});
