import assert from "node:assert/strict";
import test from "node:test";

import { liveAddress, rootOf } from "../../../../pages/parts/live/address.js";
import { frame, world } from "./world.mjs";

test("addresses follow the base path the app is served under", () => {
  assert.equal(rootOf(["http://h/app/static/js/index.a.js"], "http://h/app/data"), "http://h/app/");
  assert.equal(rootOf(["http://other/x.js"], "http://h/app/data"), "http://h/app/");
  assert.equal(liveAddress("http://h/app/", "a b", { from: 3, start: "" }), "http://h/app/live/a%20b?from=3&start=");
});

test("two components share one connection, which closes after the last has gone", () => {
  const { hub, open, elapse } = world();
  const [first, second] = [hub.channel("r").subscribe(() => {}), hub.channel("r").subscribe(() => {})];
  assert.equal(open().length, 1);
  first();
  elapse();
  assert.equal(open().length, 1);
  second();
  elapse();
  assert.equal(open().length, 0);
});

test("what components want is asked for in the address: the union, and the stream opens anew once", () => {
  const state = world();
  const channel = state.hub.channel("r");
  const parts = () => state.open()[0].url.searchParams.get("parts");
  channel.subscribe(() => {});
  assert.equal(parts(), null);
  state.send("scene", { start: 1 });
  state.send("frame", frame(0, 4));
  const units = channel.subscribe(() => {}, ["units"]);
  const both = channel.subscribe(() => {}, ["histograms", "units"]);
  state.elapse();
  assert.equal(state.sources.length, 2, "once for both");
  assert.equal(parts(), "histograms,units");
  assert.equal(state.open()[0].url.searchParams.get("from"), "4", "what is held stays");
  units();
  state.elapse();
  assert.equal(state.sources.length, 2, "another one wants it still");
  both();
  state.elapse();
  assert.equal(state.open().length, 1);
  assert.equal(parts(), null);
  assert.equal(channel.history.records.length, 4);
});

test("a page that is redrawn keeps its connection", () => {
  const { hub, sources, elapse } = world();
  hub.channel("r").subscribe(() => {})();
  hub.channel("r").subscribe(() => {});
  elapse();
  assert.equal(sources.length, 1);
  assert.ok(sources[0].open);
});

test("when the server ends the stream, the next one asks from what is held", () => {
  const state = world();
  const channel = state.hub.channel("r");
  channel.subscribe(() => {});
  state.send("scene", { start: 1 });
  state.send("frame", frame(0, 4));
  state.now = 25_000;
  state.open()[0].on.error();
  state.elapse();
  assert.equal(state.sources.length, 2);
  assert.deepEqual([...state.sources[1].url.searchParams.values()], ["4", "1"]);
  state.send("scene", { start: 1 });
  state.send("frame", frame(4, 2));
  assert.deepEqual(channel.history.records.map(({ epoch }) => epoch), [0, 1, 2, 3, 4, 5]);
});

test("a gap makes it ask again at once, without showing the frame", () => {
  const state = world();
  const channel = state.hub.channel("r");
  channel.subscribe(() => {});
  state.send("frame", frame(0, 2));
  const shown = channel.frame;
  state.send("frame", frame(5, 1));
  assert.equal(channel.frame, shown);
  state.elapse();
  assert.equal(state.open()[0].url.searchParams.get("from"), "2");
});

test("a hidden tab holds no connection", () => {
  const state = world();
  state.hub.channel("r").subscribe(() => {});
  state.hidden = true;
  state.visibility();
  assert.equal(state.open().length, 0);
  state.hidden = false;
  state.visibility();
  assert.equal(state.open().length, 1);
});

test("a new start forgets the records; the same scene again does not; numbers JSON lacks are read as none", () => {
  const state = world();
  const channel = state.hub.channel("r");
  const told = [];
  channel.subscribe((what) => told.push(what));
  state.send("scene", { start: 1, title: "a" });
  state.send("frame", frame(0, 3));
  state.send("scene", { start: 1, title: "a" });
  assert.equal(channel.history.records.length, 3);
  assert.deepEqual(told, ["scene", "frame"]);
  state.send("scene", { start: 2, title: "a" });
  assert.equal(channel.history.records.length, 0);
  assert.equal(channel.frame, null);
  state.send("frame", '{"start":2,"from":0,"records":[{"epoch":0,"objective":[NaN, -Infinity,1]}]}');
  assert.deepEqual(channel.history.records[0].objective, [null, null, 1]);
});

test("a run the server does not know is said to be gone", async () => {
  const state = world();
  const channel = state.hub.channel("r");
  channel.subscribe(() => {});
  for (let at = 0; at < 4; at += 1) {
    state.open()[0].on.error();
    await new Promise(setImmediate);
    state.elapse();
  }
  assert.equal(channel.online, false);
  assert.equal(channel.trouble, "gone");
});

test("commands go out in order, of speeds only the last, and a refusal has its sentence", async () => {
  const state = world();
  const channel = state.hub.channel("r");
  const sent = [channel.command("play"), ...[5, 20, 60].map((speed) => channel.command("speed", speed)), channel.command("pause")];
  await Promise.all(sent);
  assert.deepEqual(state.posts, [{ command: "play" }, { command: "speed", value: 60 }, { command: "pause" }]);
  state.answer = () => ({ ok: false, status: 409, json: async () => ({ message: "No." }) });
  assert.deepEqual(await channel.command("play"), { ok: false, message: "No." });
  state.answer = () => Promise.reject(new Error("offline"));
  assert.equal((await channel.command("play")).ok, false);
});

test("frames are drawn only while something moves", () => {
  const { hub, frames } = world();
  let left = 3;
  hub.animate(() => (left -= 1) > 0);
  while (frames.length) frames.shift()(0);
  assert.equal(hub.drawn, 3);
  hub.wake();
  hub.wake();
  assert.equal(frames.length, 1);
});

test("for a moment after a click elsewhere, pictures are drawn on every fourth frame; then on all", () => {
  const { hub, frames, click } = world();
  let painted = 0;
  hub.animate(() => (painted += 1) > 0);
  const pass = (count) => {
    for (let at = 0; at < count; at += 1) frames.shift()(0);
  };
  pass(8);
  assert.equal(painted, 8);
  click();
  pass(8);
  assert.equal(painted, 10);
  assert.equal(frames.length, 1, "it goes on");
});
