// The component: a picture, buttons over it, the form of one layer, and the counts below. One instance lives per
// mounting point and survives reruns. It sends an edit, draws its likeness at once, and then what comes back; what is being
// dragged is drawn in the same way, and sent when it is let go.

import { enough, lines } from "./names.js";
import { outbox, predicted } from "./pending.js";
import { layout } from "./layout.js";
import { alike, between, ease } from "./motion.js";
import { nextWidth } from "./widths.js";
import { described, draw } from "./draw.js";
import { controls } from "./controls.js";
import { place } from "./buttons.js";
import { cues } from "./cues.js";
import { editor } from "./editor.js";
import { draggedPlace, draggedWidth, follow } from "./drag.js";
import { askedOfGrip, askedOfHistory, askedOfLayer, writes } from "./keys.js";
import { tools } from "./tools.js";
import { told } from "./told.js";
import { fileName, save } from "./export.js";
import { isDark } from "./theme.js";
import { createAlive } from "./alive.js";
import { layerName } from "./alive_data.js";
import { createHand } from "./surgery.js";

const LEAST_NAME = 76, WIDEST_NAME = 150;
const GLIDE = 260; // milliseconds from one picture to the next
const SAID = 4_000; // milliseconds for which a reason is to be seen
const BY_HAND = "weights as they were before they were edited";
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const diagram = instances.get(parentElement) ?? mount(parentElement);
  instances.set(parentElement, diagram);
  diagram.trigger = setTriggerValue;
  diagram.alive.follow(data.run);
  diagram.hand.follow(data.run);
  diagram.show(data.spec, data.height, data.heard, data.steps);
  dispatchEvent(new CustomEvent("mtl-shows", { detail: data.version }));
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
  const focus = new Map(); // the place that stands unfolded, by stack
  const said = root.querySelector(".said");
  let measure = null, actual = null, spec = null, drawn = null, target = null, frame = 0, seen = "";
  let preview = null, list = [], steps = null, silence = 0; // preview: the edit under the hand, not sent yet

  let repaint = () => {};
  const alive = createAlive({
    stage, canvas: root.querySelector("canvas.alive"), tip: root.querySelector(".tip"), legend: root.querySelector(".legend"), redraw: () => (showSteps(around()), repaint()),
  });
  const diagram = { trigger: null, show, unmount, alive };
  const edits = outbox((op) => diagram.trigger("edit", op), update, { busy: drawing });
  const send = (op) => {
    edits.add(op);
    update();
    say(told(op, spec));
    if (op.op === "add" || op.op === "move") reveal(op.where, op.to ?? op.at);
  };
  const form = editor(root, send, (where, at, back) => {
    mark();
    if (back) (back === "gone" ? part((one) => one.kind === "add" && one.op.where === where && one.op.at === at) : button(where, at))?.focus({ preventScroll: true });
  });
  diagram.hand = createHand(root, {
    stage, canvas, form, hit: alive.hit,
    layerAt: (where, at) => {
      const node = target.nodes.find((one) => one.kind === "layer" && one.where === where && one.at === at);
      return node ? { layer: layerName(node.id, spec.sharing?.name ?? "hard"), of: node.units } : null;
    },
  });
  const acts = {
    act: send,
    open: (where, at) => {
      form.open(where, at);
      beside(where, at);
      mark();
      form.focus();
    },
    step: (control, direction, fine) => resize(control, nextWidth(control.width, direction, spec.limits.width, fine)),
    hold,
    unfold: (where, from, to) => {
      focus.set(where, (from + to) >> 1);
      render(true);
      button(where, (from + to) >> 1)?.focus({ preventScroll: true });
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
    if (pressed(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const anywhere = (event) => {
    const asked = askedOfHistory(event);
    if (!asked || event.defaultPrevented || writes(event.composedPath()[0])) return;
    event.preventDefault();
    step(asked);
  };
  document.addEventListener("keydown", anywhere);
  const showSteps = tools(root.querySelector(".tools"), (name) => {
    if (name === "undo" || name === "redo") step(name);
    else save(stage, diagram.alive, name, fileName("network", spec.data ?? "", root.classList.contains("dark") ? "dark" : "light"), described(spec));
  });
  const edges = cues(root.querySelector(".cues"), stage);
  const observer = new ResizeObserver(() => {
    if (spec && looks() !== seen) render(false);
  });
  observer.observe(stage);

  function show(latest, height, heard, given) {
    actual = latest;
    steps = given;
    showSteps(around());
    root.style.height = `${height}px`;
    edits.heard(heard);
    update();
  }

  /** Draws the document, with the likeness of the edits that are on their way. */
  function update() {
    const latest = [...edits.ops, ...(preview ? [preview] : [])].reduce(predicted, actual), first = spec === null, same = JSON.stringify(latest) === JSON.stringify(spec);
    spec = latest;
    form.refresh(spec);
    if (same && looks() === seen) counts.classList.toggle("waiting", edits.ops.length > 0);
    else render(!first && !same && preview?.op !== "change");
  }

  /** What undo and redo would do now, in words: weights edited by hand are news that comes without the page. */
  function around() {
    return diagram.alive.edited ? { ...steps, undo: BY_HAND } : steps;
  }

  /** Takes the last change back, or makes it again: the document knows which. */
  function step(name) {
    const what = around()?.[name];
    if (name === "undo" && diagram.alive.edited && !edits.ops.length) {
      diagram.alive.restore();
      return say(`Undone. Back to: ${BY_HAND}.`);
    }
    if (!what && !edits.ops.length) return say(`There is nothing to ${name}.`, true);
    form.close(false);
    edits.add({ op: name });
    counts.classList.add("waiting");
    const words = edits.ops.length > 1 || !what ? "" : ` ${name === "undo" ? "Back to" : "Now"}: ${what}.`;
    return say(`${name === "undo" ? "Undone." : "Done again."}${words}`);
  }

  function resize({ where, at, width: before }, width) {
    if (width !== before) send({ op: "change", where, at, fields: { width } });
  }

  /** Says what was done; `why`: what cannot be, for all to see. */
  function say(text, why = false) {
    clearTimeout(silence);
    said.textContent = text;
    said.classList.toggle("why", why);
    if (why) silence = setTimeout(() => said.classList.remove("why"), SAID);
  }

  /** A pointer holds a layer, a task's branch, or the line where all part: the picture follows, the edit leaves when it lets go. */
  function hold(control, event) {
    const { pitch } = target, wanted = (op) => {
      if (JSON.stringify(op) === JSON.stringify(preview)) return;
      preview = op;
      root.classList.add("dragging");
      update();
    };
    const done = (sends) => {
      const op = preview;
      preview = null;
      root.classList.remove("dragging");
      if (sends && op) send(op);
      else update();
    };
    follow(event, {
      moved: (dx, dy, fine) => {
        if (control.off) say(control.why, true);
        else wanted(dragged(control, dx, dy, fine, pitch));
      },
      dropped: () => done(true),
      left: () => done(false),
    });
  }

  /** The edit that a drag stands for; null where it comes to nothing. */
  function dragged(control, dx, dy, fine, pitch) {
    if (control.kind === "layer") {
      const width = draggedWidth(control.width, dy, spec.limits.width, fine);
      return width === control.width ? null : { op: "change", where: control.where, at: control.at, fields: { width } };
    }
    if (control.kind === "grip") {
      const after = draggedPlace(control.after, dx, pitch, 0, control.depth);
      return after === control.after ? null : { op: "branch", where: control.where, after };
    }
    const layers = draggedPlace(control.depth, dx, pitch, 0, control.most);
    return layers === control.depth ? null : { op: "share", layers };
  }

  /** Does what a key asks of the layer or branch that has the focus; whether it asked anything. */
  function pressed(event) {
    const control = list.find((one) => one.id === event.target.closest?.("[data-id]")?.dataset.id);
    if (control?.kind === "grip") {
      const after = askedOfGrip(event, control.after, control.depth);
      if (after === null) return false;
      if (control.off) say(control.why, true);
      else if (after !== control.after) send({ op: "branch", where: control.where, after });
      return true;
    }
    const asked = askedOfLayer(event);
    if (asked?.ask === "share") return share(asked.by);
    if (control?.kind !== "layer" || !asked) return false;
    const { where, at } = control;
    if (asked.ask === "step") resize(control, nextWidth(control.width, asked.by, spec.limits.width, asked.fine));
    if (asked.ask === "add") {
      const plus = list.find((one) => one.kind === "add" && one.op.where === where && one.op.at === at + 1);
      if (plus?.off) say(`There are ${spec.limits.layers} layers in a row already, the most there can be.`, true);
      else send({ op: "add", where, at: at + 1 });
      button(where, at + 1)?.focus({ preventScroll: true });
    }
    if (asked.ask === "remove") {
      send({ op: "remove", where, at });
      (button(where, at) ?? button(where, at - 1) ?? part((one) => one.kind === "add" && one.op.where === where)?.closest("button"))?.focus({ preventScroll: true });
    }
    return true;
  }

  function share(by) {
    const control = list.find((one) => one.side === (by < 0 ? "earlier" : "later"));
    if (!control) return false;
    if (control.off) say(`${control.label}.`, true);
    else send(control.op);
    return true;
  }

  /** All but the document that decides the picture. */
  function looks() {
    return `${stage.clientWidth}x${stage.clientHeight} ${isDark(getComputedStyle(root).backgroundColor)}`;
  }

  /** Unfolds the layers around a place, if it is folded. */
  function reveal(where, at) {
    if (!target.nodes.some((node) => node.kind === "fold" && node.where === where && node.from <= at && at < node.to)) return;
    focus.set(where, at);
    render(true);
  }

  function render(glide) {
    tally();
    seen = looks();
    const dark = isDark(getComputedStyle(root).backgroundColor);
    root.classList.toggle("dark", dark);
    const colors = spec.tasks.map((task) => task.color[dark ? 1 : 0]), from = drawn;
    measure = measured(root);
    const names = Math.max(0, ...spec.tasks.map((task) => enough(task.title, LEAST_NAME, WIDEST_NAME, measure) + 2));
    target = layout(spec, stage.clientWidth, stage.clientHeight - 1, { focus, names });
    const { backgroundColor: paper, color: ink } = getComputedStyle(root);
    const paint = (geometry) => {
      drawn = geometry;
      draw(svg, geometry, spec, colors, alive.living(geometry, spec));
      alive.show(geometry, spec, colors, { paper, ink, dark });
    };
    repaint = () => paint(drawn);
    canvas.style.width = `${target.width}px`;
    canvas.style.height = `${target.height}px`;
    svg.setAttribute("aria-label", described(spec));
    list = controls(target, spec);
    place(buttons, list, acts);
    label(target, colors);
    mark();
    edges();
    if (form.isOpen) beside(form.at.where, form.at.at);
    cancelAnimationFrame(frame);
    if (!glide || alike(drawn, target) || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) return paint(target);
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
      const task = spec.tasks[node.lane], made = document.createElement("div"), left = node.x + node.w / 2 + 8;
      const room = geometry.width - left - 4;
      made.title = `${task.title}: ${task.kind}`;
      made.style.cssText = `left: ${left}px; width: ${room}px; top: ${node.y}px; --c: ${colors[node.lane]}`;
      const title = lines(task.title, room, measure);
      made.append(...title.map((line) => worded("b", line)), ...(geometry.lanes[node.lane].height < 60 && title.length > 1 ? [] : [worded("span", task.kind)]));
      return made;
    }));
  }

  function tally() {
    const dark = isDark(getComputedStyle(root).backgroundColor);
    const rows = [["shared", spec.trunk.parameters, "var(--shared)"], ...spec.tasks.map((task) => [task.title, task.parameters, task.color[dark ? 1 : 0]])];
    const items = rows.map(([title, count, color]) => {
      const made = document.createElement("span");
      made.title = `${title}: ${count.toLocaleString("en")} parameters`;
      made.style.setProperty("--c", color);
      made.append(worded("i", title), worded("b", count.toLocaleString("en")));
      return made;
    });
    const all = document.createElement("span");
    all.className = "all";
    all.append(worded("b", `${spec.total.toLocaleString("en")} parameters`));
    counts.replaceChildren(all, ...items);
    counts.style.setProperty("--most", rows.length > 4 ? "150px" : "230px");
    counts.classList.toggle("waiting", edits.ops.length > 0);
  }

  function button(where, at) {
    return part((one) => one.kind === "layer" && one.where === where && one.at === at)?.querySelector(".body");
  }

  function part(wanted) {
    const control = list.find(wanted);
    return control && [...buttons.children].find((child) => child.dataset.id === control.id);
  }

  function mark() {
    for (const child of buttons.querySelectorAll(".edited")) child.classList.remove("edited");
    if (form.isOpen && target) button(form.at.where, form.at.at)?.parentElement.classList.add("edited");
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
    alive.stop();
    diagram.hand.stop();
    edits.stop();
    observer.disconnect();
    cancelAnimationFrame(frame);
    clearTimeout(silence);
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", anywhere);
    form.box.remove();
  }

  return diagram;
}

/** Whether the page's script is running, or what it drew is on its way. */
function drawing() {
  return document.querySelector("[data-test-script-state]")?.dataset.testScriptState === "running";
}

function worded(kind, text) {
  return Object.assign(document.createElement(kind), { textContent: text });
}

/** The width of a text as the tasks' names are set. */
function measured(root) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `650 14px ${getComputedStyle(root).fontFamily}`;
  return (text) => pen.measureText(text).width;
}
