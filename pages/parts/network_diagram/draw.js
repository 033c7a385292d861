// Draws a geometry as SVG. Knows nothing of edits: it takes no clicks, and may be called for every frame.

import { dots, HEADER } from "./layout.js";
import { about, fitting, shortened } from "./names.js";
import { staying } from "./pending.js";

const SVG = "http://www.w3.org/2000/svg";
const OWNED = [["no task chosen yet"], ["own layers", "own"], ["each task's own layers", "each task's own", "own layers", "own"]]; // by number of tasks, longest first

const NOTHING = { boxes: new Set(), links: new Set() };

/** Replaces what `svg` shows. `colors`: one per lane. `living`: what is drawn on the canvas below, of which only words are written here. */
export function draw(svg, geometry, spec, colors, living = NOTHING) {
  const byId = new Map(geometry.nodes.map((node) => [node.id, node]));
  svg.setAttribute("width", geometry.width);
  svg.setAttribute("height", geometry.height);
  svg.setAttribute("viewBox", `0 0 ${geometry.width} ${geometry.height}`);
  svg.replaceChildren(
    shape("defs", {}, ...geometry.links.filter((link) => link.branches && link.lane >= 0).map((link) => gradient(link, byId, colors))),
    ...panels(geometry, colors),
    ...(geometry.marks ?? []).map((mark) => markOf(mark, colors)),
    ...(geometry.wires ?? []).map((wire) => wireOf(wire, byId, colors)),
    ...geometry.links.map((link) => bundleOf(link, byId, colors, living.links.has(link.id))),
    ...geometry.nodes.map((node) => layerOf(node, spec, colors, geometry.pitch, living.boxes.has(node.id))),
    ...geometry.links.map((link) => written(link)),
    ...(geometry.notes ?? []).map((note) => words("note", note.x, note.y, note.text)),
  );
}

/** One sentence that says what the picture shows. */
export function described(spec) {
  const list = (layers) => staying(layers).map((layer) => `${layer.width} ${layer.title}`).join(", ") || "none";
  const tasks = spec.tasks.map((task) => `${task.title} (${task.kind}): own layers ${list(task.layers)}`);
  const how = spec.sharing ? `; ${spec.sharing.title}` : "";
  return [`Network: ${spec.inputs.width} inputs; shared layers ${list(spec.trunk.layers)}${how}`, ...tasks].join("; ") + ".";
}

function panels(geometry, colors) {
  const { x, left, middle, bottom } = geometry.branch;
  const lanes = geometry.lanes.map((lane) =>
    shape("rect", { class: "lane", x: lane.left, y: lane.top, width: lane.right - lane.left - 1, height: lane.height, rx: 10, style: tint(colors, lane.lane), opacity: lane.alpha ?? 1 }));
  const shared = shape("rect", { class: "lane", x: 1, y: HEADER + 3, width: Math.max(0, x - 7), height: Math.max(0, bottom - HEADER - 6), rx: 10, style: tint(colors, geometry.owner ?? -1) });
  return [
    shared, ...lanes,
    words("caption", Math.max((left + x - 28) / 2, 24), HEADER / 2 + 4, fitting(geometry.caption ?? ["shared layers", "shared"], x - left - 34, about(12))),
    words("caption", (x + 28 + geometry.width) / 2, geometry.lanes.length ? HEADER / 2 + 4 : middle, fitting(OWNED[Math.min(2, geometry.lanes.length)], geometry.width - x - 34, about(12))),
    shape("line", { class: "divider", x1: x - 3, x2: x - 3, y1: HEADER, y2: geometry.height - 4 }),
  ];
}

function gradient(link, byId, colors) {
  const from = byId.get(link.from), to = byId.get(link.to);
  return shape(
    "linearGradient", { id: `to-${link.lane}`, style: tint(colors, link.lane), gradientUnits: "userSpaceOnUse", x1: from.x + from.w / 2, x2: Math.min(link.bend, to.x - to.w / 2), y1: 0, y2: 0 },
    shape("stop", { offset: 0.1, class: "from" }), shape("stop", { offset: 0.75, class: "to" }),
  );
}

/** A band between two layers, and on it a line from each dot to each. Past `bend` it runs straight, inside its lane. */
function bundleOf(link, byId, colors, living) {
  const from = byId.get(link.from), to = byId.get(link.to);
  const x1 = from.x + from.w / 2, x2 = to.x - to.w / 2, bend = Math.min(x2, link.bend), mid = (x1 + bend) / 2;
  const along = (y1, y2) => `M ${x1} ${y1} C ${mid} ${y1} ${mid} ${y2} ${bend} ${y2} H ${x2}`;
  const [above, below] = [-0.46, 0.46].map((share) => [from.y + from.h * share, to.y + to.h * share]);
  const band = `${along(...above)} V ${below[1]} H ${bend} C ${mid} ${below[1]} ${mid} ${below[0]} ${x1} ${below[0]} Z`;
  const parts = link.branches && link.lane >= 0;
  const paint = parts ? `--c: ${colors[link.lane]}; --band: url(#to-${link.lane}); --many: ${1 / Math.sqrt(colors.length)}` : `${tint(colors, link.tone ?? link.lane)}; --many: ${Math.min(1, (x2 - x1) / 50)}`; // the shorter, the denser
  const threads = ends(from).flatMap((y1) => ends(to).map((y2) => along(y1, y2))).join(" ");
  return shape(
    "g", { class: `bundle${link.pending ? " pending" : ""}${living ? " living" : ""}`, style: paint, opacity: link.alpha ?? 1 }, shape("path", { class: "band", d: band }), ...(living ? [] : [shape("path", { class: "threads", d: threads })]),
    titled(link.shape && `Matrix ${link.shape}: a weight for every pair of units; ${link.parameters.toLocaleString("en")} parameters with the biases`),
  );
}

function ends(node) {
  return node.compact ? [node.y - 6, node.y, node.y + 6] : dots(node.units, node.h).offsets.map((offset) => node.y + offset);
}

function written(link) {
  return words(link.tight ? "matrix tight" : "matrix", link.labelX, link.labelY, link.text, link.alpha);
}

/** A gate, a mask or a join: a small round sign. */
function signOf(node, colors) {
  const { x, y, w } = node, r = w / 2;
  const signs = {
    gate: `M ${x - r * 0.5} ${y + r * 0.35} V ${y - r * 0.1} M ${x} ${y + r * 0.35} V ${y - r * 0.5} M ${x + r * 0.5} ${y + r * 0.35} V ${y + r * 0.1}`,
    mask: `M ${x - r * 0.5} ${y - r * 0.3} H ${x + r * 0.5} M ${x - r * 0.5} ${y} H ${x} M ${x - r * 0.5} ${y + r * 0.3} H ${x + r * 0.3}`,
    join: `M ${x - r * 0.45} ${y} H ${x + r * 0.45} M ${x} ${y - r * 0.45} V ${y + r * 0.45}`,
  };
  return shape(
    "g", { class: `node sign is-${node.kind}`, style: tint(colors, node.tone), opacity: node.alpha ?? 1 },
    shape("circle", { class: "box", cx: x, cy: y, r }), shape("path", { class: "glyph", d: signs[node.kind] }), titled(node.hint),
  );
}

/** A way without a matrix: from an expert into a gate, from a layer into a mask, from one task's answer to the next. */
function wireOf(wire, byId, colors) {
  const from = byId.get(wire.from), to = byId.get(wire.to);
  let { path } = wire;
  if (!path) {
    const [x1, x2] = [from.x + from.w / 2, to.x - to.w / 2], mid = (x1 + x2) / 2;
    path = `M ${x1} ${from.y} C ${mid} ${from.y} ${mid} ${to.y} ${x2} ${to.y}`;
  }
  return shape("g", { style: tint(colors, wire.tone) }, shape("path", { class: `wire ${wire.kind ?? ""}`, d: path }), titled(wire.title ?? ""));
}

/** What stands between the copies of a layer: a dotted tie, or a stitch with a knot at each. */
function markOf(mark, colors) {
  const lines = mark.kind === "soft"
    ? mark.ends.slice(1).map((end, i) => `M ${mark.edge} ${mark.ends[i][1] - 9} H ${mark.x} V ${end[0] + 9} H ${mark.edge}`)
    : [`M ${mark.x} ${Math.min(...mark.ys)} V ${Math.max(...mark.ys)}`];
  const knots = mark.kind === "soft" ? [] : mark.ys.map((y, i) => shape("circle", { class: "knot", cx: mark.x, cy: y, r: 4, style: tint(colors, mark.tones[i]) }));
  return shape("g", { class: `mark-${mark.kind}`, style: tint(colors, -1) }, shape("path", { class: "thread", d: lines.join(" ") }), ...knots, titled(mark.title));
}

function layerOf(node, spec, colors, pitch, living) {
  if (["gate", "mask", "join"].includes(node.kind)) return signOf(node, colors);
  const { x, y, w, h, room } = node, top = y - h / 2, bottom = y + h / 2;
  const layer = contents(node, spec);
  const state = node.ghost ? " ghost" : node.going ? " going" : living ? " living" : "";
  const group = shape("g", { class: `node is-${node.kind}${state}`, style: tint(colors, node.tone ?? node.lane), opacity: node.alpha ?? 1 });
  const sheet = (by) => shape("rect", { class: "box", x: x - w / 2 + by, y: top - by, width: w, height: h, rx: Math.min(9, w / 3, h / 3) });
  if (node.kind === "fold" || node.deck) group.append(sheet(5), sheet(2.5));
  group.append(sheet(0));
  if (node.kind === "fold") {
    group.append(words("units small", x, y + 5, String(node.widths.length)));
  } else if (node.compact) {
    group.append(words(`units ${node.units > 999 || w < 25 ? "tiny" : "small"}`, x, y + 5, String(node.units)));
  } else {
    const { offsets, radius, fold } = dots(node.units, h);
    if (!living) group.append(...offsets.map((offset) => shape("circle", { class: "dot", cx: x, cy: y + offset, r: radius })));
    if (fold && !living) group.append(...[-1, 0, 1].map((i) => shape("circle", { class: "rest", cx: x, cy: y + i * radius * 1.3, r: radius * 0.3 })));
    const number = node.units.toLocaleString("en");
    group.append(words(`units ${about(19)(number) <= room ? "" : about(16)(number) <= room ? "small" : "tiny"}`, x, top - 9, number));
  }
  const [first, second] = node.lines;
  let line = bottom + first;
  if (layer.word) {
    const tight = about(12.5)(layer.word) > room;
    group.append(words(`word ${layer.struck ? "struck" : ""} ${tight ? "tight" : ""}`, x, line, shortened(layer.word, room, about(tight ? 10 : 12.5))));
    line = bottom + second;
  }
  if (node.low) {
    group.append(...layer.badges.map((_, i) => shape("circle", { class: "mark", cx: x + w / 2 - 1 - 7 * i, cy: top + 1, r: 2.6 })));
  } else if (node.compact) {
    if (layer.badges.length) group.append(words("badge-line", x, top - 5, layer.badges.map((badge) => (pitch < 88 ? badge.split(" ")[0] : badge)).join(pitch < 60 ? "·" : " · ")));
  } else if (layer.badges.length) {
    group.append(...badges(layer.badges, x, line - 3, pitch - 2));
    line += 17;
  }
  if (about(11)(layer.batch) <= room) group.append(words("batch", x, line, layer.batch));
  group.append(titled(layer.hint));
  return group;
}

function contents(node, spec) {
  if (node.kind === "inputs") {
    const { names, batch, width } = spec.inputs;
    return { word: width > 1 ? "inputs" : names[0] ?? "input", batch, badges: [], hint: names.length ? `The network reads: ${names.join(", ")}; batch ${batch}` : "" };
  }
  const task = spec.tasks[node.lane];
  if (node.kind === "output") return { word: "", batch: task.output.batch, badges: [], hint: `${task.title}: ${task.kind}; batch ${task.output.batch}` };
  if (node.kind === "fold") return { word: "layers", batch: "", badges: [], hint: "" };
  const { layer } = node;
  const found = [...(layer.batch_norm ? ["norm"] : []), ...(layer.dropout ? [`drop ${Math.round(layer.dropout * 100)}%`] : [])];
  return { word: layer.title, struck: !spec.nonlinear, batch: layer.batch, badges: found, hint: "" };
}

function badges(full, x, y, room) {
  const measure = (text) => text.length * 5.4 + 9, total = (texts) => texts.reduce((sum, text) => sum + measure(text) + 3, -3);
  const texts = fitting([full, full.map((text) => text.split(" ")[0]), full.map((text) => text[0].toUpperCase())], room, total);
  const sizes = texts.map(measure), whole = total(texts);
  let left = x - whole / 2;
  return texts.flatMap((text, i) => {
    const center = left + sizes[i] / 2;
    left += sizes[i] + 3;
    return [shape("rect", { class: "badge", x: center - sizes[i] / 2, y: y - 7, width: sizes[i], height: 14, rx: 7 }), words("badge-text", center, y + 3.5, text)];
  });
}

function tint(colors, lane) {
  return `--c: ${lane < 0 ? "var(--shared)" : colors[lane]}`;
}

function words(kind, x, y, text, alpha = 1) {
  const made = shape("text", { class: kind, x, y, opacity: alpha });
  made.textContent = text;
  return made;
}

function titled(text) {
  const made = shape("title", {});
  made.textContent = text;
  return made;
}

function shape(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
