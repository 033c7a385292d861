import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createAlive } from "../../../../pages/parts/network_diagram/alive.js";
import { layout } from "../../../../pages/parts/network_diagram/layout.js";
import { fakeContext, fakeElement } from "../live/page.mjs";
import { snapshot } from "./alive.mjs";
import { spec } from "./specs.mjs";

const network = spec([4], [[3], []]), geometry = layout(network, 600, 420);
const look = { paper: "rgb(255, 255, 255)", ink: "rgb(0, 0, 0)", dark: false };

function world() {
  const { ctx, calls } = fakeContext(), canvas = Object.assign(fakeElement("canvas"), { getContext: () => ctx, isConnected: true });
  const stage = Object.assign(fakeElement(), { scrollTop: 0, clientHeight: 420 }), made = { calls, canvas, stage, asked: null, redrawn: 0, painters: new Set(), left: 0, sight: null };
  const channel = { scene: { view: { kind: "curve" } }, frame: null, subscribe: (hear, wants) => ((made.hear = hear), (made.asked = wants), () => (made.left += 1)) };
  made.hub = { channel: () => channel, wake: () => {}, still: () => false, animate: (paint) => (made.painters.add(paint), () => made.painters.delete(paint)) };
  globalThis.IntersectionObserver = class {
    constructor(tell) {
      made.sight = (isIntersecting) => tell([{ isIntersecting }]);
    }

    observe() {}

    disconnect() {
      made.sight = null;
    }
  };
  made.arrives = (told, status = "playing") => {
    channel.frame = { status, view: { network: told } };
    made.hear("frame");
  };
  made.paint = (now) => [...made.painters].map((paint) => paint(now))[0];
  made.alive = createAlive({ stage, canvas, tip: fakeElement(), legend: fakeElement(), redraw: () => (made.redrawn += 1), find: () => made.hub });
  made.alive.show(geometry, network, ["#114488", "#883311"], look);
  return made;
}

beforeEach(() => {
  globalThis.Path2D = class {
    moveTo() {}

    lineTo() {}

    rect() {}
  };
  const createElement = (tag) => Object.assign(fakeElement(tag), { getContext: () => fakeContext().ctx });
  globalThis.document = { createElement, hidden: false };
  globalThis.window = { devicePixelRatio: 1 };
});

test("it asks for the network's inside, and leaves when it goes", () => {
  const made = world();
  made.alive.follow("a");
  assert.deepEqual(made.asked, ["network"]);
  made.alive.follow("a");
  assert.equal(made.left, 0);
  made.alive.follow("b");
  assert.equal(made.left, 1);
  made.alive.stop();
  assert.deepEqual([made.left, made.painters.size, made.sight], [2, 0, null]);
});

test("the first snapshot brings boxes to life; the next ones move on from what is shown", () => {
  const made = world();
  made.alive.follow("a");
  assert.equal(made.alive.living(geometry, network).boxes.size, 0);
  made.arrives(snapshot());
  assert.equal(made.paint(0), false, "what comes first is there at once");
  assert.deepEqual([made.redrawn, made.canvas.pictures], [1, 1]);
  assert.ok(made.alive.living(geometry, network).boxes.has("trunk:0"));
  made.arrives(snapshot({ scale: 0.7 }));
  assert.equal(made.paint(300), true);
  assert.equal(made.paint(450), true);
  assert.equal(made.paint(700), false);
  assert.equal(made.redrawn, 1);
});

test("a snapshot that came late is dropped for the newest", () => {
  const made = world();
  made.alive.follow("a");
  made.arrives(snapshot());
  made.arrives(snapshot({ scale: 9 }));
  made.paint(0);
  assert.equal(made.alive.hit(...unit(1)).unit, 1);
  assert.equal(made.canvas.pictures, 1);
});

test("nothing is drawn while nothing changes, out of sight or hidden", () => {
  const made = world();
  made.alive.follow("a");
  made.arrives(snapshot());
  made.paint(0);
  made.paint(16);
  assert.equal(made.canvas.pictures, 1);
  made.sight(false);
  made.arrives(snapshot());
  made.paint(100);
  assert.equal(made.canvas.pictures, 1);
  made.sight(true);
  globalThis.document.hidden = true;
  made.paint(120);
  assert.equal(made.canvas.pictures, 1);
  globalThis.document.hidden = false;
  made.paint(140);
  assert.equal(made.canvas.pictures, 2);
});

test("who wants less motion sees each snapshot as it is", () => {
  const made = world();
  made.hub.still = () => true;
  made.alive.follow("a");
  for (const now of [0, 300]) {
    made.arrives(snapshot());
    assert.equal(made.paint(now), false);
  }
});

function unit(place) {
  const node = geometry.nodes.find(({ id }) => id === "trunk:0"), step = (node.h - 6) / 4;
  return [node.x, node.y + (place - 1.5) * step];
}

test("what is hit is named by layer and unit", () => {
  const made = world();
  made.alive.follow("a");
  assert.equal(made.alive.hit(...unit(2)), null);
  made.arrives(snapshot());
  made.paint(0);
  assert.deepEqual(made.alive.hit(...unit(2)), { kind: "unit", layer: "trunk.0", of: 4, unit: 2 });
  const from = geometry.nodes.find(({ id }) => id === "task0:0"), to = geometry.nodes.find(({ id }) => id === "task0:out");
  const found = made.alive.hit((from.x + from.w / 2 + to.x - to.w / 2) / 2, to.y);
  assert.deepEqual([found.kind, found.layer, found.unit, found.input], ["link", "output0", 0, 1]);
  assert.ok(Math.abs(found.value + 0.5 * (100 / 127)) < 1e-6);
});
