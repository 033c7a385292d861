// What a network said at its latest change on the way: kept until the next one, or until it starts anew.

/**
 * Remembers frames of curves and maps: `take` each. As they were at the change, or null: `lines(task)` of a curve are {x, lines},
 * `map(task)` is what its frame had of it.
 */
export function createGhost() {
  let start = null;
  let marks = 0;
  let before = null; // {kind, x, tasks} of the frame before
  let kept = null;
  let latest = null;
  return {
    take(frame, grid) {
      if (frame === latest) return; // a scene may come before its frame
      latest = frame;
      const count = frame.marks?.length ?? 0;
      if (frame.start !== start) [start, kept, before] = [frame.start, null, null];
      else if (count > marks) kept = before ?? kept;
      else if (count < marks) kept = null;
      marks = count;
      const { kind, tasks } = frame.view ?? {};
      if (kind === "curve" || kind === "map") before = { kind, x: grid, tasks };
    },
    lines: (number) => (kept?.kind === "curve" && kept.tasks?.[number] ? { x: kept.x, lines: kept.tasks[number] } : null),
    map: (number) => (kept?.kind === "map" && kept.tasks?.[number]) || null,
    get present() {
      return kept !== null;
    },
  };
}
