// One connection per run and page, shared by every component on it; commands; and the one animation loop.

import { liveAddress, rootOf } from "./address.js";
import { mergeFrame, NO_HISTORY } from "./records.js";

const KEEP = 60_000; // how long an unwatched run's history is kept, for the page that comes next
const GRACE = 500; // how long an unwatched connection stays open, while a page is being redrawn

/** Reads JSON, also where a sender wrote a number that JSON does not have. */
function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(text.replace(/(?<=[[,:]\s*)(?:NaN|-?Infinity)\b/g, "null"));
  }
}

function createChannel(run, env, wake) {
  const listeners = new Set();
  let source = null;
  let retry = null;
  let failures = 0;
  let opened = 0;
  let sceneText = null;
  let queue = [];
  let sending = false;

  const channel = {
    run,
    scene: null,
    frame: null,
    history: NO_HISTORY,
    interval: 200, // ms between frames, measured
    arrived: null, // when the last frame came
    online: true,
    trouble: "", // what the server says when it has no stream for us
    /** Calls `listener(what)` with "scene", "frame" or "online". Returns how to stop it. */
    subscribe(listener) {
      listeners.add(listener);
      channel.watch();
      return () => {
        listeners.delete(listener);
        if (!listeners.size) env.later(() => listeners.size || channel.close(), GRACE);
      };
    },
    get watched() {
      return listeners.size > 0;
    },
    /** Opens the stream if someone looks at it. */
    watch() {
      if (source || retry !== null || !listeners.size || env.hidden()) return;
      opened = env.now();
      source = env.connect(liveAddress(env.root(), run, { from: channel.history.records.length, start: channel.history.start ?? "" }));
      source.addEventListener("scene", (event) => onScene(event.data));
      source.addEventListener("frame", (event) => onFrame(readJson(event.data)));
      source.addEventListener("error", onEnd);
    },
    close() {
      source?.close();
      source = null;
      if (retry !== null) env.cancel(retry);
      retry = null;
    },
    /** Sends a command. Resolves to {ok, message}; never rejects. */
    command(name, value) {
      return new Promise((resolve) => {
        const late = name === "speed" ? queue.filter((item) => item.name === name) : [];
        queue = queue.filter((item) => !late.includes(item));
        late.forEach((item) => item.resolve({ ok: true, message: "" }));
        queue.push({ name, value, resolve });
        drain();
      });
    },
  };

  function tell(what) {
    for (const listener of [...listeners]) listener(what);
    wake();
  }

  function setOnline(online, trouble = "") {
    if (channel.online === online && channel.trouble === trouble) return;
    [channel.online, channel.trouble] = [online, trouble];
    tell("online");
  }

  function fine() {
    failures = 0;
    setOnline(true);
  }

  function onScene(text) {
    fine();
    if (text === sceneText) return;
    const scene = readJson(text);
    sceneText = text;
    channel.scene = scene;
    if (scene.start !== channel.history.start) channel.history = { start: scene.start, records: [] };
    if (channel.frame?.start !== scene.start) channel.frame = null;
    tell("scene");
  }

  function onFrame(frame) {
    fine();
    const { history, gap, late } = mergeFrame(channel.history, frame);
    if (late) return;
    channel.history = history;
    if (gap) {
      channel.close();
      failures += 1;
      again();
      return;
    }
    const now = env.now();
    if (channel.arrived !== null && now - channel.arrived < 1000) {
      channel.interval = Math.max(40, Math.min(500, channel.interval * 0.7 + (now - channel.arrived) * 0.3));
    }
    channel.arrived = now;
    channel.frame = frame;
    tell("frame");
  }

  function onEnd() {
    channel.close();
    if (env.now() - opened < 1000) failures += 1;
    if (failures === 3) {
      setOnline(false);
      const answered = (message) => message && failures > 2 && setOnline(false, message);
      env.ask(liveAddress(env.root(), run)).then(answered, () => {});
    }
    again();
  }

  function again() {
    if (!listeners.size || env.hidden()) return;
    const wait = failures ? Math.min(5000, 150 * 2 ** failures) : 20;
    retry = env.later(() => {
      retry = null;
      channel.watch();
    }, wait);
  }

  async function drain() {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const { name, value, resolve } = queue.shift();
      resolve(await send(name, value));
    }
    sending = false;
  }

  async function send(name, value) {
    try {
      const body = value === undefined ? { command: name } : { command: name, value };
      const answer = await env.post(liveAddress(env.root(), run), body);
      if (answer.ok) return { ok: true, message: "" };
      const told = await answer.json().catch(() => ({}));
      return { ok: false, message: told.message || `The server answered ${answer.status}. Try again.` };
    } catch {
      return { ok: false, message: "The server cannot be reached. Try again in a moment." };
    }
  }

  return channel;
}

/** A hub over `env`, the browser's means (see browserEnv), so that tests can bring their own. */
export function createHub(env) {
  const channels = new Map();
  const painters = new Set();
  let scheduled = false;

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

  env.onVisibility(() => {
    for (const channel of channels.values()) {
      if (env.hidden()) channel.close();
      else channel.watch();
    }
    wake();
  });

  return hub;
}

function browserEnv() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let root = null;
  return {
    root() {
      const loaded = () => [...performance.getEntriesByType("resource").map((entry) => entry.name), ...[...document.scripts].map((script) => script.src)];
      return (root ??= rootOf(loaded(), document.baseURI));
    },
    connect: (url) => new EventSource(url),
    post: (url, body) => fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Requested-With": "mtl" },
      body: JSON.stringify(body),
    }),
    /** What the server says at an address that will not stream; nothing when it does. */
    async ask(url) {
      const answer = await fetch(url);
      if (!answer.ok) return (await answer.json()).message;
      await answer.body?.cancel();
      return "";
    },
    now: () => performance.now(),
    later: (action, wait) => setTimeout(action, wait),
    cancel: (timer) => clearTimeout(timer),
    hidden: () => document.hidden,
    onVisibility: (action) => document.addEventListener("visibilitychange", action),
    nextFrame: (action) => requestAnimationFrame(action),
    still: () => calm.matches,
  };
}

/** The page's one hub, also when this module is loaded more than once. */
export function sharedHub() {
  return (window.__mtlLive ??= createHub(browserEnv()));
}
