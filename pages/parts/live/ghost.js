// What a network said at its latest change on the way: kept until the next one, or until it starts anew.

/** Remembers frames of curve views: `take` each; `lines(task)` are {x, lines} as they were at the change, or null. */
export function createGhost() {
  let start = null;
  let marks = 0;
  let before = null; // {x, tasks} of the frame before
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
      if (frame.view?.kind === "curve") before = { x: grid, tasks: frame.view.tasks };
    },
    lines: (number) => (kept?.tasks?.[number] ? { x: kept.x, lines: kept.tasks[number] } : null),
    get present() {
      return kept !== null;
    },
  };
}
