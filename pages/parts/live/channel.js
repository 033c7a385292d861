// One run as this page knows it: its stream, history and newest frame, who watches it, and the commands sent to it.

import { liveAddress } from "./address.js";
import { unpackedView } from "./packing.js";
import { mergeFrame, NO_HISTORY } from "./records.js";

const LATEST = new Set(["look", "speed"]); // commands of which only the newest one waits while another is on its way
const GRACE = 500; // ms an unwatched connection stays open, while a page is being redrawn

/** Reads JSON, also where a sender wrote a number that JSON does not have. */
function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(text.replace(/(?<=[[,:]\s*)(?:NaN|-?Infinity)\b/g, "null"));
  }
}

/** The union of lists of parts as the address has it: "histograms,units"; empty for none. */
export function partsOf(lists) {
  return [...new Set(lists.flat())].sort().join(",");
}

/** A channel for `run` over `env`, the browser's means; `wake` is called when there is something to draw. */
export function createChannel(run, env, wake) {
  const listeners = new Map(); // each with the parts it wants
  let source = null;
  let retry = null;
  let failures = 0;
  let opened = 0;
  let sceneText = null;
  let queue = [];
  let sending = false;
  let asked = ""; // the parts the open stream was asked for

  const wanted = () => partsOf([...listeners.values()]);
  const lacking = () => [...listeners.values()].flat().some((part) => !asked.split(",").includes(part));

  const channel = {
    run,
    scene: null,
    frame: null,
    history: NO_HISTORY,
    interval: 200, // ms between frames, measured
    arrived: null, // when the last frame came
    online: true,
    trouble: "", // what the server says when it has no stream for us
    /**
     * Calls `listener(what)` with "scene", "frame" or "online"; `wants` names parts of frames that are sent only when they
     * are asked for. Returns how to stop it.
     */
    subscribe(listener, wants = []) {
      listeners.set(listener, wants);
      channel.watch();
      if (lacking()) env.later(refit, 0); // once for all that subscribe in this tick; what is too much waits for GRACE
      return () => {
        listeners.delete(listener);
        env.later(() => (listeners.size ? refit() : channel.close()), GRACE);
      };
    },
    get watched() {
      return listeners.size > 0;
    },
    /** Opens the stream if someone looks at it. */
    watch() {
      if (source || retry !== null || !listeners.size || env.hidden()) return;
      opened = env.now();
      asked = wanted();
      const query = { from: channel.history.records.length, start: channel.history.start ?? "", ...(asked && { parts: asked }) };
      source = env.connect(liveAddress(env.root(), run, query));
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
    /** The numbers of a unit, as the server has them; {message} when there are none. Never rejects. */
    async unit(layer, unit) {
      try {
        return await env.read(liveAddress(env.root(), run, { layer, unit }, "/unit"));
      } catch {
        return { message: "The server cannot be reached. Try again in a moment." };
      }
    },
    /** Sends a command. Resolves to {ok, message}; never rejects. */
    command(name, value) {
      return new Promise((resolve) => {
        const late = LATEST.has(name) ? queue.filter((item) => item.name === name) : [];
        queue = queue.filter((item) => !late.includes(item));
        late.forEach((item) => item.resolve({ ok: true, message: "" }));
        queue.push({ name, value, resolve });
        drain();
      });
    },
  };

  /** Opens the stream anew where other parts are wanted than it was asked for; what is held stays. */
  function refit() {
    if (!source || wanted() === asked) return;
    channel.close();
    channel.watch();
  }

  function tell(what) {
    for (const listener of [...listeners.keys()]) listener(what);
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
    const inside = channel.frame?.start === frame.start && channel.frame.view?.network;
    if (inside && frame.view && !frame.view.network) frame.view.network = inside; // it is sent when it is another
    unpackedView(frame.view);
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
