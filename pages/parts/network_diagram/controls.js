// Which buttons there are, where, and what edit each sends. Knows nothing of the DOM.

import { reaches, staying } from "./pending.js";

/** Every control, left to right as Tab goes. `op`: the edit it sends; none opens the editor of `where`, `at`. */
export function controls(geometry, spec) {
  const full = (where) => stackAt(spec, where).length >= spec.limits.layers;
  const owner = (lane) => (lane < 0 ? "the shared layers" : `the layers of ${spec.tasks[lane].title}`);
  const plus = geometry.adds.map((add) => ({
    id: add.id, kind: "add", x: add.x, y: add.y, lane: add.lane, off: full(add.where),
    label: `Add a layer to ${owner(add.lane)}, at place ${add.at + 1}`, op: { op: "add", where: add.where, at: add.at },
  }));
  const layers = geometry.nodes.filter((node) => node.kind === "layer" && !node.going).map((node) => ({
    id: `layer:${node.id}`, kind: "layer", x: node.x, y: node.y, w: node.w, h: node.h, lane: node.lane, compact: node.compact,
    where: node.where, at: node.at, width: node.units, most: spec.limits.width,
    label: `Layer ${node.at + 1} of ${owner(node.lane)}: ${node.units} ${node.units === 1 ? "unit" : "units"}`, hint: node.copy ? `${facts(node.layer)}; ${node.copy}, all copies are edited at once` : facts(node.layer),
  }));
  const folds = geometry.nodes.filter((node) => node.kind === "fold").map((node) => ({
    id: `fold:${node.id}`, kind: "fold", x: node.x, y: node.y, w: node.w, h: node.h, lane: node.lane, compact: node.compact,
    where: node.where, from: node.from, to: node.to,
    label: `Layers ${node.from + 1} to ${node.to} of ${owner(node.lane)}, folded: ${node.widths.join(", ")} units. Show them`,
  }));
  const order = [...plus, ...layers, ...folds, ...grips(geometry, spec)].sort((a, b) => a.lane - b.lane || a.x - b.x);
  const split = order.findIndex((control) => control.lane >= 0);
  if (spec.tasks.length) order.splice(split, 0, ...branching(geometry, spec));
  return order;
}

/** The layers at an address, those on their way out left aside. */
export function stackAt(spec, where) {
  if (where === spec.trunk.where) return staying(spec.trunk.layers);
  return staying(spec.tasks.find((task) => task.where === where)?.layers ?? []);
}

/** All there is to know of a layer, for which the picture may have no room. */
export function facts(layer) {
  const sizes = layer.matrix ? [`matrix ${layer.matrix}`, `batch ${layer.batch}`, `${layer.parameters.toLocaleString("en")} parameters`] : [];
  const more = [...(layer.batch_norm ? ["batch norm"] : []), ...(layer.dropout ? [`dropout ${Math.round(layer.dropout * 100)} %`] : [])];
  return [`${layer.width} ${layer.title}`, ...sizes, ...more].join(", ");
}

/** Why a task cannot branch off by itself; "" where it can. */
export function bound(spec) {
  const { name, title } = spec.sharing ?? { name: "hard" };
  if (name === "hard") return "";
  const why = name === "separate" ? "every task is separate already" : "all tasks go through the shared part in the same way";
  return `With “${title}” ${why}. Choose hard sharing to let one task branch off by itself.`;
}

/** How a task's way through the shared layers is said. */
export function wayOf(title, after, depth) {
  if (!after) return `${title} is separate: it goes through none of the shared layers`;
  return `${title} goes through ${after === depth ? `all ${depth}` : `${after} of ${depth}`} shared layers`;
}

/** What each task's branch is held by, on its way out of the shared layers. */
function grips(geometry, spec) {
  const depth = stackAt(spec, spec.trunk.where).length, reach = reaches(spec), off = bound(spec);
  if (spec.tasks.length < 2) return [];
  return geometry.lanes.map(({ lane, top, height }) => ({
    id: `grip:${lane}`, kind: "grip", x: geometry.branch.x - 3, y: top + height / 2, lane, where: spec.tasks[lane].where,
    after: reach[lane], depth, off: Boolean(off), why: off, title: spec.tasks[lane].title,
    label: `Where ${spec.tasks[lane].title} branches off`, value: off || wayOf(spec.tasks[lane].title, reach[lane], depth),
  }));
}

function branching(geometry, spec) {
  const { x, y } = geometry.branch, shared = stackAt(spec, spec.trunk.where), reach = reaches(spec);
  const whole = spec.tasks.filter((_, lane) => reach[lane] === shared.length);
  const bare = whole.find((task) => !staying(task.layers).length);
  const later = bare
    ? `Share one layer more: first give ${bare.title} a layer of its own`
    : `Share one layer more (${Math.max(...whole.map((task) => staying(task.layers)[0].width))} units)`;
  const earlier = shared.length
    ? `Share one layer less: each task gets its own copy of the last shared layer (${shared.at(-1).width} units)`
    : "Share one layer less: there is no shared layer left";
  const most = shared.length + Math.min(...whole.map((task) => staying(task.layers).length));
  return [
    { id: "divide", kind: "divide", x: x - 3, y: geometry.branch.middle, lane: -1, h: geometry.height, depth: shared.length, most: Math.min(most, spec.limits.layers) },
    { id: "branch:earlier", kind: "branch", side: "earlier", x: x - 13, y, lane: -1, label: earlier, off: !shared.length, op: { op: "branch-earlier" } },
    { id: "branch:later", kind: "branch", side: "later", x: x + 13, y, lane: -1, label: later, off: Boolean(bare), op: { op: "branch-later" } },
  ];
}
