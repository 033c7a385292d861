import assert from "node:assert/strict";
import test from "node:test";

import { partsOf } from "../../../../pages/parts/live/channel.js";
import { frame, world } from "./world.mjs";

const asked = ({ open }) => open().map(({ url }) => url.searchParams.get("parts"));

test("parts are a sorted union", () => {
  assert.equal(partsOf([["units"], [], ["histograms", "units"]]), "histograms,units");
  assert.equal(partsOf([]), "");
});

test("the address names the parts that are wanted, and none where none are", () => {
  const state = world();
  const channel = state.hub.channel("r");
  const stop = channel.subscribe(() => {});
  assert.deepEqual(asked(state), [null]);
  stop();
  state.elapse();
  channel.subscribe(() => {}, ["units", "histograms"]);
  assert.deepEqual(asked(state), ["histograms,units"]);
});

test("wants of several components are asked for together, in one new stream", () => {
  const state = world();
  const channel = state.hub.channel("r");
  channel.subscribe(() => {});
  channel.subscribe(() => {}, ["units"]);
  channel.subscribe(() => {}, ["histograms"]);
  channel.subscribe(() => {}, ["units"]);
  assert.deepEqual(asked(state), [null]);
  state.elapse();
  assert.deepEqual(asked(state), ["histograms,units"]);
  assert.equal(state.sources.length, 2);
  state.elapse();
  assert.equal(state.sources.length, 2);
});

test("when wants shrink the stream is opened anew once, after a while", () => {
  const state = world();
  const channel = state.hub.channel("r");
  channel.subscribe(() => {}, ["units"]);
  const stops = [channel.subscribe(() => {}, ["histograms"]), channel.subscribe(() => {}, ["histograms"])];
  state.elapse();
  assert.deepEqual(asked(state), ["histograms,units"]);
  const { length } = state.sources;
  stops[0]();
  state.elapse();
  assert.equal(state.sources.length, length, "the other one still wants it");
  stops[1]();
  assert.equal(state.sources.length, length);
  state.elapse();
  assert.deepEqual(asked(state), ["units"]);
  assert.equal(state.sources.length, length + 1);
});

test("a page that is redrawn keeps its stream, though another component subscribes first", () => {
  const state = world();
  const channel = state.hub.channel("r");
  channel.subscribe(() => {}, ["units"])();
  channel.subscribe(() => {});
  const soon = state.timers.splice(0).filter(({ action, wait }) => (wait === 0 ? (action(), false) : true));
  channel.subscribe(() => {}, ["units"]);
  soon.forEach(({ action }) => action());
  state.elapse();
  assert.equal(state.sources.length, 1);
  assert.deepEqual(asked(state), ["units"]);
});

test("history, scene and frame are kept across the change", () => {
  const state = world();
  const channel = state.hub.channel("r");
  const told = [];
  channel.subscribe((what) => told.push(what));
  state.send("scene", { start: 1 });
  state.send("frame", frame(0, 3));
  const { scene, frame: shown } = channel;
  channel.subscribe(() => {}, ["units"]);
  state.elapse();
  const { searchParams } = state.open()[0].url;
  assert.deepEqual([searchParams.get("from"), searchParams.get("start"), searchParams.get("parts")], ["3", "1", "units"]);
  assert.deepEqual([channel.scene, channel.frame], [scene, shown]);
  state.send("scene", { start: 1 });
  state.send("frame", frame(3, 1));
  assert.deepEqual(told, ["scene", "frame", "frame"], "the same scene is no news");
  assert.deepEqual(channel.history.records.map(({ epoch }) => epoch), [0, 1, 2, 3]);
});

test("a hidden tab opens nothing for new wants; once seen it asks for all of them", () => {
  const state = world();
  const channel = state.hub.channel("r");
  channel.subscribe(() => {});
  state.hidden = true;
  state.visibility();
  channel.subscribe(() => {}, ["units"]);
  state.elapse();
  assert.equal(state.open().length, 0);
  state.hidden = false;
  state.visibility();
  assert.deepEqual(asked(state), ["units"]);
});

test("another scene of the same start keeps the frame: the picture is drawn on with it", () => {
  const state = world();
  const channel = state.hub.channel("r");
  channel.subscribe(() => {});
  state.send("scene", { start: 1, view: { points: 3 } });
  state.send("frame", frame(0, 2));
  const { frame: shown } = channel;
  state.send("scene", { start: 1, view: { points: 4 } });
  assert.equal(channel.frame, shown);
  assert.equal(channel.scene.view.points, 4);
  assert.equal(channel.history.records.length, 2);
});
