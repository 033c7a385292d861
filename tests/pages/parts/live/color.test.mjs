import assert from "node:assert/strict";
import test from "node:test";

import { contrast, readable } from "../../../../pages/parts/live/color.js";
import { createTablePainter } from "../../../../pages/parts/live/table.js";
import { fakeContext } from "./page.mjs";

const numbers = (css) => css.match(/[\d.]+/g).slice(0, 3).map(Number);

test("contrast is WCAG's; an ink that can be read is preferred to black and white", () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.deepEqual(readable([255, 255, 255], [[29, 33, 48]]), [29, 33, 48]);
  for (let grey = 0; grey < 256; grey += 1) assert.ok(contrast(readable([grey, grey, grey], []), [grey, grey, grey]) >= 4.5);
});

for (const dark of [false, true]) {
  test(`numbers in a confusion matrix can be read on their cells, ${dark ? "dark" : "light"}`, () => {
    const [background, text] = dark ? [[14, 17, 23], [233, 235, 243]] : [[255, 255, 255], [29, 33, 48]];
    const theme = { dark, background, text, ink: `rgb(${text})`, paper: `rgb(${background})`, axis: dark ? "rgb(91, 93, 100)" : "rgb(176, 177, 183)", soft: "rgb(100, 100, 100)", label: "", small: "" };
    for (const color of [["#491fd0", "#8280fc"], ["#0da197", "#54d2a4"], ["#e3645e", "#c8787b"], ["#2b2e36", "#ebebeb"], ["#014c04", "#87f93a"]]) {
      for (let share = 0; share <= 20; share += 1) {
        const scene = { view: { tasks: [{}] }, tasks: [{ kind: "multiclass", classes: ["a", "b"], color }] };
        const { ctx, calls } = fakeContext();
        createTablePainter(scene, 0, false).drawMoving({ ctx, width: 200, height: 200 }, [share, 20 - share, 0, 20], theme);
        let at = -1;
        for (let cell = 0; cell < 4; cell += 1) {
          const next = (wanted, from) => calls.findIndex(([name], place) => place > from && name === wanted);
          const [rect, word] = [next("fillRect", at), next("fillText", at)];
          const before = (place) => numbers(calls.slice(0, place).findLast(([name]) => name === "fillStyle")[1]);
          assert.ok(contrast(before(word), before(rect)) >= 4.45, `${color} ${share} ${cell}`); // colours are rounded
          at = word;
        }
      }
    }
  });
}
