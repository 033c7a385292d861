// Where everything stands: pure geometry from a spec and a size. Knows nothing of the DOM, colours or edits.
//
// Left to right: inputs, shared layers, the branch, one lane per task with its own layers, outputs. All
// positions are centres, in pixels.

export const HEADER = 34;
const LEFT = 36, RIGHT = 104, BOTTOM = 4;
const BRANCH = 1.5; // the gap where the tasks part is this much wider
const NARROWEST = 70, WIDEST = 190;
const LOWEST_LANE = 66, LANE_GAP = 6;
const ABOVE = 28, BELOW = 38, BADGES = 17, LOWEST = 60; // room for the number over a layer, and for the words under it
export const MOST_DOTS = 8;

/** How high a layer of so many units would like to be. */
export function naturalHeight(units) {
  const dots = Math.min(units, MOST_DOTS) + (units > MOST_DOTS ? 1 : 0);
  return 10 + 11 * dots + (units > MOST_DOTS ? 5 * Math.log2(units / MOST_DOTS) : 0);
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

/** The whole picture: `nodes`, `links`, `lanes`, `adds` and `branch`, on a canvas of `width` x `height` or larger. */
export function layout(spec, width, height) {
  const trunk = spec.trunk.layers, deepest = Math.max(0, ...spec.tasks.map((task) => task.layers.length));
  const gaps = trunk.length + BRANCH + deepest;
  const pitch = clamp((width - LEFT - RIGHT) / gaps, NARROWEST, WIDEST);
  const wide = LEFT + RIGHT + pitch * gaps, start = LEFT + Math.max(0, (width - wide) / 2);
  const box = clamp(pitch * 0.36, 28, 46);

  const laneHeight = Math.max(LOWEST_LANE, (height - HEADER - BOTTOM) / Math.max(1, spec.tasks.length));
  const high = HEADER + BOTTOM + laneHeight * Math.max(1, spec.tasks.length);
  const own = fit(spec.tasks.flatMap((task) => [...task.layers, { width: task.output.width }]), laneHeight - LANE_GAP);
  const common = fit([{ width: spec.inputs.width }, ...trunk], Math.min(high, height) - HEADER - BOTTOM - LANE_GAP);
  const scale = own.compact ? common.scale : Math.min(own.scale, common.scale);

  const nodes = [], links = [], adds = [];
  const middle = HEADER + (Math.min(high, height) - HEADER - BOTTOM) / 2; // in sight, however many lanes follow below
  const center = (y, part) => y + (part.compact ? -8 : (ABOVE - BELOW - part.extra) / 2);
  const node = (fields, part, y) => {
    const natural = naturalHeight(fields.width) * scale;
    const made = { ...fields, x: fields.x, y: center(y, part), w: box, h: part.compact ? part.low : natural, compact: part.compact, extra: part.extra };
    made.units = fields.width;
    nodes.push(made);
    return made;
  };

  let last = node({ id: "inputs", kind: "inputs", where: "", at: -1, lane: -1, width: spec.inputs.width, x: start }, common, middle);
  trunk.forEach((layer, at) => {
    const made = node({ id: `trunk:${at}`, kind: "layer", where: spec.trunk.where, at, lane: -1, width: layer.width, x: start + pitch * (at + 1) }, common, middle);
    links.push(link(last, made, layer));
    adds.push({ id: `add:trunk:${at}`, where: spec.trunk.where, at, lane: -1, x: (last.x + made.x) / 2, y: made.y });
    last = made;
  });
  const root = last, first = root.x + pitch * BRANCH, end = first + pitch * deepest, divider = root.x + box / 2 + (first - root.x - box) * 0.42;
  adds.push({ id: `add:trunk:${trunk.length}`, where: spec.trunk.where, at: trunk.length, lane: -1, x: root.x + box / 2 + 15, y: root.y });

  const lanes = spec.tasks.map((task, lane) => {
    const top = HEADER + laneHeight * lane, y = top + laneHeight / 2;
    let before = root;
    const steps = [...task.layers, null];
    steps.forEach((layer, at) => {
      const made = layer
        ? node({ id: `task${lane}:${at}`, kind: "layer", where: task.where, at, lane, width: layer.width, x: first + pitch * at }, own, y)
        : node({ id: `task${lane}:out`, kind: "output", where: task.where, at, lane, width: task.output.width, x: end }, own, y);
      const found = link(before, made, layer ?? task.output);
      const slot = at === 0 ? (layer || deepest === 0 ? first - box / 2 - 17 : first) : before.x + pitch / 2;
      adds.push({ id: `add:task${lane}:${at}`, where: task.where, at, lane, x: slot, y: made.y });
      const half = found.text.length * (found.tight ? 2.6 : 2.9);
      Object.assign(found, { labelX: at === 0 && slot < first ? Math.min(slot, first - box / 2 - 5 - half) : slot, labelY: made.y, bend: first - box / 2 });
      links.push(found);
      before = made;
    });
    return { id: `lane${lane}`, lane, top: top + LANE_GAP / 2, height: laneHeight - LANE_GAP, left: divider, right: Math.max(wide, width) };
  });
  return {
    width: Math.max(wide, width), height: high, pitch, box, nodes, links, adds, lanes,
    branch: { x: divider, y: HEADER / 2, left: start - LEFT, middle, bottom: high - BOTTOM },
  };
}

/** The scale at which all these layers fit into a height, and whether they are so low that only numbers fit. */
function fit(layers, height) {
  const extra = layers.some((layer) => layer.batch_norm || layer.dropout) ? BADGES : 0;
  const room = height - ABOVE - BELOW, tallest = Math.max(1, ...layers.map((layer) => naturalHeight(layer.width)));
  return { extra, low: clamp(room * 0.8, 28, 40), compact: room < LOWEST + BADGES, scale: Math.min(1, Math.max(room - extra, LOWEST) / tallest) };
}

function link(from, to, layer) {
  return {
    id: `${from.id}>${to.id}`, from: from.id, to: to.id, lane: to.lane, branches: from.lane !== to.lane,
    text: layer.matrix, parameters: layer.parameters, labelX: (from.x + to.x) / 2, labelY: to.y, bend: to.x - to.w / 2,
    tight: layer.matrix.length * 5.8 > to.x - from.x - to.w,
  };
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
