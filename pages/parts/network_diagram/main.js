// The component: a picture, buttons over it, the form of one layer, and the counts below. One instance lives per
// mounting point and survives reruns. Knows nothing of what edits do: it sends one, and draws what comes back.

import { layout } from "./layout.js";
import { between, ease } from "./motion.js";
import { nextWidth } from "./widths.js";
import { described, draw } from "./draw.js";
import { controls } from "./controls.js";
import { place } from "./buttons.js";
import { editor } from "./editor.js";
import { isDark } from "./theme.js";

const GLIDE = 260; // milliseconds from one picture to the next
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const diagram = instances.get(parentElement) ?? mount(parentElement);
  instances.set(parentElement, diagram);
  diagram.trigger = setTriggerValue;
  diagram.show(data.spec, data.height);
  return () => {
    diagram.unmount();
    instances.delete(parentElement);
  };
}

function mount(parentElement) {
  const root = parentElement.querySelector(".network");
  const [stage, counts] = [root.querySelector(".stage"), root.querySelector(".counts")];
  const [canvas, svg, buttons] = [".canvas", "svg", ".buttons"].map((name) => stage.querySelector(name));
  const names = root.querySelector(".names");
  const pending = new Map();
  let spec = null, drawn = null, frame = 0, size = "", number = Date.now();

  const diagram = { trigger: null, show, unmount };
  const send = (op) => {
    number += 1;
    diagram.trigger("edit", { ...op, n: number });
  };
  const form = editor(root, send, (where, at, back) => {
    mark();
    if (back) (back === "gone" ? part((one) => one.kind === "add" && one.op.where === where && one.op.at === at) : button(where, at))?.focus({ preventScroll: true });
  });
  const acts = {
    act: send,
    open: (where, at) => {
      form.open(where, at);
      beside(where, at);
      mark();
      form.focus();
    },
    step: (control, direction, fine) => {
      const width = nextWidth(pending.get(control.id) ?? control.width, direction, spec.limits.width, fine);
      if (width === (pending.get(control.id) ?? control.width)) return;
      pending.set(control.id, width);
      send({ op: "change", where: control.where, at: control.at, fields: { width } });
    },
  };
  const outside = (event) => {
    const path = event.composedPath();
    if (form.isOpen && !path.includes(form.box) && !path.some((child) => child.classList?.contains("body"))) form.close(false);
  };
  document.addEventListener("pointerdown", outside, true);
  root.onkeydown = (event) => {
    if (event.key === "Escape") form.close(true);
    if (event.key === " " || event.key === "Enter") event.stopPropagation(); // meant for a button here, not for the page
  };
  const observer = new ResizeObserver(() => {
    const now = `${stage.clientWidth}x${stage.clientHeight}`;
    if (spec && now !== size) render(false);
  });
  observer.observe(stage);

  function show(latest, height) {
    const glide = spec !== null && JSON.stringify(latest) !== JSON.stringify(spec);
    spec = latest;
    root.style.height = `${height}px`;
    pending.clear();
    form.refresh(spec);
    render(glide);
  }

  function render(glide) {
    tally();
    size = `${stage.clientWidth}x${stage.clientHeight}`;
    const dark = isDark(getComputedStyle(root).backgroundColor);
    root.classList.toggle("dark", dark);
    const colors = spec.tasks.map((task) => task.color[dark ? 1 : 0]);
    const target = layout(spec, stage.clientWidth, stage.clientHeight - 1), from = drawn;
    const paint = (geometry) => {
      drawn = geometry;
      draw(svg, geometry, spec, colors);
    };
    canvas.style.width = `${target.width}px`;
    canvas.style.height = `${target.height}px`;
    svg.setAttribute("aria-label", described(spec));
    place(buttons, controls(target, spec), acts);
    label(target, colors);
    mark();
    if (form.isOpen) beside(form.at.where, form.at.at);
    cancelAnimationFrame(frame);
    if (!glide || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) return paint(target);
    const began = performance.now();
    const move = (now) => {
      const t = Math.min(1, Math.max(0, (now - began) / GLIDE));
      paint(between(from, target, ease(t)));
      if (t < 1) frame = requestAnimationFrame(move);
    };
    return move(began);
  }

  function label(geometry, colors) {
    names.replaceChildren(...geometry.nodes.filter((node) => node.kind === "output").map((node) => {
      const task = spec.tasks[node.lane], made = document.createElement("div");
      const [title, kind] = [document.createElement("b"), document.createElement("span")];
      title.textContent = task.title;
      kind.textContent = task.kind;
      made.title = `${task.title}: ${task.kind}`;
      made.style.cssText = `left: ${node.x + node.w / 2 + 8}px; width: ${Math.min(180, geometry.width - node.x - node.w / 2 - 14)}px; top: ${node.y}px; --c: ${colors[node.lane]}`;
      made.append(title, kind);
      return made;
    }));
  }

  function tally() {
    const dark = isDark(getComputedStyle(root).backgroundColor);
    const rows = [["shared", spec.trunk.parameters, "var(--shared)"], ...spec.tasks.map((task) => [task.title, task.parameters, task.color[dark ? 1 : 0]])];
    const items = [[`${spec.total.toLocaleString("en")} parameters`], ...rows].map(([title, count, color]) => {
      const made = document.createElement("span"), amount = document.createElement("b");
      amount.textContent = count === undefined ? title : count.toLocaleString("en");
      made.append(...(count === undefined ? [amount] : [title, " ", amount]));
      if (color) made.style.setProperty("--c", color);
      else made.className = "all";
      return made;
    });
    counts.replaceChildren(...items);
  }

  function button(where, at) {
    return part((one) => one.kind === "layer" && one.where === where && one.at === at)?.querySelector(".body");
  }

  function part(wanted) {
    const control = controls(drawn, spec).find(wanted);
    return control && [...buttons.children].find((child) => child.dataset.id === control.id);
  }

  function mark() {
    for (const child of buttons.querySelectorAll(".edited")) child.classList.remove("edited");
    if (form.isOpen && drawn) button(form.at.where, form.at.at)?.parentElement.classList.add("edited");
  }

  /** Puts the form beside its layer, inside the component. */
  function beside(where, at) {
    const body = button(where, at);
    if (!body) return;
    const home = root.getBoundingClientRect(), layer = body.getBoundingClientRect(), box = form.box;
    const room = home.width - box.offsetWidth - 4;
    const right = layer.right - home.left + 12, left = layer.left - home.left - box.offsetWidth - 12;
    const x = right <= room ? right : left >= 4 ? left : Math.max(4, room);
    const y = Math.min(home.height - box.offsetHeight - 4, Math.max(4, layer.top - home.top + layer.height / 2 - box.offsetHeight / 2));
    box.style.left = `${x}px`;
    box.style.top = `${Math.max(4, y)}px`;
  }

  function unmount() {
    observer.disconnect();
    cancelAnimationFrame(frame);
    document.removeEventListener("pointerdown", outside, true);
    form.box.remove();
  }

  return diagram;
}
