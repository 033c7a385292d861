// What records say of what the sharing learned, as columns of numbers over epochs: weights of gates, distances of copies.

/** {held, epoch, lines: Map(key -> values)}: `lines` has one list for each number that records tell. */
export function createShareColumns() {
  return { held: [], epoch: [], lines: new Map() };
}

/** Brings the columns up to `records`: what is already in them is not read again. */
export function extendShareColumns(columns, records) {
  let same = Math.min(columns.held.length, records.length);
  while (same > 0 && columns.held[same - 1] !== records[same - 1]) same -= 1;
  for (const list of [columns.held, columns.epoch, ...columns.lines.values()]) list.length = Math.min(list.length, same);
  for (let at = same; at < records.length; at += 1) {
    columns.held[at] = records[at];
    columns.epoch[at] = records[at].epoch;
    for (const [key, value] of numbersOf(records[at].sharing)) {
      if (!columns.lines.has(key)) columns.lines.set(key, new Array(at).fill(NaN));
      columns.lines.get(key)[at] = value ?? NaN;
    }
  }
  return columns;
}

function* numbersOf(sharing) {
  for (const [gate, { experts }] of (sharing?.gates ?? []).entries()) {
    for (const [expert, { mean }] of experts.entries()) yield [`gate${gate}.${expert}`, mean];
  }
  for (const [layer, { distance }] of (sharing?.apart ?? []).entries()) yield [`apart${layer}`, distance];
}

/** Whose gate it is, and after which layer where there are levels. */
export function gateWords(gate, tasks) {
  const owner = gate.task === null ? "all tasks" : tasks[gate.task]?.name ?? `task ${gate.task + 1}`;
  return gate.level === null ? owner : `${owner}, layer ${gate.level + 1}`;
}

/** Of each expert of a gate whether it is for all, and its number among its kind. */
export function expertsOf(gate) {
  return gate.experts.map((_, at) => (at < gate.shared ? { own: false, number: at } : { own: true, number: at - gate.shared }));
}

/** What to write above the experts of a gate: numbers of those for all, and of those that are a task's own. */
export function expertHeads(count, shared) {
  return Array.from({ length: count }, (_, at) => (at < shared ? String(at + 1) : count - shared > 1 ? `own ${at - shared + 1}` : "own"));
}

/** How much each expert that is for all is used: its weight, the mean over the gates of the last level. */
export function useOf(gates) {
  const last = gates.filter(({ level }) => level === gates.at(-1).level), count = Math.min(...last.map(({ shared }) => shared));
  return Array.from({ length: count }, (_, at) => last.reduce((sum, { experts }) => sum + (experts[at].mean ?? NaN), 0) / last.length);
}

/** The rows of a stitch's matrix, and what each row and column is: a task, and a part of its layer where there are several. */
export function stitchOf({ size, groups, cells }) {
  const rows = Array.from({ length: size }, (_, i) => cells.slice(i * size, (i + 1) * size).map(({ value }) => value));
  const names = Array.from({ length: size }, (_, i) => ({ task: Math.floor(i / groups), part: groups > 1 ? (i % groups) + 1 : null }));
  return { rows, names };
}
