// Editing the network as it stands, by hand: a small form for one unit, with its bias and its weights. It sends commands to the
// run and shows what comes of them. Knows nothing of the document: that stays as it is.

const REACH = 2; // a slider goes from minus this to this, and farther where the number does
const LARGEST = 1000;

/** The end of a slider for a number: round, and well beyond it. */
export function reachOf(value) {
  let reach = REACH;
  while (reach < 1.2 * Math.abs(value) && reach < LARGEST) reach *= 2;
  return Math.min(LARGEST, reach);
}

/** The choices of a unit's numbers: [{value, text}], the bias first; `value` is the input's number, "" for the bias. */
export function choicesOf({ bias, weights, inputs }) {
  return [{ value: "", text: `bias: ${shortly(bias)}` }, ...weights.map((weight, at) => ({ value: String(at), text: `from ${inputs[at]}: ${shortly(weight)}` }))];
}

/** The edit that sets a number of a unit; null for what is no number. */
export function editOf(layer, unit, input, text) {
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) return null;
  return { op: "weight", layer, unit, input: input === "" ? null : Number(input), value: Math.max(-LARGEST, Math.min(LARGEST, value)) };
}

/** Sends one after the other, and of those that wait the newest alone: `add(value)`. */
export function createLatest(send) {
  let busy = false, next = null;
  const go = async (value) => {
    busy = true;
    await send(value);
    busy = false;
    if (next === null) return;
    const waiting = next;
    next = null;
    go(waiting);
  };
  return {
    add(value) {
      if (busy) next = value;
      else go(value);
    },
    get busy() { return busy; },
  };
}

function shortly(value) {
  return Number(value.toPrecision(3)).toString().replace("-", "\u2212");
}

/** The form inside `host`, closed at first. `find` gives the page's hub. */
export function createSurgery(host, find = () => window.__mtlLive) {
  const parts = surgeryForm();
  const { box, units, number, slider, value, cut, off, restore, note } = parts;
  let run = "", channel = null, stop = () => {}, at = null, held = null, sign = "", touched = false, opener = null;
  host.append(box);

  const told = (text, bad = false) => {
    note.textContent = text;
    note.classList.toggle("bad", bad);
  };
  const command = async (edit) => {
    const { ok, message } = await channel.command("edit", edit);
    if (!ok) told(message, true);
  };
  const latest = createLatest(command);
  const set = (text) => {
    const edit = editOf(at.layer, at.unit, number.value, text);
    if (edit) latest.add(edit);
  };
  slider.oninput = () => {
    touched = true;
    value.value = slider.value;
    set(slider.value);
  };
  slider.onchange = () => {
    touched = false;
    load();
  };
  value.onchange = () => {
    if (editOf(at.layer, at.unit, number.value, value.value) === null) return fill();
    set(value.value);
    if (Math.abs(Number(value.value)) > LARGEST) told(`A weight is at most ${LARGEST.toLocaleString("en")} here.`);
    return undefined;
  };
  number.onchange = () => {
    at.input = number.value;
    fill();
  };
  units.onchange = () => {
    Object.assign(at, { unit: Number(units.value) });
    load();
  };
  cut.onclick = () => latest.add({ op: "cut", layer: at.layer, unit: at.unit, input: Number(number.value) });
  off.onclick = () => latest.add({ op: "off", layer: at.layer, unit: at.unit });
  restore.onclick = () => latest.add({ op: "restore" });
  parts.close.onclick = () => close(true);
  box.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close(true);
  };
  const escape = (event) => event.key === "Escape" && close(true); // also where the focus was on what can no longer be pressed
  const outside = (event) => {
    if (!box.hidden && !event.composedPath().includes(box)) close(false);
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", escape);

  /** Opens for {layer, of, unit, input}: `of` units; input undefined for the bias. `back` gets the focus when it closes. */
  function open(target, place, back = null) {
    const hub = find();
    if (!hub || !run) return;
    stop();
    channel = hub.channel(run);
    stop = channel.subscribe(() => hear());
    at = { ...target, input: target.input === undefined ? "" : String(target.input) };
    [held, sign, touched, opener] = [null, "", false, back];
    units.replaceChildren(...Array.from({ length: target.of }, (_, unit) => option(String(unit), `unit ${unit + 1}`)));
    units.value = String(at.unit);
    box.hidden = false;
    place(box);
    hear();
    number.focus({ preventScroll: true });
  }

  function close(back) {
    if (box.hidden) return;
    box.hidden = true;
    stop();
    stop = () => {};
    if (back) opener?.focus({ preventScroll: true });
  }

  /** The run has moved or was changed: the numbers may be others. */
  function hear() {
    const frame = channel.frame;
    if (box.hidden || !frame) return;
    const next = [frame.start, frame.step, frame.looking?.step, frame.marks?.length, frame.marks?.at(-1)?.text, frame.status].join("|");
    if (next === sign) return;
    sign = next;
    const moving = frame.status === "playing";
    for (const control of [units, number, slider, value, cut, off]) control.disabled = moving;
    restore.disabled = moving || !frame.edited;
    told(moving ? "It is training. Press Pause to edit it." : frame.looking ? "Edited here, training goes on from here." : "If it trains on, edited numbers train on too.");
    load();
  }

  async function load() {
    const asked = { ...at };
    const found = await channel.unit(asked.layer, asked.unit);
    if (box.hidden || asked.layer !== at.layer || asked.unit !== at.unit) return;
    if (!found.weights) return void told(found.message ?? "", true);
    held = found;
    fill();
  }

  function fill() {
    if (!held || touched) return;
    parts.title.textContent = parts.title.title = held.name;
    box.setAttribute("aria-label", `Weights of ${held.name}`);
    if (Number(at.input) >= held.weights.length) at.input = "";
    number.replaceChildren(...choicesOf(held).map((choice) => option(choice.value, choice.text)));
    number.value = at.input;
    const now = at.input === "" ? held.bias : held.weights[Number(at.input)];
    const reach = String(reachOf(now));
    Object.assign(slider, { min: `-${reach}`, max: reach, step: String(Number(reach) / 200) });
    slider.value = String(now);
    value.value = String(Number(now.toPrecision(5)));
    cut.disabled = at.input === "" || units.disabled;
  }

  return {
    follow(next) {
      if (next === run) return;
      close(false);
      run = next;
    },
    open, close, box,
    stop() {
      stop();
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("keydown", escape);
      box.remove();
    },
  };
}

/**
 * The form for the picture in `root`: a click on a link or unit opens it, and a button in a layer's own form, `form`, for the
 * keyboard. `hit(x, y)` says what stands in the picture; `layerAt(where, at)` gives a layer of the document as {layer, of}.
 */
export function createHand(root, { stage, canvas, form, hit, layerAt, find }) {
  const surgery = createSurgery(root, find), button = Object.assign(document.createElement("button"), { type: "button" });
  const foot = document.createElement("div");
  let pointed = null; // the unit that was pressed
  foot.className = "foot";
  foot.append(button);
  form.box.append(foot);

  const point = (next) => {
    pointed = next;
    button.textContent = pointed ? `Edit weights of unit ${pointed.unit + 1} …` : "Edit weights by hand …";
  };
  const under = (event) => {
    const home = canvas.getBoundingClientRect();
    return hit(event.clientX - home.left, event.clientY - home.top);
  };
  const beside = (x, y) => (box) => {
    const home = root.getBoundingClientRect(), [left, top] = [x - home.left + 14, y - home.top - 40];
    box.style.left = `${Math.max(4, left + box.offsetWidth > home.width - 4 ? left - box.offsetWidth - 28 : left)}px`;
    box.style.top = `${Math.max(4, Math.min(home.height - box.offsetHeight - 4, top))}px`;
  };
  const pressed = (event) => {
    const found = under(event);
    point(found?.kind === "unit" ? found : null);
  };
  const clicked = (event) => {
    if (event.composedPath().some((each) => each.matches?.("button, [role=slider], .divide, .editor, .surgery"))) return;
    const found = under(event);
    if (found && found.layer !== "inputs") surgery.open(found, beside(event.clientX, event.clientY));
  };
  const typed = () => point(null);
  stage.addEventListener("pointerdown", pressed, true);
  stage.addEventListener("keydown", typed, true);
  stage.addEventListener("click", clicked);
  button.onclick = () => {
    const { left, top } = form.box.getBoundingClientRect();
    const target = pointed ?? layerAt(form.at.where, form.at.at);
    form.close(true);
    if (target) surgery.open(target.unit === undefined ? { ...target, unit: 0 } : target, beside(left, top + 40), root.getRootNode().activeElement);
  };
  point(null);
  return surgery;
}

function option(value, text) {
  return Object.assign(document.createElement("option"), { value, textContent: text });
}

function surgeryForm() {
  const made = (name, fields = {}, attributes = {}) => {
    const element = Object.assign(document.createElement(name), fields);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const row = (className, ...children) => {
    const element = made("div", { className });
    element.append(...children);
    return element;
  };
  const word = (text) => made("span", { textContent: text });
  const box = made("div", { className: "surgery", hidden: true }, { role: "dialog", "aria-label": "Weights" });
  const title = made("strong"), close = made("button", { type: "button", className: "close", textContent: "×" }, { "aria-label": "Close" });
  const units = made("select", {}, { "aria-label": "Unit" }), number = made("select", {}, { "aria-label": "Which number" });
  const slider = made("input", { type: "range" }, { "aria-label": "Value, by slider" }), value = made("input", { type: "number", step: "any" }, { "aria-label": "Value" });
  const cut = made("button", { type: "button", textContent: "Link off", title: "This weight becomes 0" });
  const off = made("button", { type: "button", textContent: "Unit off", title: "Every weight that goes out of this unit becomes 0" });
  const restore = made("button", { type: "button", textContent: "Restore all", title: "All edited numbers as they were before" });
  const note = made("small", {}, { role: "status" });
  box.append(row("head", title, close), row("field", word("Unit"), units), row("field", word("Number"), number), row("field", word("Value"), slider, value), note, row("foot", cut, off, restore));
  return { box, title, close, units, number, slider, value, cut, off, restore, note };
}
