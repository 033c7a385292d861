// The keyboard: which command a key press means, and when it is none of our business.

const TAKES_KEYS = "input, textarea, select, [contenteditable=''], [contenteditable='true'], [role=slider], [role=textbox], [role=combobox], "
  + "[role=listbox], [role=option], [role=spinbutton], [role=menu], [role=menuitem], [role=radio], [role=radiogroup], [role=tablist], [role=tab], [role=grid], "
  + "[role=tree], [role=dialog], audio, video";
const PRESSED_BY_SPACE = "button, a, summary, [role=button], [role=link], [role=switch], [role=checkbox]";

/** The command of a key press, or null: "toggle", "step", "epoch" or "rewind". */
export function commandOf({ key, shiftKey, ctrlKey, metaKey, altKey, repeat }) {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === " ") return shiftKey || repeat ? null : "toggle";
  if (key === "ArrowRight") return shiftKey ? "epoch" : "step";
  if (shiftKey || repeat) return null;
  return key === "ArrowLeft" || key === "r" || key === "R" ? "rewind" : null;
}

/**
 * Whether the press belongs to a control that has the focus. `path` is the event's composedPath(). A button that was
 * clicked with the mouse keeps the focus without being meant: there, Space is still Play; one reached with Tab is pressed.
 */
export function isTaken(key, path, pointed) {
  return path.some((element) => element.matches?.(TAKES_KEYS) || (key === " " && !pointed && element.matches?.(PRESSED_BY_SPACE)));
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
