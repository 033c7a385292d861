// What a network will look like once an edit has arrived, to draw it at once; and the queue of edits on their way.
// Only a likeness: sizes stay blank, and the document that comes back always replaces it.

/** A spec with an edit's likeness in it: a new layer is a `ghost`, one that goes is `going`. Unknown edits change nothing. */
export function predicted(spec, op) {
  if (op.op === "branch-earlier") return earlier(spec);
  if (op.op === "branch-later") return later(spec);
  const change = CHANGES[op.op];
  return change ? withStack(spec, op.where, (layers) => change(layers, op, spec) ?? layers) : spec;
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

/** Edits one after the other: the next leaves when the one before has been heard, as two at once could cost one of them. */
export function outbox(send, onGivenUp, patience = 10_000) {
  let queue = [], number = Date.now(), timer = 0;
  const flush = () => {
    clearTimeout(timer);
    if (!queue.length) return;
    if (!queue[0].sent) {
      queue[0].sent = true;
      send({ ...queue[0].op, n: queue[0].n });
    }
    timer = setTimeout(() => {
      queue = [];
      onGivenUp();
    }, patience);
  };
  return {
    add(op) {
      const last = queue.at(-1), same = last && !last.sent && last.op.op === "change" && op.op === "change" && last.op.where === op.where && last.op.at === op.at;
      number += 1;
      if (same) last.op = { ...op, fields: { ...last.op.fields, ...op.fields } };
      else queue.push({ op, n: number, sent: false });
      if (queue.length === 1) flush();
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

function earlier(spec) {
  const stack = staying(spec.trunk.layers), last = stack.at(-1);
  if (!last || !spec.tasks.length) return spec;
  const tasks = spec.tasks.map((task) => ({ ...task, layers: [{ ...last, ghost: true }, ...task.layers] }));
  return { ...spec, trunk: { ...spec.trunk, layers: stack.slice(0, -1) }, tasks };
}

function later(spec) {
  const own = spec.tasks.map((task) => staying(task.layers));
  if (!own.length || own.some((layers) => !layers.length)) return spec;
  const widest = own.map((layers) => layers[0]).reduce((best, layer) => (layer.width > best.width ? layer : best));
  const tasks = spec.tasks.map((task, i) => withOutput({ ...task, layers: unsized(own[i].slice(1), { from: 0, first: true }) }, task));
  return { ...spec, trunk: { ...spec.trunk, layers: [...spec.trunk.layers, { ...widest, ghost: true }] }, tasks };
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
