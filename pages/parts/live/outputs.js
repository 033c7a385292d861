// The component with what has been learned, the losses, the metrics and the inside of one run.

import { css } from "./color.js";
import { createGallery } from "./gallery.js";
import { createGhost } from "./ghost.js";
import { createHealth } from "./health.js";
import { sharedHub } from "./hub.js";
import { createShares } from "./shares.js";
import { createLosses } from "./losses.js";
import { createMetrics } from "./metrics.js";
import { createMoment } from "./moment.js";
import { createPulls } from "./pulls.js";
import { standing } from "./records.js";
import { make, observeSizes } from "./surface.js";
import { readTheme } from "./theme.js";
import { createTwins, rowsScored } from "./twins.js";
import { createUnits } from "./units.js";
import { createViews, paintSwatches, panelsOf } from "./views.js";

const SPOKEN = 2000; // ms between two sentences for screen readers
const WANTS = { units: ["units"], gallery: ["histograms"] }; // what parts need that is sent only to those who ask

/**
 * Each part: `of`, what it is made of (it is built anew only when that changes), and `make`. A part has an `element`,
 * `update(news)`, and where it needs them `paint(theme, now, calm)`, `describe(record, frame)`, `heed(options)`, `stop()` and `busy`.
 */
const PARTS = {
  view: {
    of: ({ scene, options }) => [scene, options.edit],
    make: ({ scene, sizes, lean, memory, edit }) => createViews(scene, sizes, lean, { memory, edit }),
  },
  loss: {
    of: ({ still }) => [still],
    make: ({ scene, sizes, wake, lean, memory, forget }) => createLosses(scene, sizes, wake, lean, memory.moment, forget),
  },
  pull: {
    of: ({ still, options }) => [still, options.detail],
    make: ({ scene, sizes, wake, memory, options }) => createPulls(scene, sizes, wake, memory.moment, options.detail),
  },
  sharing: {
    of: ({ still }) => [still],
    make: ({ scene, sizes, wake, memory }) => createShares(scene, sizes, wake, memory.moment),
  },
  metrics: {
    of: ({ still, compact, leanTable }) => [still, compact, leanTable],
    make: ({ scene, compact, leanTable }) => createMetrics(scene, { compact, lean: leanTable }),
  },
  twins: {
    of: ({ scene, still, options }) => [still, options.features, rowsScored(scene)],
    make: ({ scene, options }) => createTwins(scene, options.features),
  },
  units: {
    of: ({ scene, still }) => [still, { ...scene.view, points: null, least_squares: null }],
    make: ({ scene, sizes, wake }) => createUnits(scene, sizes, wake),
  },
  health: {
    of: ({ still }) => [still],
    make: ({ scene, sizes, wake }) => createHealth(scene, sizes, wake),
  },
  gallery: {
    of: ({ still, options }) => [still, options.gallery?.name],
    make: ({ scene, options, sizes, wake, tell }) => createGallery(scene, options.gallery, sizes, wake, (param) => tell("param", param)),
  },
};

/** The parts of frames that components with these parts want. */
export function wantsOf(parts) {
  return parts.flatMap((part) => WANTS[part] ?? []);
}

function createOutputs(root, hub) {
  let options = null;
  let channel = null;
  let unsubscribe = () => {};
  let scene = null;
  let built = new Map(); // part -> {key, part}
  let theme = readTheme(root);
  let seen = null;
  let looked = null; // the earlier epoch that the frames show
  let spokenAt = -Infinity;
  let speaking = null;
  let report = () => {};
  let memory = null;
  let due = false; // to be built as soon as nothing is being dragged
  const stage = make("div", "stage");
  const cue = make("button", "cue", "more below ↓", { type: "button", tabindex: "-1" });
  const said = make("span", "spoken", "", { "aria-live": "polite" });
  const sizes = observeSizes(() => {
    showCue();
    hub.wake();
  });
  const edit = { report: (point) => report("point", point), say: (text) => (said.textContent = text), wake: hub.wake };
  root.replaceChildren(stage, cue, said);
  stage.onscroll = showCue;
  cue.onclick = () => stage.scrollBy({ top: stage.clientHeight * 0.7, behavior: hub.still() ? "auto" : "smooth" });

  const parts = () => [...built.values()].map(({ part }) => part);

  /** Says that there is more to see below, as long as there is. */
  function showCue() {
    root.classList.toggle("more", stage.scrollHeight - stage.scrollTop - stage.clientHeight > 6);
  }

  function paintTheme() {
    root.style.setProperty("--twin", css(theme.twin));
    if (scene) paintSwatches(stage, scene, theme);
  }

  function placeholder() {
    const boxes = options.parts.map((part) => make("div", `blank ${part}`));
    boxes[0]?.append(make("span", "", "The first picture is on its way …"));
    stage.replaceChildren(...boxes);
  }

  /** Brings the parts up to the scene and the options; those that are made of the same as before stay as they are. */
  function build() {
    due = parts().some((part) => part.busy); // a point is being dragged: afterwards
    if (due) return;
    scene = channel.scene;
    const { view, start, title, epochs, steps_per_epoch, ghosts, ...rest } = scene; // a frame has its own epochs
    const lean = panelsOf(scene).length > 2; // small multiples: many share the height
    const kit = {
      scene, options, sizes, lean, memory, wake: hub.wake, tell: (what, value) => report(what, value), forget: () => channel.command("forget"),
      still: { ...rest, run: options.run, view: { kind: view.kind, input: view.input } }, // the scene without what a new start or an edit changes
      compact: options.height < 800 && options.parts.length > 1,
      leanTable: lean && options.parts.includes("view"),
      edit: options.edit && view.kind === "curve" ? edit : null,
    };
    const next = new Map();
    for (const name of options.parts) {
      const key = JSON.stringify([options.run, lean, PARTS[name].of(kit)]);
      const old = built.get(name);
      next.set(name, old?.key === key ? old : { key, part: PARTS[name].make(kit) });
    }
    for (const [name, old] of built) if (next.get(name) !== old) old.part.stop?.();
    const { activeElement } = root.getRootNode();
    const editing = stage.contains(activeElement) ? activeElement.dataset.editor : undefined;
    const { scrollTop } = stage;
    built = next;
    for (const part of parts()) part.heed?.(options);
    parts().forEach(({ element }, at) => {
      const here = stage.children[at];
      if (!here) stage.append(element);
      else if (here !== element) here.replaceWith(element);
    });
    while (stage.children.length > built.size) stage.lastChild.remove();
    stage.classList.remove("old");
    stage.classList.toggle("lean", lean);
    stage.scrollTop = scrollTop;
    if (editing !== undefined && !activeElement.isConnected) stage.querySelector(`[data-editor="${editing}"]`)?.focus({ preventScroll: true });
    sizes.now();
    showCue();
    paintTheme();
    seen = null;
    take(performance.now());
    if (paint(performance.now())) hub.wake(); // at once: nothing is ever blank between two scenes
  }

  function take(now) {
    const { frame, history, interval } = channel;
    if (!scene || frame === seen || !frame) return;
    seen = frame;
    memory.ghost.take(frame, scene.view.x);
    const record = standing(frame, history);
    const news = { frame, record, history, ghosts: scene.ghosts ?? [], theme, now, interval, calm: hub.still() };
    for (const part of parts()) part.update(news);
    const look = frame.looking?.epoch ?? null;
    if (look !== looked) memory.moment.choose((looked = look)); // after the parts: a new start makes them forget
    if (frame.status !== "playing") { // at rest every number agrees at once
      clearTimeout(speaking);
      speak();
    } else if (speaking === null) speaking = setTimeout(speak, Math.max(0, spokenAt + SPOKEN - now));
  }

  function speak() {
    speaking = null;
    spokenAt = performance.now();
    if (!channel?.frame) return;
    for (const part of parts()) part.describe?.(standing(channel.frame, channel.history), channel.frame);
  }

  function paint(now) {
    return parts().reduce((more, part) => part.paint?.(theme, now, hub.still()) || more, false);
  }

  const stopPainting = hub.animate((now) => {
    if (!scene || !stage.isConnected) return false;
    if (channel.scene && (due || channel.scene !== scene)) build();
    take(now);
    return paint(now);
  });

  return {
    /** Takes the options of the page; the same ones again change nothing. `tell(what, value)` reports an edit. */
    show(next, tell) {
      report = tell;
      const nextTheme = readTheme(root);
      if (nextTheme.key !== theme.key || !options) {
        theme = nextTheme;
        paintTheme();
        hub.wake();
      }
      const changed = JSON.stringify(next) !== JSON.stringify(options);
      if (!changed) return;
      const other = next.run !== options?.run;
      const asks = other || wantsOf(next.parts).join() !== wantsOf(options.parts).join();
      options = next;
      root.style.height = `${options.height}px`;
      root.classList.toggle("bare", Boolean(options.bare));
      if (asks) {
        unsubscribe();
        if (other) {
          channel = hub.channel(options.run);
          looked = null;
          memory = { ghost: createGhost(), moment: createMoment(), edits: {}, cross: {} };
        }
        if (!scene) placeholder();
        else if (!channel.scene) stage.classList.add("old");
        unsubscribe = channel.subscribe((what) => {
          if (what === "scene") build();
        }, wantsOf(options.parts));
      }
      if (channel.scene) build();
    },
    stop() {
      stopPainting();
      unsubscribe();
      for (const part of parts()) part.stop?.();
      sizes.stop();
      clearTimeout(speaking);
    },
  };
}

const instances = new WeakMap();

export default function outputs({ data, parentElement, setTriggerValue }) {
  if (!instances.has(parentElement)) instances.set(parentElement, createOutputs(parentElement.querySelector(".outputs"), sharedHub()));
  const instance = instances.get(parentElement);
  instance.show(data, (what, value) => setTriggerValue(what, value));
  return () => {
    instance.stop();
    instances.delete(parentElement);
  };
}
