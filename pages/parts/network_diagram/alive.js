// The network as it is now, under the picture of it: lines for weights, small pictures for what units respond to, bars for whose
// they are. It listens to the run's stream by the connection that the page has anyway, and draws only what is in sight.

import { css, rgb } from "../live/color.js";
import { createMotion } from "../live/playback.js";
import { readLayers } from "./alive_data.js";
import { classColors, drawBox, drawLink, drawUnit, palette } from "./alive_draw.js";
import { placed, standsAt } from "./alive_places.js";
import { legendOf, wordsOf } from "./alive_words.js";
import { Trail, VectorPen } from "./vector.js";

const LOOK_AGAIN = 200; // ms until the page's connection is looked for again
const LINES_EVERY = 90; // ms between two drawings of the lines, while they move
const LARGE = { map: [96, 96], curve: [144, 72], table: [144, 72] }; // pixels of the picture of the unit that is pointed at
const CHANGES_ALONG = { line: "to right", picture: "to bottom right" }; // in which samples of the legend change their colours
const LONGEST_MOVE = 600; // ms that a move from one snapshot to the next takes at the most

/**
 * `stage` scrolls, `canvas` lies under the picture, `tip` says what is pointed at. `redraw` is called when other boxes come
 * alive. `find` gives the page's hub.
 */
export function createAlive({ stage, canvas, tip, legend, redraw, find = () => window.__mtlLive }) {
  const ctx = canvas.getContext("2d"), motions = new Map(), paper = document.createElement("canvas");
  const sheet = { canvas: paper, pen: paper.getContext("2d"), at: -Infinity, stale: true };
  let run = null, hub = null, channel = null, stopListening = () => {}, stopPainting = () => {}, timer = 0;
  let layers = new Map(), seen = null, arrived = 0, names = "", explained = "", told = [];
  let scene = { geometry: null, spec: null, colors: [] }, theme = null, places = null, stale = true, inSight = true;
  const sight = new IntersectionObserver((entries) => {
    inSight = entries.at(-1).isIntersecting;
    hub?.wake();
  });
  sight.observe(canvas);

  Object.assign(canvas, { pictures: 0, spent: 0 }); // drawn so far, and the ms that it took

  const alive = {
    edited: false, // whether weights were edited by hand, and nothing was changed after that
    /** Puts edited weights back. Resolves to {ok, message}. */
    restore: () => channel.command("edit", { op: "restore" }),
    /** The run to listen to; "" for none. */
    follow(next) {
      if (next === run) return;
      leave();
      run = next;
      join();
    },
    /** Whether a box or a link of a geometry is drawn here. */
    living(geometry, spec) {
      const found = placed(geometry, layers, spec.sharing?.name ?? "hard");
      return { boxes: new Set(found.boxes.keys()), links: new Set(found.links.map(({ link }) => link.id)) };
    },
    /** What the picture shows from now on. `colors`: of the tasks, as CSS. */
    show(geometry, spec, colors, look) {
      scene = { geometry, spec, colors: colors.map(rgb) };
      const key = `${look.paper}|${look.ink}`;
      if (theme?.key !== key) theme = { key, ...palette(rgb(look.paper), rgb(look.ink), look.dark) };
      places = null;
      sheet.stale = true;
      changed();
    },
    /** {kind: "unit", layer, of, unit} or {kind: "link", layer, of, unit, input, value} at a point of the picture, or null. */
    hit(x, y) {
      const found = arrange() && standsAt(places, x, y);
      if (!found) return null;
      const { layer, place } = found, unit = layer.units[place];
      if (found.kind === "unit") return { kind: "unit", layer: layer.name, of: layer.of, unit };
      if (!found.from) return null;
      return { kind: "link", layer: layer.name, of: layer.of, unit, input: found.from.units[found.input], value: layer.weights[found.input * layer.count + place] * layer.scale };
    },
    /** The whole picture as it is now, as elements of an SVG: [[name, attributes], …]. */
    vectors() {
      const now = performance.now(), pen = new VectorPen(cutOut), found = arrange();
      for (const link of found?.links ?? []) drawLink(pen, link, motions.get(link.layer.name).weights.at(now), theme);
      for (const box of found?.boxes.values() ?? []) drawBox(pen, box, motions.get(box.layer.name).response.at(now), { ...lookOf(box.node), Path: Trail });
      return pen.drawn;
    },
    /** The legend's items {text, sample, paints} as they are shown; paints: CSS colours. */
    legend: () => told,
    stop() {
      leave();
      sight.disconnect();
      stage.removeEventListener("pointermove", point);
      stage.removeEventListener("pointerleave", unpoint);
      stage.removeEventListener("scroll", scrolled);
    },
  };

  function join() {
    if (!run) return;
    hub = find();
    if (!hub) {
      timer = setTimeout(join, LOOK_AGAIN);
      return;
    }
    channel = hub.channel(run);
    stopListening = channel.subscribe((what) => what !== "online" && heard(), ["network"]);
    stopPainting = hub.animate(paint);
  }

  function leave() {
    clearTimeout(timer);
    stopListening();
    stopPainting();
    [channel, seen, places] = [null, null, null];
    layers = new Map();
    motions.clear();
  }

  function heard() {
    changed();
    if (alive.edited === (channel.frame?.edited_last ?? false)) return;
    alive.edited = !alive.edited;
    redraw();
  }

  function changed() {
    stale = true;
    hub?.wake();
  }

  /** Takes the newest snapshot, if it is another: every number sets off from where it is. */
  function take(now) {
    const news = channel?.frame?.view?.network;
    if (!news || news === seen) return;
    const time = hub.still() || !seen || channel.frame.status !== "playing" ? 0 : Math.min(LONGEST_MOVE, Math.max(60, now - arrived));
    [seen, arrived] = [news, now];
    layers = readLayers(news);
    places = null;
    for (const [name, layer] of layers) {
      const held = motions.get(name) ?? { weights: createMotion(), response: createMotion(), units: "" };
      const same = held.units === layer.units.join();
      held.units = layer.units.join();
      if (layer.weights) held.weights.go(layer.weights, now, time);
      held.response.go(Float32Array.from(layer.response), now, same ? time : 0);
      motions.set(name, held);
    }
    const told_of = [...layers.values()].map(({ name, of }) => `${name} ${of}`).join();
    if (told_of !== names) {
      names = told_of;
      redraw();
    }
    stale = true;
  }

  function arrange() {
    if (!scene.geometry) return null;
    return (places ??= placed(scene.geometry, layers, scene.spec.sharing?.name ?? "hard"));
  }

  function paint(now) {
    if (!inSight || !canvas.isConnected || document.hidden || !scene.geometry) return false;
    take(now);
    const moving = [...motions.values()].some(({ weights, response }) => weights.moving(now) || response.moving(now));
    if (!stale && !moving) return false;
    stale = moving;
    const began = performance.now();
    draw(now);
    canvas.pictures += 1;
    canvas.spent += performance.now() - began;
    return moving;
  }

  function draw(now) {
    const { geometry } = scene, ratio = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(geometry.width * ratio), Math.round(geometry.height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      [canvas.width, canvas.height] = [wide, high];
      Object.assign(canvas.style, { width: `${geometry.width}px`, height: `${geometry.height}px` });
    }
    const { boxes } = arrange();
    explain(boxes);
    const [top, bottom] = [stage.scrollTop - 40, stage.scrollTop + stage.clientHeight + 40];
    if (sheet.stale || now - sheet.at >= LINES_EVERY || sheet.canvas.width !== wide || ![...motions.values()].some(({ weights }) => weights.moving(now))) line(now, ratio, top, bottom);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, wide, high);
    ctx.drawImage(sheet.canvas, 0, 0);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const box of boxes.values()) {
      if (box.node.y + box.node.h / 2 < top || box.node.y - box.node.h / 2 > bottom) continue;
      drawBox(ctx, box, motions.get(box.layer.name).response.at(now), lookOf(box.node));
    }
    if (large && !tip.hidden) enlarge(now);
  }

  function lookOf(node) {
    const kind = channel?.scene?.view?.kind ?? "table", { colors } = scene;
    const classes = (task, count) => (task === null || task === undefined ? null : classColors(count, theme));
    return { theme, kind, color: colors[node.tone ?? node.lane] ?? theme.ink, tasks: colors, classes, sprite };
  }

  /** The picture of the unit that is pointed at, as it is now. */
  function enlarge(now) {
    const { node, place, name, paper: sheet } = large, layer = layers.get(name), look = lookOf(node);
    if (!layer || place >= layer.count) return;
    const [width, height] = LARGE[look.kind], ratio = window.devicePixelRatio || 1, pen = sheet.getContext("2d");
    if (sheet.width !== width * ratio) {
      Object.assign(sheet, { width: width * ratio, height: height * ratio });
      Object.assign(sheet.style, { width: `${width}px`, height: `${height}px` });
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    drawUnit(pen, layer, place, motions.get(name).response.at(now), look, width, height);
  }

  /** Draws the lines on a sheet of their own: they are many, and change little from one picture to the next. */
  function line(now, ratio, top, bottom) {
    const { pen } = sheet, { width, height } = canvas;
    if (sheet.canvas.width !== width || sheet.canvas.height !== height) Object.assign(sheet.canvas, { width, height });
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const link of arrange().links) {
      if (Math.max(...link.ends, ...link.starts) < top || Math.min(...link.ends, ...link.starts) > bottom) continue;
      drawLink(pen, link, motions.get(link.layer.name).weights.at(now), theme);
    }
    Object.assign(sheet, { at: now, stale: false });
  }

  /** What lines, pictures and bars stand for, as far as there are any. */
  function explain(boxes) {
    const all = [...boxes.values()].map(({ layer }) => layer), kind = channel?.scene?.view?.kind;
    const items = legendOf({ any: all.some(({ weights }) => weights), kind, input: scene.spec.inputs.names[0], shared: all.some(({ use, pull }) => use || pull), dead: all.some(({ dead }) => dead.size), few: all.some(({ count, of }) => count < of), told: toldApart(all, kind) });
    const key = JSON.stringify([items, theme.key]);
    if (key === explained) return;
    explained = key;
    const hues = classColors(items.filter(({ sample }) => sample === "class").length, theme);
    const { signs, grey } = theme, samples = { line: [css(signs[1]), css(signs[0])], picture: [css(signs[1], 0.5), css(signs[0], 0.5)], bars: scene.colors.length > 1 ? scene.colors.slice(0, 4).map((color) => css(color)) : [grey], dead: [grey] };
    told = items.map(({ sample, text, hint, at }) => ({ sample, text, hint, paints: sample === "class" ? [css(hues[at])] : (samples[sample] ?? []) }));
    legend.replaceChildren(...told.map(({ sample, text, hint, paints }) => {
      const item = document.createElement("span"), chip = document.createElement("i");
      chip.className = sample;
      chip.style.background = `linear-gradient(${CHANGES_ALONG[sample] ?? "to bottom"}, ${paints.map((paint, place, { length }) => `${paint} ${(100 * place) / length}% ${(100 * (place + 1)) / length}%`).join(", ")})`;
      item.title = hint;
      item.append(...(sample ? [chip] : []), text);
      return item;
    }));
  }

  /** The task by whose classes histograms are coloured: {task, classes}; null where none is. */
  function toldApart(all, kind) {
    const layer = kind === "table" ? all.find(({ by, classes }) => by !== null && by !== undefined && classes > 1) : null;
    const task = layer && channel.scene.tasks[layer.by];
    return task ? { task: task.name, classes: task.classes.slice(0, layer.classes) } : null;
  }

  let patch = null, large = null;

  /** Room for small pictures of so many pixels: {data, flush}; flush gives it as something that can be drawn. */
  function sprite(width, height) {
    if (patch?.canvas.width !== width || patch.canvas.height < height) {
      const small = Object.assign(document.createElement("canvas"), { width, height });
      patch = { canvas: small, pen: small.getContext("2d"), image: null };
    }
    if (!patch.image || patch.image.height !== height) patch.image = patch.pen.createImageData(width, height);
    const { image, pen, canvas: small } = patch;
    return { data: image.data, flush: () => (pen.putImageData(image, 0, 0), small) };
  }

  /** A part of what was drawn on a canvas, as the address of a picture. */
  function cutOut(source, x, y, width, height) {
    const part = Object.assign(document.createElement("canvas"), { width, height });
    part.getContext("2d").drawImage(source, x, y, width, height, 0, 0, width, height);
    return part.toDataURL("image/png");
  }

  function point(event) {
    const home = canvas.getBoundingClientRect(), x = event.clientX - home.left, y = event.clientY - home.top;
    const found = event.buttons || !arrange() || event.target.closest?.(".add, .branch, .less, .more, .grip") ? null : standsAt(places, x, y);
    if (!found) return unpoint();
    const { spec } = scene;
    const lines = wordsOf(found, { tasks: spec.tasks.map(({ title }) => title), inputs: spec.inputs.names, kind: channel?.scene?.view?.kind });
    if (found.kind === "unit") event.target.closest?.("[title]")?.removeAttribute("title"); // said here, and more of it
    tip.replaceChildren(...lines.map((line, at) => Object.assign(document.createElement(at ? "span" : "b"), { textContent: line })));
    tip.hidden = false;
    stage.style.cursor = found.kind === "link" && found.from ? "pointer" : "";
    large = null;
    if (found.kind === "unit" && motions.has(found.layer.name)) {
      large = { node: found.node, place: found.place, name: found.layer.name, paper: document.createElement("canvas") };
      enlarge(performance.now());
      tip.firstChild.after(large.paper);
    }
    const frame = tip.parentElement.getBoundingClientRect(), [left, top] = [event.clientX - frame.left, event.clientY - frame.top];
    tip.style.left = `${Math.max(4, left + 16 + tip.offsetWidth > frame.width ? left - 12 - tip.offsetWidth : left + 16)}px`;
    tip.style.top = `${Math.max(4, Math.min(frame.height - tip.offsetHeight - 4, top + 12))}px`;
    return undefined;
  }

  function scrolled() {
    sheet.stale = true;
    changed();
  }

  function unpoint() {
    tip.hidden = true;
    stage.style.cursor = "";
  }

  stage.addEventListener("pointermove", point, { passive: true });
  stage.addEventListener("pointerleave", unpoint);
  stage.addEventListener("scroll", scrolled, { passive: true });
  return alive;
}
