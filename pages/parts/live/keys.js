// The keyboard: which command a key press means, and when it is none of our business.

const TYPED = "input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=''], [contenteditable='true'], "
  + "[role=textbox], [role=combobox], [role=listbox], [role=option], [role=spinbutton], [role=menu], [role=menuitem], [role=grid], [role=tree], "
  + "[role=dialog], audio, video";
const MOVED_BY_ARROWS = "input[type=range], input[type=radio], [role=slider], [role=radio], [role=radiogroup], [role=tablist], [role=tab]";
const TOGGLED_BY_SPACE = "input[type=checkbox], input[type=radio], [role=switch], [role=checkbox], [role=radio]";
const PRESSED_BY_SPACE = "button, a, summary, [role=button], [role=link], [role=tab]";

/** The command of a key press, or null: "toggle", "step", "epoch", "rewind" or "back". */
export function commandOf({ key, shiftKey, ctrlKey, metaKey, altKey, repeat }) {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === " ") return shiftKey || repeat ? null : "toggle";
  if (key === "ArrowRight") return shiftKey ? "epoch" : "step";
  if (shiftKey || repeat) return null;
  if (key === "ArrowLeft") return "back";
  return key === "r" || key === "R" ? "rewind" : null;
}

/** What "back" means: never at once the loss of a run that is going on. */
export function backOf(playing) {
  return playing ? "pause" : "rewind";
}

/**
 * Whether the press belongs to a control that has the focus. `path` is the event's composedPath(). A slider keeps its
 * arrows but has no use for Space. A button that was clicked with the mouse keeps the focus without being meant: there,
 * Space is still Play; one reached with Tab is pressed.
 */
export function isTaken(key, path, pointed) {
  const owned = [TYPED];
  if (key.startsWith("Arrow")) owned.push(MOVED_BY_ARROWS);
  if (key === " ") owned.push(TOGGLED_BY_SPACE, ...(pointed ? [] : [PRESSED_BY_SPACE]));
  return path.some((element) => owned.some((selector) => element.matches?.(selector)));
}

/** Calls `act(command)` for key presses on the document. Returns how to stop. */
export function listenToKeys(act) {
  let swallow = false;
  let pointed = false; // the focus came by mouse or touch
  const point = () => (pointed = true);
  const down = (event) => {
    if (event.key === "Tab") pointed = false;
    const command = event.defaultPrevented ? null : commandOf(event);
    if (!command || isTaken(event.key, event.composedPath(), pointed)) return;
    event.preventDefault();
    swallow = event.key === " ";
    act(command);
  };
  const up = (event) => {
    if (event.key === " " && swallow) event.preventDefault();
    if (event.key === " ") swallow = false;
  };
  document.addEventListener("pointerdown", point, true);
  document.addEventListener("keydown", down);
  document.addEventListener("keyup", up, true);
  return () => {
    document.removeEventListener("pointerdown", point, true);
    document.removeEventListener("keydown", down);
    document.removeEventListener("keyup", up, true);
  };
}
