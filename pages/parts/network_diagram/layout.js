// Where everything stands: pure geometry from a spec and a size. Knows nothing of the DOM, colours or edits.
//
// Left to right: inputs, shared layers, the branch, one lane per task with its own layers, outputs. All
// positions are centres, in pixels. Where a deep network has no room, layers in the middle of a stack are folded.

import { divided, folded } from "./folds.js";
import { arranged } from "./sharing.js";

export const HEADER = 34;
const BOTTOM = 4;
const LEFT = 36, TIGHT_LEFT = 26; // half of the words under the inputs
const NAMES = 60, SOME = 100, BESIDE = 24; // the least room for names on the right, and what they get before the layers have all their air; half a box and the air around them
const BRANCH = 1.5, TIGHT_BRANCH = 88; // the gap where the tasks part is wider: two buttons and the divider stand in it
const NARROWEST = 40, WIDEST = 190, COMFORT = 90, USABLE = 62;
const LOWEST_LANE = 54, LANE_GAP = 6, LOW_LANE = 86; // in a low lane everything moves together: lower boxes, words close under them
const ABOVE = 28, BELOW = 38, BADGES = 17, LOWEST = 60; // room for the number over a layer, and for the words under it
const LINES = { high: [16, 31], compact: [12, 24], lowest: [11, 22] }; // how far below a box its two lines of words stand
const OVER = 16, CLOSE_OVER = 11; // how far over the middle of a link its matrix is written: over the button on it
export const MOST_DOTS = 8;

const EACH = 20, MOST_SHOWN = 16; // the height of a unit that is shown in a picture, and how many have one at the most

/** How high a layer of so many units would like to be. */
export function naturalHeight(units) {
  return 10 + EACH * Math.min(units, MOST_SHOWN) + (units > MOST_SHOWN ? 3 * Math.log2(units / MOST_SHOWN) : 0);
}

/** How high it is where there is a `most`. */
function tall(units, { compact, box, most }) {
  return compact ? box : Math.min(naturalHeight(units), most);
}

/** Offsets from the centre of a layer's dots, top to bottom; `fold`: a gap in the middle stands for the rest. */
export function dots(units, height) {
  const shown = Math.min(units, MOST_DOTS), fold = units > MOST_DOTS;
  const places = shown + (fold ? 1 : 0), step = (height - 10) / places;
  const offsets = [];
  for (let place = 0; place < places; place += 1) {
    if (fold && place === MOST_DOTS / 2) continue;
    offsets.push((place - (places - 1) / 2) * step);
  }
  return { offsets, radius: Math.max(1.2, Math.min(3.6, step * 0.34)), fold };
}

/**
 * The whole picture: `nodes`, `links`, `lanes`, `adds` and `branch`, on a canvas of `width` x `height` or larger.
 * `focus`: the place that stands unfolded, by stack; `names`: how wide the tasks' names would like to be.
 */
export function layout(spec, width, height, { focus = new Map(), names = 80 } = {}) {
  const trunk = spec.trunk.layers, deepest = Math.max(0, ...spec.tasks.map((task) => task.layers.length));
  const most = Math.floor((width - TIGHT_LEFT - BESIDE - NAMES - TIGHT_BRANCH) / NARROWEST);
  const [shared, owned] = divided(most, trunk.length, deepest);
  const { pitch, box, branch, left, right } = across(width, shared + owned, names);
  const wide = left + right + pitch * (shared + owned) + branch, start = left + Math.max(0, (width - wide) / 2);

  const laneHeight = Math.max(LOWEST_LANE, (height - HEADER - BOTTOM) / Math.max(1, spec.tasks.length));
  const high = HEADER + BOTTOM + laneHeight * Math.max(1, spec.tasks.length);
  const own = fit(spec.tasks.flatMap((task) => [...task.layers, { width: task.output.width }]), laneHeight - LANE_GAP);
  const common = fit([{ width: spec.inputs.width }, ...trunk], Math.min(high, height) - HEADER - BOTTOM - LANE_GAP);

  const nodes = [], links = [], adds = [];
  const middle = HEADER + (Math.min(high, height) - HEADER - BOTTOM) / 2; // in sight, however many lanes follow below
  const center = (y, part) => y + (part.compact ? (part.low ? -9 : -8) : (ABOVE - BELOW - part.extra) / 2);
  const node = (fields, part, y) => {
    const made = {
      ...fields, units: fields.width, y: center(y, part), w: box, h: tall(fields.width, part),
      compact: part.compact, low: part.low, lines: part.lines, room: Math.min(pitch - 3, 2 * fields.x - 4),
    };
    nodes.push(made);
    return made;
  };
  const boxes = (layers, room, where) => folded(layers.length, room, focus.get(where)).map(({ from, to }) => {
    const at = layers.slice(0, from).filter((layer) => !layer.going).length, part = layers.slice(from, to);
    const fold = to - from > 1, [layer] = part;
    const fields = fold
      ? { kind: "fold", from: at, to: at + part.filter((one) => !one.going).length, widths: part.map((one) => one.width) }
      : { kind: "layer", layer, ghost: layer.ghost, going: layer.going };
    return { fields: { ...fields, where, at, width: Math.max(...part.map((one) => one.width)) }, into: layer, name: fold ? `fold${at}` : layer.going ? `going${from}` : at };
  });
  const add = (name, fields) => adds.some((one) => one.id === `add:${name}`) || adds.push({ id: `add:${name}`, ...fields });

  let last = node({ id: "inputs", kind: "inputs", where: "", at: -1, lane: -1, width: spec.inputs.width, x: start }, common, middle);
  boxes(trunk, shared, spec.trunk.where).forEach(({ fields, into, name }, i) => {
    const made = node({ ...fields, id: `trunk:${name}`, lane: -1, x: start + pitch * (i + 1) }, common, middle);
    links.push(link(last, made, into, made.x - last.x - box + 4));
    if (!made.going) add(`trunk:${made.at}`, { where: made.where, at: made.at, lane: -1, x: (last.x + made.x) / 2, y: made.y });
    last = made;
  });
  const root = last, first = root.x + branch, end = first + pitch * owned, divider = root.x + box / 2 + (first - root.x - box) * 0.45;
  const count = trunk.filter((layer) => !layer.going).length;
  add(`trunk:${count}`, { where: spec.trunk.where, at: count, lane: -1, x: root.x + box / 2 + 14, y: root.y });

  const lanes = spec.tasks.map((task, lane) => {
    const top = HEADER + laneHeight * lane, y = top + laneHeight / 2;
    let before = root;
    const through = boxes(task.layers, owned, task.where), outputs = { fields: { kind: "output", where: task.where, at: task.layers.filter((layer) => !layer.going).length, width: task.output.width }, into: task.output, name: "out" };
    [...through, outputs].forEach(({ fields, into, name }, i) => {
      const made = node({ ...fields, id: `task${lane}:${name}`, lane, x: fields.kind === "output" ? end : first + pitch * i }, own, y);
      const slot = i > 0 ? before.x + pitch / 2 : fields.kind !== "output" || owned === 0 ? first - box / 2 - 15 : first;
      const found = link(before, made, into, i > 0 ? pitch - box + 4 : slot < first ? first - box / 2 - divider - 6 : pitch);
      if (!made.going) add(`task${lane}:${made.at}`, { where: task.where, at: made.at, lane, x: slot, y: made.y });
      const half = found.text.length * (found.tight ? 2.6 : 2.9);
      Object.assign(found, { labelX: slot < first ? Math.min(slot, first - box / 2 - 5 - half) : slot, labelY: made.y - (own.low ? CLOSE_OVER : OVER), bend: i > 0 ? found.bend : first - box / 2 });
      links.push(found);
      before = made;
    });
    return { id: `lane${lane}`, lane, top: top + LANE_GAP / 2, height: laneHeight - LANE_GAP, left: divider, right: Math.max(wide, width) };
  });
  const picture = {
    width: Math.max(wide, width), height: high, pitch, box, nodes, links, adds, lanes,
    branch: { x: divider, y: HEADER / 2, left: start - left, middle, bottom: high - BOTTOM },
  };
  return arranged(picture, spec, { fit, center, tall });
}

/** The measures from left to right: layers and names both get the least they need, then some, then all they like. */
function across(width, layers, names) {
  const easy = (layers + BRANCH) * COMFORT, left = easy + LEFT + BESIDE + 80 <= width ? LEFT : TIGHT_LEFT;
  const spare = (each) => Math.max(NAMES, width - left - BESIDE - (layers + BRANCH) * each);
  const right = BESIDE + Math.max(clamp(names, NAMES, spare(COMFORT)), clamp(Math.min(names, SOME), NAMES, spare(USABLE)));
  const even = (width - left - right) / (layers + BRANCH);
  const tight = even * BRANCH < TIGHT_BRANCH && layers ? (width - left - right - TIGHT_BRANCH) / layers : even;
  const pitch = clamp(tight, NARROWEST, WIDEST);
  return { left, right, pitch, box: clamp(pitch * 0.4, Math.min(28, pitch - 21), 54), branch: Math.max(pitch * BRANCH, TIGHT_BRANCH) };
}

/** How high layers may be to fit into a height, and whether they are so low that only numbers fit in them. */
function fit(layers, height) {
  const extra = layers.some((layer) => layer.batch_norm || layer.dropout) ? BADGES : 0;
  const room = height - ABOVE - BELOW;
  const compact = room < LOWEST + BADGES, low = compact && height < LOW_LANE - LANE_GAP;
  return { extra, box: low ? clamp(height - 28, 20, 28) : clamp(room * 0.8, 28, 40), compact, low, lines: LINES[low && height < 60 ? "lowest" : compact ? "compact" : "high"], most: Math.max(room - extra, LOWEST) };
}

/** `room`: for the matrix's shape over the link; where it is too little, it is told on hover alone. */
function link(from, to, layer, room) {
  const shape = layer.matrix, length = shape.length;
  return {
    id: `${from.id}>${to.id}`, from: from.id, to: to.id, lane: to.lane, branches: from.lane !== to.lane,
    shape, text: length * 5.2 <= room ? shape : "", tight: length * 5.8 > room, parameters: layer.parameters,
    pending: from.ghost || to.ghost || from.going || to.going,
    labelX: (from.x + to.x) / 2, labelY: to.y - OVER, bend: to.x - to.w / 2,
  };
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
