// Where every shown unit and every shown weight stands in the picture. Pure geometry: knows nothing of canvases.

import { layerName } from "./alive_data.js";

const INSET = 5, BETWEEN = 2; // from a box's edge to its units' pictures; between two of these
const ROUND = ["gate", "mask", "join"];

/**
 * `boxes`: the layers of the picture that a snapshot tells of, by the box's id: {node, layer, cells}; a cell is a unit's
 * {x, y, w, h}, by its middle. `links`: {link, layer, from, ends, starts}: from each shown input to each shown unit; `from` is
 * null where they come out of a sign, and then there is one start; `beside`: how many links leave the same box. What a snapshot does not tell of is in neither.
 */
export function placed(geometry, layers, sharing) {
  const boxes = new Map();
  for (const node of geometry.nodes) {
    const layer = node.ghost || node.going ? null : layers.get(layerName(node.id, sharing));
    if (layer && layer.of === node.units) boxes.set(node.id, { node, layer, cells: cellsOf(node, layer.count) });
  }
  const nodes = new Map(geometry.nodes.map((node) => [node.id, node]));
  const links = [], leaving = new Map();
  for (const { from } of geometry.links) leaving.set(from, (leaving.get(from) ?? 0) + 1);
  for (const link of geometry.links) {
    const to = boxes.get(link.to), from = boxes.get(link.from), start = nodes.get(link.from);
    if (!to?.layer.weights || !start || link.pending) continue;
    const known = from && from.layer.name === to.layer.from;
    if (!known && !ROUND.includes(start.kind)) continue;
    if (known && to.layer.sources !== from.cells.length) continue;
    links.push({
      link, layer: to.layer, beside: leaving.get(link.from), from: known ? from.layer : null, node: to.node,
      x1: start.x + start.w / 2, x2: to.node.x - to.node.w / 2, bend: Math.min(to.node.x - to.node.w / 2, link.bend),
      starts: known ? from.cells.map((cell) => cell.y) : [start.y], ends: to.cells.map((cell) => cell.y),
    });
  }
  return { boxes, links };
}

function cellsOf({ x, y, w, h, compact }, count) {
  const step = (h - (compact ? 4 : 6)) / count;
  return Array.from({ length: count }, (_, unit) => ({
    x, y: y + (unit - (count - 1) / 2) * step, w: w - 2 * INSET, h: Math.max(1, step - (step > 6 ? BETWEEN : step > 3 ? 1 : 0)),
  }));
}

/** How the line of a link runs: {x, y} at `share` of its way. */
export function along({ x1, bend }, y1, y2, share) {
  const mid = (x1 + bend) / 2, left = 1 - share;
  const mix = (a, b, c, d) => left ** 3 * a + 3 * left ** 2 * share * b + 3 * left * share ** 2 * c + share ** 3 * d;
  return { x: mix(x1, mid, mid, bend), y: mix(y1, y1, y2, y2) };
}

const POINTED = 4; // pixels from a line within which it is pointed at

/** What stands at a point: {kind: "unit", layer, place} or {kind: "link", layer, place, input (a place)}; null for nothing. */
export function standsAt({ boxes, links }, x, y, least = 0.08) {
  for (const { node, layer, cells: units } of boxes.values()) {
    if (Math.abs(x - node.x) > node.w / 2 || Math.abs(y - node.y) > node.h / 2) continue;
    let best = 0;
    units.forEach((cell, place) => {
      if (Math.abs(cell.y - y) < Math.abs(units[best].y - y)) best = place;
    });
    return { kind: "unit", layer, place: best, cell: units[best], node };
  }
  let found = null, far = POINTED;
  for (const one of links) {
    if (x < one.x1 || x > one.x2) continue;
    one.starts.forEach((y1, input) => one.ends.forEach((y2, place) => {
      if (one.from && Math.abs(one.layer.weights[input * one.layer.count + place]) < least) return;
      const gap = Math.abs(heightAt(one, y1, y2, x) - y);
      if (gap < far) [found, far] = [{ kind: "link", layer: one.layer, from: one.from, place, input }, gap];
    }));
  }
  return found;
}

/** The height of a line at `x`. */
function heightAt(link, y1, y2, x) {
  if (x >= link.bend) return y2;
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 12; turn += 1) {
    const middle = (low + high) / 2;
    if (along(link, y1, y2, middle).x < x) low = middle;
    else high = middle;
  }
  return along(link, y1, y2, (low + high) / 2).y;
}
