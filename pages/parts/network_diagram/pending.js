// What a network will look like once an edit has arrived, to draw it at once; and the queue of edits on their way.
// Only a likeness: sizes stay blank, and the document that comes back always replaces it.

const MOMENT = 20; // milliseconds until the page is looked at again

/** A spec with an edit's likeness in it: a new layer is a `ghost`, one that goes is `going`. Unknown edits change nothing. */
export function predicted(spec, op) {
  if (op.op === "branch-earlier") return earlier(spec);
  if (op.op === "branch-later") return later(spec);
  if (op.op === "share") return shared(spec, op.layers);
  if (op.op === "branch") return branchedOff(spec, op);
  const change = CHANGES[op.op];
  if (!change) return spec;
  const made = withStack(spec, op.where, (layers) => change(layers, op, spec) ?? layers);
  return op.where === spec.trunk.where ? withReach(made, reaches(spec).map((after) => LEAVES[op.op]?.(after, op, depthOf(spec)) ?? after)) : made;
}

/** Through how many of the shared layers each task goes. */
export function reaches(spec) {
  const depth = depthOf(spec);
  return spec.tasks.map((_, lane) => Math.min(depth, spec.sharing?.branch?.[lane] ?? depth));
}

/** The layers that will be there. */
export function staying(layers) {
  return layers.filter((layer) => !layer.going);
}

const CHANGES = {
  add(layers, { at }, spec) {
    const stack = staying(layers), beside = stack[Math.max(at - 1, 0)];
    const layer = blank(beside ?? { width: spec.limits.first, activation: "", title: "", batch_norm: false, dropout: 0 });
    return at > stack.length ? null : unsized(layers, { insert: indexAt(layers, at), layer: { ...layer, ghost: true } });
  },
  remove(layers, { at }) {
    const index = indexAt(layers, at);
    if (!layers[index]) return null;
    if (layers[index].ghost) return unsized(layers.toSpliced(index, 1), { from: index });
    return unsized(layers.with(index, { ...layers[index], going: true }), { from: index });
  },
  move(layers, { at, to }) {
    const stack = staying(layers);
    if (!stack[at] || to < 0 || to >= stack.length) return null;
    const moved = stack.toSpliced(at, 1).toSpliced(to, 0, stack[at]);
    return moved.map((layer, i) => (layer === stack[i] && moved[i - 1] === stack[i - 1] ? layer : blank(layer)));
  },
  change(layers, { at, fields }, spec) {
    const index = indexAt(layers, at);
    if (!layers[index]) return null;
    const { activation, ...others } = fields, changed = { ...layers[index], ...others };
    if (activation) {
      changed.activation = activation.name;
      changed.title = (spec.activations.find(([name]) => name === activation.name) ?? [])[1] ?? activation.name;
    }
    const made = layers.with(index, changed);
    return changed.width === layers[index].width ? made : unsized(made, { from: index });
  },
};

/** Where a task leaves the shared layers once there is one more, or one less: at the same layer as before. */
const LEAVES = {
  add: (after, { at }, depth) => (after > at || after === depth ? after + 1 : after),
  remove: (after, { at }) => (after > at ? after - 1 : after),
};

/**
 * Edits one after the other: the next leaves when the one before has been heard, as two at once could cost one of them. One that
 * is not heard, since the page was busy with something else, is sent again (each is taken once, by its number), then given up.
 * None leaves while the page is being drawn (`busy()`): its widgets would send along what they showed before.
 */
export function outbox(send, onGivenUp, { busy = () => false, patience = 12_000, tries = 4 } = {}) {
  let queue = [], number = Date.now(), timer = 0, waited = 0;
  const flush = () => {
    clearTimeout(timer);
    if (!queue.length) return;
    if (busy() && waited < patience / 2) {
      waited += MOMENT;
      timer = setTimeout(flush, MOMENT);
      return;
    }
    waited = 0;
    if (queue[0].sent === tries) {
      queue = [];
      onGivenUp();
      return;
    }
    queue[0].sent += 1;
    send({ ...queue[0].op, n: queue[0].n });
    timer = setTimeout(flush, patience / tries);
  };
  return {
    add(op) {
      const last = queue.at(-1), same = last && !last.sent && last.op.op === "change" && op.op === "change" && last.op.where === op.where && last.op.at === op.at;
      number += 1;
      if (same) last.op = { ...op, fields: { ...last.op.fields, ...op.fields } };
      else queue.push({ op, n: number, sent: 0 });
      if (queue.length === 1 && !queue[0].sent) flush();
    },
    heard(seen) {
      const left = queue.filter((edit) => !(edit.n <= seen));
      if (left.length === queue.length) return;
      queue = left;
      clearTimeout(timer);
      timer = setTimeout(flush); // not while a picture is being drawn
    },
    stop: () => clearTimeout(timer),
    get ops() { return queue.map((edit) => edit.op); },
  };
}

function withStack(spec, where, change) {
  if (where === spec.trunk.where) {
    const layers = change(spec.trunk.layers), same = staying(layers).at(-1)?.width === staying(spec.trunk.layers).at(-1)?.width;
    const tasks = same ? spec.tasks : spec.tasks.map((task) => withOutput({ ...task, layers: unsized(task.layers, { from: 0, first: true }) }, task));
    return { ...spec, trunk: { ...spec.trunk, layers }, tasks };
  }
  return { ...spec, tasks: spec.tasks.map((task) => (task.where === where ? withOutput({ ...task, layers: change(task.layers) }, task) : task)) };
}

/** The matrix to the outputs is unknown once what stands before it is another. */
function withOutput(task, before) {
  const [now, then] = [task, before].map(({ layers }) => staying(layers).at(-1)?.width);
  return now === then && now !== undefined ? task : { ...task, output: { ...task.output, matrix: "" } };
}

function depthOf(spec) {
  return staying(spec.trunk.layers).length;
}

function withReach(spec, reach) {
  if (!spec.sharing && reach.every((after) => after >= depthOf(spec))) return spec;
  return { ...spec, sharing: { name: "hard", title: "Hard sharing", ...spec.sharing, branch: reach } };
}

function earlier(spec) {
  const stack = staying(spec.trunk.layers), last = stack.at(-1), reach = reaches(spec);
  if (!last || !spec.tasks.length) return spec;
  const tasks = spec.tasks.map((task, lane) => (reach[lane] < stack.length ? task : { ...task, layers: [{ ...last, ghost: true }, ...task.layers] }));
  return withReach({ ...spec, trunk: { ...spec.trunk, layers: stack.slice(0, -1) }, tasks }, reach.map((after) => Math.min(after, stack.length - 1)));
}

function later(spec) {
  const reach = reaches(spec), depth = depthOf(spec), whole = spec.tasks.filter((_, lane) => reach[lane] === depth);
  const own = whole.map((task) => staying(task.layers));
  if (!own.length || own.some((layers) => !layers.length)) return spec;
  const widest = own.map((layers) => layers[0]).reduce((best, layer) => (layer.width > best.width ? layer : best));
  const tasks = spec.tasks.map((task) => (whole.includes(task) ? withOutput({ ...task, layers: unsized(staying(task.layers).slice(1), { from: 0, first: true }) }, task) : task));
  const made = { ...spec, trunk: { ...spec.trunk, layers: [...spec.trunk.layers, { ...widest, ghost: true }] }, tasks };
  return withReach(made, reach.map((after) => (after === depth ? depth + 1 : after)));
}

function shared(spec, layers) {
  let made = spec;
  for (let left = Math.abs(layers - depthOf(spec)); left > 0; left -= 1) made = depthOf(made) > layers ? earlier(made) : later(made);
  return made;
}

/** One task leaves the shared layers earlier or later: it takes copies along, or gives up those that are still alike. */
function branchedOff(spec, { where, after }) {
  const lane = spec.tasks.findIndex((task) => task.where === where), reach = reaches(spec), trunk = staying(spec.trunk.layers);
  if (lane < 0 || after < 0 || after > trunk.length) return spec;
  const before = reach[lane], task = spec.tasks[lane];
  let own = [...trunk.slice(after, before).map((layer) => ({ ...layer, ghost: true })), ...staying(task.layers)];
  for (const layer of trunk.slice(before, after)) {
    if (!own.length || traits(own[0]) !== traits(layer)) break;
    own = own.slice(1);
  }
  const tasks = spec.tasks.with(lane, withOutput({ ...task, layers: unsized(own, { from: 0, first: after > before }) }, task));
  const left = reach.with(lane, after), layers = trunk.slice(0, Math.max(...left));
  return withReach({ ...spec, trunk: { ...spec.trunk, layers }, tasks }, left);
}

function traits({ width, activation, batch_norm, dropout }) {
  return JSON.stringify([width, activation, batch_norm, dropout]);
}

/** Takes the sizes off the layers whose matrices an edit at `from` changes: the one there and the one after it. */
function unsized(layers, { insert, layer, from = insert, first = false }) {
  const made = insert === undefined ? layers : layers.toSpliced(insert, 0, layer);
  return made.map((each, i) => (i === from || (!first && i === from + 1) ? blank(each) : each));
}

function blank(layer) {
  return { ...layer, matrix: "", batch: "", parameters: null };
}

/** The index of the layer at a place, counting only those that stay; past the last, the end. */
function indexAt(layers, at) {
  let left = at;
  const index = layers.findIndex((layer) => !layer.going && left-- === 0);
  return index < 0 ? layers.length : index;
}
