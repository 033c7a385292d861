// What the board was before, and what was taken back. Knows nothing of what is on it.

const MOST = 200;

/** `same(a, b)` tells states that need no step between them. */
export function createHistory(first, same) {
  let past = [], present = first, coming = [];
  return {
    get present() { return present; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return coming.length > 0; },
    push(state) {
      if (same(state, present)) return false;
      [past, present, coming] = [[...past, present].slice(-MOST), state, []];
      return true;
    },
    undo() {
      if (!past.length) return false;
      coming = [present, ...coming];
      present = past.pop();
      return true;
    },
    redo() {
      if (!coming.length) return false;
      past = [...past, present];
      [present, ...coming] = coming;
      return true;
    },
  };
}
