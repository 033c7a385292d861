// What keys mean in the picture, as plain facts. Knows nothing of the DOM but an event's names.

const UP = ["ArrowUp", "ArrowRight"], DOWN = ["ArrowDown", "ArrowLeft"];

/** What a key asks of a layer that has the focus: more or fewer units, a layer after it, its removal, or another branch point. */
export function askedOfLayer({ key, altKey, shiftKey, ctrlKey, metaKey }) {
  const way = UP.includes(key) ? 1 : DOWN.includes(key) ? -1 : 0;
  if (ctrlKey || metaKey) return null;
  if (altKey) return way ? { ask: "share", by: way } : null;
  if (way) return { ask: "step", by: way, fine: shiftKey };
  if (key === "+" || key === "Insert") return { ask: "add" };
  if (key === "Delete" || key === "Backspace") return { ask: "remove" };
  return null;
}

/** Where a task branches off once a key was pressed on its grip; null for other keys. */
export function askedOfGrip({ key, altKey, ctrlKey, metaKey }, after, depth) {
  if (altKey || ctrlKey || metaKey) return null;
  const wanted = UP.includes(key) ? after + 1 : DOWN.includes(key) ? after - 1 : key === "Home" ? 0 : key === "End" ? depth : null;
  return wanted === null ? null : Math.min(depth, Math.max(0, wanted));
}

/** "undo" or "redo" where a key asks for it: Ctrl or ⌘ with Z, Y, or Shift and Z. */
export function askedOfHistory({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && !shiftKey ? "redo" : null;
}

/** Whether keys are meant for a text that is being written. */
export function writes(element) {
  const plain = ["button", "checkbox", "color", "file", "radio", "range", "reset", "submit"];
  if (element?.localName === "input") return !plain.includes(element.type);
  return element?.localName === "textarea" || Boolean(element?.isContentEditable);
}
