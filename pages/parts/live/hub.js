// Shared by every component on the page: one channel, and so one connection, per run, and one animation loop.

import { browserEnv } from "./browser.js";
import { createChannel } from "./channel.js";

const KEEP = 60_000; // ms an unwatched run's history is kept, for the page that comes next
const YIELD = 400; // ms after a click elsewhere on the page: its answer is drawn first,
const RARELY = 4; // and pictures on every so manieth frame alone

/** A hub over `env`, the browser's means (see browser.js). */
export function createHub(env) {
  const channels = new Map();
  const painters = new Set();
  let scheduled = false;
  let clicked = -Infinity;
  let frames = 0;

  const hub = {
    drawn: 0, // animation frames drawn so far
    spent: 0, // ms spent drawing them
    still: () => env.still(),
    /** The channel of a run; it connects as soon as someone subscribes. */
    channel(run) {
      if (!channels.has(run)) channels.set(run, createChannel(run, env, wake));
      for (const [name, channel] of channels) {
        if (name !== run && !channel.watched && env.now() - (channel.arrived ?? env.now()) > KEEP) {
          channel.close();
          channels.delete(name);
        }
      }
      return channels.get(run);
    },
    /** Calls `paint(now)` on coming animation frames for as long as it returns true, and after each wake(). */
    animate(paint) {
      painters.add(paint);
      wake();
      return () => painters.delete(paint);
    },
    wake,
  };

  function wake() {
    if (scheduled || !painters.size) return;
    scheduled = true;
    env.nextFrame(tick);
  }

  function tick(now) {
    scheduled = false;
    const began = env.now();
    frames += 1;
    if (began - clicked < YIELD && frames % RARELY) {
      wake();
      return;
    }
    let moving = false;
    for (const paint of [...painters]) {
      try {
        moving = paint(now) || moving;
      } catch (error) {
        console.error(error);
      }
    }
    hub.drawn += 1;
    hub.spent += env.now() - began;
    if (moving) wake();
  }

  env.onClick(() => {
    clicked = env.now();
  });

  env.onVisibility(() => {
    for (const channel of channels.values()) {
      if (env.hidden()) channel.close();
      else channel.watch();
    }
    wake();
  });

  return hub;
}

/** The page's one hub, also when this module is loaded more than once. */
export function sharedHub() {
  return (window.__mtlLive ??= createHub(browserEnv()));
}
