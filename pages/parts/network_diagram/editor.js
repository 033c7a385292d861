// The small form of one layer. It stays open on its layer from one drawing to the next, until Escape, a click
// elsewhere, or the layer is gone. Knows nothing of the document: it sends edits and shows what comes back.

import { stackAt } from "./controls.js";

/** A closed editor inside `host`. `send(op)` sends an edit, `closed(where, at)` is told when it closes. */
export function editor(host, send, closed) {
  const at = { where: "", at: -1 };
  const parts = form();
  let spec = null, touched = null; // the control under the hand: what comes back must not move it
  host.append(parts.box);
  const change = (fields) => send({ op: "change", where: at.where, at: at.at, fields });
  const { width, slider, activation, norm, dropout, dropped } = parts;

  for (const control of [width, slider, dropout]) control.addEventListener("input", () => { touched = control; });
  for (const control of [width, slider, dropout]) control.addEventListener("change", () => { touched = null; });
  width.onchange = () => {
    const units = Math.round(Number(width.value));
    const wanted = Math.min(spec.limits.width, Math.max(1, units || 1));
    width.value = wanted;
    change({ width: wanted });
  };
  slider.oninput = () => { width.value = Math.round(2 ** Number(slider.value)); };
  slider.onchange = () => change({ width: Math.round(2 ** Number(slider.value)) });
  activation.onchange = () => change({ activation: { name: activation.value } });
  norm.onchange = () => change({ batch_norm: norm.checked });
  dropout.oninput = () => { dropped.textContent = `${dropout.value} %`; };
  dropout.onchange = () => change({ dropout: Number(dropout.value) / 100 });
  parts.close.onclick = () => close(true);
  parts.remove.onclick = () => {
    close("gone");
    send({ op: "remove", where: at.where, at: at.at });
  };
  for (const [button, by] of [[parts.left, -1], [parts.right, 1]]) {
    button.onclick = () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      at.at += by; // first: the picture is drawn while it is being sent
      send({ op: "move", where: at.where, at: at.at - by, to: at.at });
    };
  }
  parts.box.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close(true);
  };

  function open(where, place) {
    Object.assign(at, { where, at: place });
    touched = null;
    parts.box.hidden = false;
    refresh(spec);
  }

  function close(back) {
    if (parts.box.hidden) return;
    parts.box.hidden = true;
    closed(at.where, at.at, back);
  }

  function refresh(latest) {
    spec = latest;
    if (parts.box.hidden) return;
    const layers = stackAt(spec, at.where), layer = layers[at.at];
    if (!layer) return close(false);
    const task = spec.tasks.find((one) => one.where === at.where);
    parts.title.textContent = `Layer ${at.at + 1} of ${task ? task.title : "the shared layers"}`;
    parts.title.title = parts.title.textContent;
    parts.box.setAttribute("aria-label", parts.title.textContent);
    if (!activation.options.length || activation.options.length !== spec.activations.length) {
      activation.replaceChildren(...spec.activations.map(([value, title]) => new Option(title, value)));
    }
    width.max = spec.limits.width;
    slider.max = Math.log2(spec.limits.width);
    dropout.max = Math.round(spec.limits.dropout * 100);
    if (touched !== width && touched !== slider) {
      width.value = layer.width;
      slider.value = Math.log2(layer.width);
    }
    activation.value = layer.activation;
    norm.checked = layer.batch_norm;
    if (touched !== dropout) dropout.value = Math.round(layer.dropout * 100);
    dropped.textContent = `${dropout.value} %`;
    parts.off.hidden = spec.nonlinear;
    parts.left.setAttribute("aria-disabled", String(at.at === 0));
    parts.right.setAttribute("aria-disabled", String(at.at === layers.length - 1));
    return undefined;
  }

  return {
    open, close, refresh, box: parts.box, at,
    get isOpen() { return !parts.box.hidden; },
    focus: () => {
      width.focus({ preventScroll: true });
      width.select();
    },
  };
}

function form() {
  const box = element("div", { className: "editor", hidden: true });
  box.setAttribute("role", "dialog");
  const title = element("strong", {}), close = element("button", { type: "button", className: "close", textContent: "×" });
  close.setAttribute("aria-label", "Close");
  const width = element("input", { type: "number", min: 1, step: 1 }), slider = element("input", { type: "range", min: 0, step: 1 });
  const activation = element("select", {}), off = element("small", { textContent: "Activations are switched off.", hidden: true });
  const norm = element("input", { type: "checkbox" });
  const dropout = element("input", { type: "range", min: 0, step: 5 }), dropped = element("output", {});
  width.setAttribute("aria-label", "Units");
  slider.setAttribute("aria-label", "Units, in powers of two");
  const left = element("button", { type: "button", textContent: "← Earlier" }), right = element("button", { type: "button", textContent: "Later →" });
  const remove = element("button", { type: "button", className: "remove", textContent: "Remove" });
  box.append(
    line("head", title, close),
    line("field", term("Units"), slider, width), explained("How many numbers it works out for each row.", width, slider),
    labelled("field", term("Activation"), activation), explained("The bend that lets the network draw curves.", activation),
    off,
    labelled("field", term("Dropout"), dropout, dropped), explained("Some units rest at random: less memorising.", dropout),
    labelled("field check", norm, term("Batch norm")), explained("Evens out its numbers, for steadier training.", norm),
    line("foot", left, right, remove),
  );
  return { box, title, close, width, slider, activation, off, norm, dropout, dropped, left, right, remove };
}

function element(name, fields) {
  return Object.assign(document.createElement(name), fields);
}

function term(text) {
  return element("span", { textContent: text });
}

/** A sentence under its controls, which is also read out with them. */
function explained(text, ...controls) {
  const made = element("small", { textContent: text, id: `about-${(explained.count = (explained.count ?? 0) + 1)}` });
  for (const control of controls) control.setAttribute("aria-describedby", made.id);
  return made;
}

function line(className, ...children) {
  const made = element("div", { className });
  made.append(...children);
  return made;
}

function labelled(className, ...children) {
  const made = element("label", { className });
  made.append(...children);
  return made;
}
