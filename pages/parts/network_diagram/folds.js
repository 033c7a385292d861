// Which layers of a deep stack are shown one by one, and which are folded into one box. Knows nothing of places on a screen.

const LEAST = 3; // a stack is never folded to fewer boxes: first, folded, last

/** How many boxes the shared layers and the deepest of the tasks' own get, of `most` in a row. */
export function divided(most, shared, own) {
  if (shared + own <= most) return [shared, own];
  const owned = Math.min(own, Math.max(LEAST, Math.floor(most / 2), most - shared));
  return [Math.min(shared, Math.max(LEAST, most - owned)), owned];
}

/**
 * The boxes of a stack, in order: `{ from, to }` by place, more than one layer when folded. At most `room` of them.
 * `focus`: a place that stands unfolded with its neighbours; without one, the middle is folded.
 */
export function folded(count, room, focus = null) {
  if (count <= room) return singles(0, count);
  if (focus === null || focus === undefined) {
    const head = Math.ceil((room - 1) / 2), tail = room - 1 - head;
    return [...singles(0, head), { from: head, to: count - tail }, ...singles(count - tail, count)];
  }
  const inner = room - 2, from = Math.min(count - inner, Math.max(0, focus - Math.floor(inner / 2)));
  const left = from + inner === count ? count - room + 1 : from, right = from === 0 ? room - 1 : from + inner;
  return [...(left > 0 ? [{ from: 0, to: left }] : []), ...singles(left, right), ...(right < count ? [{ from: right, to: count }] : [])];
}

function singles(from, to) {
  return Array.from({ length: to - from }, (_, i) => ({ from: from + i, to: from + i + 1 }));
}
