import assert from "node:assert/strict";
import test from "node:test";

import { askedAt, changesAt, createScrub, momentText, newestOf } from "../../../../pages/parts/live/scrub.js";
import { fakeElement, fakePage } from "./page.mjs";

fakePage();

test("the track ends at the newest moment; of what blew up, at the last step before that", () => {
  assert.equal(newestOf({ epoch: 12.5, step: 50, status: "paused" }, 4), 12.5);
  assert.equal(newestOf({ epoch: 3, step: 12, status: "failed", failure: { task: "a" } }, 4), 11 / 4);
  assert.equal(newestOf(null, 4), 0);
});

test("an earlier epoch is looked at by its step; at or beyond the newest there is only the newest", () => {
  assert.deepEqual(askedAt(3, 12, 4), ["look", { step: 12 }]);
  assert.deepEqual(askedAt(12, 12, 4), ["newest"]);
  assert.deepEqual(askedAt(13, 12.5, 4), ["newest"]);
});

test("a moment in words, and what was changed there", () => {
  assert.equal(momentText(23, 80), "Epoch 23 of 80: press Play to go on from here.");
  assert.equal(momentText(2.25, 2000), "Epoch 2.25 of 2,000: press Play to go on from here.");
  const marks = [{ epoch: 3, text: "learning rate → 0.05" }, { epoch: 3.25, text: "activations → off" }];
  assert.equal(changesAt(marks, 3), "learning rate → 0.05; activations → off");
  assert.equal(changesAt(marks, 5), "");
});

/** A track in a bar: what it has asked for, and its parts. */
function track() {
  const parts = Object.fromEntries([".moment", ".ticks", ".newest", ".track"].map((name) => [name, fakeElement()]));
  const root = { ...fakeElement(), querySelector: (name) => parts[name] };
  const asked = [];
  const scrub = createScrub(root, async (...all) => (asked.push(all), true));
  return { parts, asked, scrub, root };
}

const channel = (frame) => ({ scene: { steps_per_epoch: 4, epochs: 80 }, frame: { status: "paused", epoch: 40, epochs: 80, step: 160, looking: null, marks: [], ...frame } });

test("a hand is believed at once, and until the run shows what it asked for", async () => {
  const { parts, asked, scrub, root } = track();
  scrub.update(channel(), false, false);
  assert.deepEqual([parts[".moment"].max, parts[".moment"].value, parts[".moment"].disabled], ["80", "40", false]);
  parts[".moment"].value = "23";
  await parts[".moment"].oninput();
  assert.deepEqual(asked, [["look", { step: 92 }]]);
  const at = () => scrub.update(channel(), false, false);
  assert.deepEqual(at(), { looking: true, epoch: 23, step: 92, sentence: momentText(23, 80) });
  assert.ok(root.classList.names.has("looking"));
  assert.equal(parts[".newest"].hidden, false);
  scrub.update(channel({ looking: { epoch: 23, step: 92 } }), false, false);
  assert.equal(at().looking, false); // it was shown: from here on the run says where one looks
  scrub.stop();
});

test("beyond what has been recorded the thumb goes back, and asks for the newest", async () => {
  const { parts, asked, scrub } = track();
  scrub.update(channel({ looking: { epoch: 5, step: 20 } }), false, false);
  parts[".moment"].value = "70";
  await parts[".moment"].oninput();
  assert.deepEqual(asked, [["newest", undefined]]);
  assert.deepEqual([scrub.looking, parts[".moment"].value], [false, "40"]);
  scrub.stop();
});

test("while it trains nothing earlier is shown; before it has trained there is nothing to look at", () => {
  const { parts, scrub } = track();
  assert.equal(scrub.update(channel({ status: "playing", looking: { epoch: 5, step: 20 } }), true, false).looking, false);
  scrub.update(channel({ epoch: 0, step: 0 }), false, false);
  assert.equal(parts[".moment"].disabled, true);
  scrub.update(channel(), false, true);
  assert.equal(parts[".moment"].disabled, true);
});

test("changes on the way are ticks, drawn once", () => {
  const { parts, scrub } = track();
  const marks = [{ epoch: 20, text: "a" }, { epoch: 40, text: "b" }];
  scrub.update(channel({ marks }), false, false);
  assert.deepEqual(parts[".ticks"].children.map((tick) => tick.style.left), ["25.000%", "50.000%"]);
  const [first] = parts[".ticks"].children;
  scrub.update(channel({ marks: [...marks] }), false, false);
  assert.equal(parts[".ticks"].children[0], first);
  scrub.update(channel({ marks, looking: { epoch: 20, step: 80 } }), false, false);
  assert.equal(parts[".moment"].attributes["aria-valuetext"], "epoch 20 of 80, a");
});
