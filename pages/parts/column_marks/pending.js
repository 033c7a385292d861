// Marks that were sent and not yet seen in what the server shows. Quick clicks overtake each other on the way, and one
// that is overtaken is lost; so each goes along with the ones before it that have no answer. Knows nothing of the DOM.

export const PATIENCE = 6000; // milliseconds after which a mark without an answer counts as refused

/** The list with one more mark; it takes the place of older ones that it overrules. */
export function added(list, op, now) {
  const kept = list.filter((each) => each.op.column !== op.column || (op.op === "kind" && each.op.op === "mark"));
  return [...kept, { op, at: now }];
}

/** The list without marks that `columns` agree with or that are too old. */
export function unanswered(list, columns, now) {
  const known = new Map(columns.map((column) => [column.name, column]));
  return list.filter(({ op, at }) => {
    const column = known.get(op.column);
    const done = !column || (op.op === "mark" ? column.role === op.role : column.kind === op.kind);
    return !done && now - at < PATIENCE;
  });
}

/** What is sent for the newest mark of the list; `number` makes it unlike any sent before. */
export function message(list, number) {
  const ops = list.map((each) => each.op);
  return { ...ops[ops.length - 1], before: ops.slice(0, -1), n: number };
}

/** The columns as they will be once all is answered. New tasks take the colours that come next. */
export function expected(columns, list, coming) {
  let fresh = 0;
  return columns.map((column) => {
    const made = { ...column };
    for (const { op } of list) {
      if (op.column !== column.name) continue;
      if (op.op === "kind") made.kind = op.kind;
      else if (op.role !== made.role) Object.assign(made, { role: op.role, kind: "" });
    }
    if (made.role === "task" && !made.color) made.color = coming[fresh++ % coming.length];
    return made;
  });
}
