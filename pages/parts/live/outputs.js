// The component with what has been learned, the losses and the metrics of one run.

import { sharedHub } from "./hub.js";
import { createLosses } from "./losses.js";
import { createMetrics } from "./metrics.js";
import { observeSizes, make } from "./surface.js";
import { readTheme } from "./theme.js";
import { createViews, paintSwatches } from "./views.js";

const SPOKEN = 2000; // ms between two sentences for screen readers

function createOutputs(root, hub) {
  let options = null;
  let channel = null;
  let unsubscribe = () => {};
  let scene = null;
  let views = null;
  let losses = null;
  let metrics = null;
  let theme = readTheme(root);
  let seen = null;
  let spokenAt = -Infinity;
  let speaking = null;
  const stage = make("div", "stage");
  const cue = make("button", "cue", "more below ↓", { type: "button", tabindex: "-1" });
  const sizes = observeSizes(() => {
    showCue();
    hub.wake();
  });
  root.replaceChildren(stage, cue);
  stage.onscroll = showCue;
  cue.onclick = () => stage.scrollBy({ top: stage.clientHeight * 0.7, behavior: hub.still() ? "auto" : "smooth" });

  /** Says that there is more to see below, as long as there is. */
  function showCue() {
    root.classList.toggle("more", stage.scrollHeight - stage.scrollTop - stage.clientHeight > 6);
  }

  function placeholder() {
    const boxes = options.parts.map((part) => make("div", `blank ${part}`));
    boxes[0]?.append(make("span", "", "The first picture is on its way …"));
    stage.replaceChildren(...boxes);
  }

  function build() {
    views?.stop();
    losses?.stop();
    scene = channel.scene;
    const has = (part) => options.parts.includes(part);
    const lean = scene.tasks.length > 2; // small multiples: many tasks share the height
    views = has("view") ? createViews(scene, sizes, lean) : null;
    losses = has("loss") ? createLosses(scene, sizes, hub.wake, lean) : null;
    metrics = has("metrics") ? createMetrics(scene, { compact: options.height < 800 && options.parts.length > 1, lean: lean && has("view") }) : null;
    stage.replaceChildren(...[views, losses, metrics].filter(Boolean).map((part) => part.element));
    stage.classList.remove("old");
    stage.classList.toggle("lean", lean);
    showCue();
    paintSwatches(stage, scene, theme);
    seen = null;
    take(performance.now());
  }

  function take(now) {
    const { frame, history, interval } = channel;
    if (!scene || frame === seen || !frame) return;
    seen = frame;
    const record = history.records.at(-1);
    views?.update(frame, record, theme, now, interval, hub.still());
    losses?.update(history, frame, now, interval, hub.still());
    metrics?.update(frame, record);
    if (frame.status !== "playing") { // at rest every number agrees at once
      clearTimeout(speaking);
      speak();
    } else if (speaking === null) speaking = setTimeout(speak, Math.max(0, spokenAt + SPOKEN - now));
  }

  function speak() {
    speaking = null;
    spokenAt = performance.now();
    if (!channel?.frame) return;
    const record = channel.history.records.at(-1);
    views?.describe(record, channel.frame);
    losses?.describe(record);
  }

  const stopPainting = hub.animate((now) => {
    if (!scene || !stage.isConnected) return false;
    if (channel.scene !== scene) build();
    take(now);
    const a = views?.paint(theme, now, hub.still());
    const b = losses?.paint(theme, now);
    return Boolean(a || b);
  });

  return {
    /** Takes the options of the page; the same ones again change nothing. */
    show(next) {
      const nextTheme = readTheme(root);
      if (nextTheme.key !== theme.key) {
        theme = nextTheme;
        if (scene) paintSwatches(stage, scene, theme);
        hub.wake();
      }
      const changed = JSON.stringify(next) !== JSON.stringify(options);
      if (!changed) return;
      const other = next.run !== options?.run;
      options = next;
      root.style.height = `${options.height}px`;
      if (other) {
        unsubscribe();
        channel = hub.channel(options.run);
        if (!scene) placeholder();
        else if (!channel.scene) stage.classList.add("old");
        unsubscribe = channel.subscribe((what) => {
          if (what === "scene") build();
        });
      }
      if (channel.scene) build();
    },
    stop() {
      stopPainting();
      unsubscribe();
      sizes.stop();
      clearTimeout(speaking);
    },
  };
}

const instances = new WeakMap();

export default function outputs({ data, parentElement }) {
  if (!instances.has(parentElement)) instances.set(parentElement, createOutputs(parentElement.querySelector(".outputs"), sharedHub()));
  const instance = instances.get(parentElement);
  instance.show(data);
  return () => {
    instance.stop();
    instances.delete(parentElement);
  };
}
