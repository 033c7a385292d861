// From one geometry to the next: everything that keeps its id glides, what is new fades in. Knows nothing of drawing.

const LISTS = ["nodes", "links", "lanes", "adds"];

/** The geometry at `t` (0 to 1) on the way from `from` to `to`; each thing gets an `alpha`. */
export function between(from, to, t) {
  if (!from || t >= 1) return to;
  const mixed = { ...mix(from, to, t), branch: mix(from.branch, to.branch, t) };
  for (const list of LISTS) {
    const old = new Map(from[list].map((item) => [item.id, item]));
    mixed[list] = to[list].map((item) => (old.has(item.id) ? mix(old.get(item.id), item, t, LENGTHS) : { ...item, alpha: t }));
  }
  return mixed;
}

/** Whether nothing has to move from one geometry to the other. */
export function alike(from, to) {
  return from !== null && places(from) === places(to);
}

/** Fast first, then settling. */
export function ease(t) {
  return 1 - (1 - t) ** 3;
}

const LENGTHS = ["x", "y", "w", "h", "top", "height", "left", "right", "labelX", "labelY", "bend"];

const EDGES = ["width", "height", "x", "y", "left", "middle", "bottom"];

function places(geometry) {
  const read = (item, names) => names.map((name) => item[name]);
  return JSON.stringify([read(geometry, EDGES), read(geometry.branch, EDGES), ...LISTS.map((list) => geometry[list].map((item) => [item.id, read(item, LENGTHS)]))]);
}

function mix(from, to, t, names = EDGES) {
  const mixed = { ...to };
  for (const name of names) {
    if (typeof from[name] === "number" && typeof to[name] === "number") mixed[name] = from[name] + (to[name] - from[name]) * t;
  }
  return mixed;
}
