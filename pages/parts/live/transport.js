// The transport bar: play, pause, step, epoch, rewind, new start, speed, and where the run stands.

import { durationText, epochText, pad, rateText } from "./format.js";
import { sharedHub } from "./hub.js";
import { backOf, listenToKeys } from "./keys.js";
import { createPatience } from "./patience.js";
import { createMotion, travelTime } from "./playback.js";
import { createScrub } from "./scrub.js";
import { SPEEDS, speedStop, speedText } from "./speeds.js";

const HOPE = 2000; // ms to believe a click before the server has confirmed it
const PATIENCE = 1500; // ms that the page may lag behind the document before it looks again
const WORDS = { ready: "ready", playing: "training", paused: "paused", finished: "finished", failed: "stopped" };
const TIPS = { pause: "Pause (Space or ←)", play: "Play (Space)", again: "Play again from the same start (Space)", on: "Go on from here (Space)" };

/**
 * Whether a command may be given: none to a run that is only watched; while the page waits for a choice (`asleep` says for which), what
 * runs can only be paused.
 */
export function isAllowed(command, asleep, playing, watched = false) {
  return !watched && (!asleep || (playing && (command === "toggle" || command === "back")));
}

/** What the bar shows as running: a click that is still believed, else what the server says. */
export function playingOf(frame, hope, now) {
  if (hope && now < hope.until) return hope.playing;
  return frame?.status === "playing";
}

function createTransport(root, hub) {
  const find = (selector) => root.querySelector(selector);
  const fields = Object.fromEntries(["epoch", "step", "rate", "left"].map((name) => [name, find(`.${name} dd`)]));
  const [play, range, word, asked, say, status, sentence, progress, fill] = ["[data-command=toggle]", ".speed input", ".words b", ".words span",
    ".say", ".status dd", ".say", ".progress", ".progress i"].map(find);
  const buttons = [...root.querySelectorAll("button")];
  let run = null;
  let channel = null;
  let unsubscribe = () => {};
  let onRestarted = () => {};
  let version = null; // of the document that the page shows
  let asleep = ""; // what the page waits for
  let watched = false; // whether it is another's run
  let hope = null;
  let hopeTimer = null;
  let speedHope = 0;
  let stepping = false;
  let trouble = "";
  let seen = null;
  const motion = createMotion();
  const scrub = createScrub(root, async (name, value) => {
    trouble = "";
    believe(false);
    return send(name, value);
  });

  const write = (element, text) => element.textContent === text || (element.textContent = text);
  const now = () => performance.now();

  function believe(playing) {
    hope = { playing, until: now() + HOPE };
    clearTimeout(hopeTimer);
    hopeTimer = setTimeout(update, HOPE + 10);
    update();
  }

  async function send(name, value) {
    const { ok, message } = await channel.command(name, value);
    trouble = ok ? "" : message;
    if (!ok) hope = null;
    update();
    return ok;
  }

  async function act(name) {
    if (!channel || !isAllowed(name, asleep, playingOf(channel.frame, hope, now()), watched)) return;
    trouble = "";
    const frame = channel.frame;
    if (name === "back") name = backOf(playingOf(frame, hope, now()));
    if (name === "toggle") {
      const playing = playingOf(frame, hope, now());
      const over = !playing && frame?.status === "finished" && !scrub.looking;
      if (!playing) scrub.leave();
      believe(!playing);
      if (over && !(await send("rewind"))) return;
      await send(playing ? "pause" : "play");
    } else if (name === "step" || name === "epoch") {
      if (stepping) return;
      stepping = true;
      scrub.leave();
      believe(false);
      await send(name);
      stepping = false;
    } else {
      if (name === "rewind" || name === "newest") believe(false); // a new start goes on playing
      scrub.leave();
      const ok = await send(name);
      if (ok && name === "restart") onRestarted();
    }
  }

  function showSpeed(at) {
    if (Number(range.value) !== at) range.value = at;
    write(word, SPEEDS[at].word);
    write(asked, speedText(SPEEDS[at]));
    range.setAttribute("aria-valuetext", `${SPEEDS[at].word}, ${speedText(SPEEDS[at])}`);
    range.style.setProperty("--at", at / (SPEEDS.length - 1));
  }

  // Another tab has changed the document: this page looks again, unless its own script is on the way.
  const stale = () => version !== null && channel?.frame?.version > version;
  const lagging = createPatience(PATIENCE, () => onRestarted());

  /** A part of the page was drawn by itself and shows the document as it is now. */
  function catchUp({ detail }) {
    if (detail > version && version !== null) version = detail;
    lagging(stale());
  }
  addEventListener("mtl-shows", catchUp);

  function update() {
    const { scene, frame, online } = channel;
    lagging(stale());
    const playing = playingOf(frame, hope, now());
    if (hope && frame && frame !== seen && (frame.status === "playing") === hope.playing) hope = null;
    const { looking, epoch, step, sentence: where } = scrub.update(channel, playing, Boolean(asleep) || watched);
    const finished = frame?.status === "finished" && !playing && !looking;
    root.classList.toggle("playing", playing);
    for (const button of buttons) button.disabled = !isAllowed(button.dataset.command, asleep, playing, watched);
    range.disabled = Boolean(asleep) || watched;
    const tip = playing ? TIPS.pause : looking ? TIPS.on : finished ? TIPS.again : TIPS.play;
    if (play.title !== tip) {
      play.title = tip;
      play.setAttribute("aria-label", tip.replace(/ \(.*\)/, ""));
    }
    const epochs = frame?.epochs ?? scene?.epochs ?? 0;
    write(fields.epoch, epochText(epoch, epochs));
    write(fields.step, pad(step, 6));
    write(fields.rate, playing || finished ? rateText(frame?.rate) : "–");
    write(fields.left, playing ? durationText(frame?.left) : "–");
    if (frame && now() > speedHope) showSpeed(speedStop(frame.speed));
    const failed = frame?.status === "failed";
    const message = trouble || asleep || (online ? where || frame?.message || (!watched && frame?.hint) || "" : channel.trouble || "The connection is lost; trying again …");
    const state = frame ? (playing ? "playing" : frame.status === "playing" ? "paused" : frame.status) : "";
    write(status, online ? (looking ? "earlier" : WORDS[state] ?? "–") : "offline");
    write(sentence, message);
    if (say.title !== message) say.title = message;
    const bad = Boolean((failed && !asleep && !looking) || trouble || channel.trouble);
    say.classList.toggle("bad", bad);
    if (bad) say.setAttribute("role", "alert");
    else say.removeAttribute("role");
    if (frame && frame !== seen) {
      const share = Math.min(1, epochs ? frame.epoch / epochs : 0);
      motion.go([share], now(), !playing || share < (motion.target?.[0] ?? 0) ? 0 : travelTime(channel.interval, hub.still()));
      progress.setAttribute("aria-valuenow", String(Math.round(share * 100)));
      seen = frame;
      hub.wake();
    }
  }

  buttons.forEach((button) => {
    button.onpointerdown = (event) => event.preventDefault(); // the mouse leaves the focus where it is: Space stays Play
    button.onmousedown = (event) => event.preventDefault();
    button.onclick = () => act(button.dataset.command);
  });
  range.oninput = () => {
    const at = Number(range.value);
    speedHope = now() + HOPE;
    showSpeed(at);
    send("speed", SPEEDS[at].value);
  };
  range.onpointerup = () => range.blur();
  showSpeed(speedStop(60));

  const stopKeys = listenToKeys(act);
  const stopPainting = hub.animate((at) => {
    const values = motion.at(at);
    if (!values || !root.isConnected) return false;
    fill.style.transform = `scaleX(${values[0].toFixed(4)})`;
    return motion.moving(at);
  });

  return {
    show(data, restarted) {
      onRestarted = restarted;
      version = data.run === run && version > data.version ? version : data.version ?? null;
      asleep = data.asleep ?? "";
      watched = Boolean(data.watched);
      if (data.run === run) return update();
      run = data.run;
      unsubscribe();
      channel = hub.channel(run);
      [hope, trouble, seen] = [null, "", null];
      scrub.leave();
      unsubscribe = channel.subscribe(update);
      update();
    },
    stop() {
      removeEventListener("mtl-shows", catchUp);
      clearTimeout(hopeTimer);
      scrub.stop();
      lagging(false);
      stopKeys();
      stopPainting();
      unsubscribe();
    },
  };
}

const bars = new WeakMap();

export default function transport({ data, parentElement, setTriggerValue }) {
  if (!bars.has(parentElement)) bars.set(parentElement, createTransport(parentElement.querySelector(".transport"), sharedHub()));
  const bar = bars.get(parentElement);
  bar.show(data, () => setTriggerValue("restarted", Date.now()));
  return () => {
    bar.stop();
    bars.delete(parentElement);
  };
}
