// The controls as real buttons over the picture, kept from one drawing to the next so that focus and hover stay.
// Knows nothing of what an edit does.

/**
 * Places `list` in `host`. `act(op)` sends an edit, `open(where, at)` opens a layer's editor, `step(layer, direction, fine)`
 * its width, `unfold(where, from, to)` shows folded layers. */
export function place(host, list, { act, open, step, unfold }) {
  const focused = host.getRootNode().activeElement;
  const kept = new Map([...host.children].map((element) => [element.dataset.id, element]));
  list.forEach((control, i) => {
    const element = kept.get(control.id) ?? born(control);
    kept.delete(control.id);
    if (host.children[i] !== element) host.insertBefore(element, host.children[i] ?? null);
    if (control.kind === "layer") dressLayer(element, control, open, step);
    else if (control.kind === "fold") dressFold(element, control, unfold);
    else dressButton(element, control, act);
  });
  for (const element of kept.values()) element.remove();
  if (focused && host.contains(focused) && host.getRootNode().activeElement !== focused) focused.focus({ preventScroll: true });
}

function born(control) {
  const layer = control.kind === "layer";
  const element = document.createElement(layer ? "div" : "button");
  element.dataset.id = control.id;
  element.className = control.kind === "branch" ? `branch ${control.side}` : control.kind;
  if (layer) element.append(...["less", "body", "more"].map((kind) => button(kind, { less: "−", body: "", more: "+" }[kind])));
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
  body.title = `${control.hint}. Click to edit`;
  less.title = "Fewer units (Shift: one less)";
  more.title = "More units (Shift: one more)";
  less.onclick = (event) => step(control, -1, event.shiftKey);
  more.onclick = (event) => step(control, 1, event.shiftKey);
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
