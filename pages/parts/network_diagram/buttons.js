// The controls as real buttons over the picture, kept from one drawing to the next so that focus and hover stay.
// Knows nothing of what an edit does.

/**
 * Places `list` in `host`. `act(op)` sends an edit, `open(where, at)` opens a layer's editor, `step(layer, direction, fine)`
 * its width, `unfold(where, from, to)` shows folded layers, `hold(control, event)` begins a drag. */
export function place(host, list, { act, open, step, unfold, hold }) {
  const focused = host.getRootNode().activeElement;
  const kept = new Map([...host.children].map((element) => [element.dataset.id, element]));
  list.forEach((control, i) => {
    const element = kept.get(control.id) ?? born(control);
    kept.delete(control.id);
    if (host.children[i] !== element) host.insertBefore(element, host.children[i] ?? null);
    if (HELD.includes(control.kind)) dressHeld(element, control);
    else if (control.kind === "layer") dressLayer(element, control, open, step);
    else if (control.kind === "fold") dressFold(element, control, unfold);
    else dressButton(element, control, act);
    const handle = HELD.includes(control.kind) ? element : control.kind === "layer" ? element.children[1] : null;
    if (handle) handle.onpointerdown = (event) => hold(control, event);
  });
  for (const element of kept.values()) element.remove();
  if (focused && host.contains(focused) && host.getRootNode().activeElement !== focused) focused.focus({ preventScroll: true });
}

const HELD = ["grip", "divide"];

function born(control) {
  const layer = control.kind === "layer";
  const element = document.createElement(layer || HELD.includes(control.kind) ? "div" : "button");
  element.dataset.id = control.id;
  element.className = control.kind === "branch" ? `branch ${control.side}` : control.kind;
  if (layer) element.append(...["less", "body", "more"].map((kind) => button(kind, { less: "−", body: "", more: "+" }[kind])));
  else if (HELD.includes(control.kind)) return element;
  else Object.assign(element, { type: "button", textContent: { add: "+", earlier: "‹", later: "›", fold: "" }[control.side ?? control.kind] });
  return element;
}

function button(kind, text) {
  return Object.assign(document.createElement("button"), { type: "button", className: kind, textContent: text });
}

function dressButton(element, control, act) {
  element.style.transform = `translate(${control.x}px, ${control.y}px) translate(-50%, -50%)`;
  name(element, control.label, control.off);
  element.onclick = () => control.off || act(control.op);
}

/** What can be dragged and is no button: a task's branch, which keys move too, and the line where all tasks part. */
function dressHeld(element, control) {
  element.style.transform = `translate(${control.x}px, ${control.y}px) translate(-50%, -50%)`;
  if (control.kind === "divide") {
    element.style.setProperty("--h", `${control.h}px`);
    element.title = "Drag to share more or fewer layers";
    return;
  }
  const said = { role: "slider", "aria-label": control.label, "aria-valuemin": 0, "aria-valuemax": control.depth, "aria-valuenow": control.after, "aria-valuetext": control.value, "aria-disabled": control.off };
  for (const [key, value] of Object.entries(said)) element.setAttribute(key, String(value));
  element.tabIndex = 0;
  element.title = control.off ? control.value : `${control.value}. Drag left to branch off earlier, right for later`;
}

function dressFold(element, control, unfold) {
  size(element, control);
  name(element, control.label, false);
  element.onclick = () => unfold(control.where, control.from, control.to);
}

function size(element, control) {
  element.classList.toggle("compact", Boolean(control.compact));
  element.style.transform = `translate(${control.x}px, ${control.y}px)`;
  element.style.setProperty("--w", `${control.w}px`);
  element.style.setProperty("--h", `${control.h}px`);
}

function dressLayer(element, control, open, step) {
  size(element, control);
  const [less, body, more] = element.children;
  name(less, `Fewer units in ${lower(control.label)}`, control.width <= 1);
  name(body, `${control.label}. Edit`, false);
  name(more, `More units in ${lower(control.label)}`, control.width >= control.most);
  body.setAttribute("aria-haspopup", "dialog");
  body.title = `${control.hint}. Click to edit, drag up or down for more or fewer units`;
  less.title = "Fewer units (Shift: one less)";
  more.title = "More units (Shift: one more)";
  less.onclick = (event) => step(control, -1, event.shiftKey);
  more.onclick = (event) => step(control, 1, event.shiftKey);
  body.setAttribute("aria-keyshortcuts", "ArrowUp ArrowDown Shift+ArrowUp Shift+ArrowDown + Insert Delete Alt+ArrowLeft Alt+ArrowRight");
  body.onclick = () => open(control.where, control.at);
}

/** A button that can do nothing now stays reachable, and says why. */
function name(element, label, off) {
  element.setAttribute("aria-label", label);
  element.setAttribute("aria-disabled", String(Boolean(off)));
  element.title = label;
}

function lower(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
