// The component: a bar for every task and one for the shared layers, whose ends are dragged or moved by arrow keys. One instance lives
// per mounting point and survives reruns. What is moved shows at once and is sent when it is let go.

import { listen } from "../live/listen.js";
import { endsOf, keyed, moved, sharesOf, spoken, stopsOf, ticks } from "./bars.js";
import { newsOf } from "./news.js";
import { createPost } from "./post.js";

const PARTS = { first: "Begin", last: "End", ramp: "Full weight" };
const SHARED = "Shared layers";
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const shown = instances.get(parentElement) ?? mount(parentElement);
  instances.set(parentElement, shown);
  shown.trigger = setTriggerValue;
  shown.show(data);
  return () => {
    shown.unmount();
    instances.delete(parentElement);
  };
}

function mount(parentElement) {
  const root = parentElement.querySelector(".timeline");
  const [rows, axis, offers, note, said] = [".rows", ".axis", ".offers", ".note", ".said"].map((name) => root.querySelector(name));
  const shown = { trigger: null, show, unmount };
  const post = createPost((phases, n) => shown.trigger("moved", { phases, n }), () => take(data));
  let data = null, phases = [], lines = [], drag = null, seen = "", news = {}, run = null, unfollow = () => {};

  function show(latest) {
    data = latest;
    post.heard(data.heard);
    if (!post.waiting && drag === null) take(data);
    else draw();
    if (data.run === run) return;
    unfollow();
    run = data.run;
    news = {};
    unfollow = listen(run, (channel) => {
      news = newsOf(channel);
      mark();
    });
  }

  function take({ tasks, shared }) {
    phases = [...tasks.map((task) => task.phase), shared];
    draw();
  }

  const names = () => [...data.tasks.map((task) => task.name), SHARED];
  const share = (epoch) => `${(100 * Math.min(epoch, data.epochs)) / data.epochs}%`;

  /** Whole timelines to take by a click. */
  function offer() {
    while (offers.children.length < data.offers.length) offers.append(Object.assign(document.createElement("button"), { type: "button" }));
    data.offers.forEach(({ title, help, phases: offered }, at) => {
      const button = offers.children[at];
      Object.assign(button, { title: help, disabled: !offered });
      if (button.textContent !== title) button.textContent = title;
      button.onclick = () => {
        take(offered);
        send(`${title}.`);
      };
    });
  }

  /** Makes the rows where there are others than before, and puts everything in its place. */
  function draw() {
    const key = JSON.stringify([names(), data.tasks.map((task) => task.colors)]);
    if (key !== seen) {
      seen = key;
      lines = names().map(line);
      const now = Object.assign(document.createElement("div"), { className: "now", hidden: true });
      const place = Object.assign(document.createElement("div"), { className: "place" });
      place.append(now);
      rows.replaceChildren(...lines.map((each) => each.row), place);
    }
    dress();
    axis.replaceChildren(...ticks(data.epochs).map((at) => {
      const tick = Object.assign(document.createElement("span"), { textContent: at ? at.toLocaleString("en") : "epoch 0" });
      tick.style.left = share(at);
      return tick;
    }));
    lines.forEach((each, at) => arrange(each, phases[at], names()[at]));
    offer();
    mark();
  }

  function arrange({ track, bar, ends, warm }, phase, name) {
    const [first, end] = endsOf(phase, data.epochs), full = first + Math.min(phase.ramp, end - first);
    bar.style.left = share(first);
    bar.style.width = share(end - first);
    bar.hidden = end <= first;
    const rise = end > first ? (100 * (full - first)) / (end - first) : 0;
    bar.style.clipPath = rise ? `polygon(0 100%, ${rise}% 0, 100% 0, 100% 100%)` : "";
    for (const [part, value] of [["first", first], ["last", end], ["ramp", full]]) {
      const knob = ends[part];
      knob.style.left = share(value);
      knob.setAttribute("aria-valuenow", value);
      knob.setAttribute("aria-valuemax", data.epochs);
      knob.setAttribute("aria-valuetext", `epoch ${value}`);
    }
    warm.style.width = share(data.warmUp);
    track.title = spoken(name, phase, data.epochs);
  }

  /** Where the run is, where tasks stopped, and which of them the batches trained. */
  function mark() {
    const now = rows.querySelector(".now"), told = news.epoch ?? 0, stops = stopsOf(news.stopped, data.tasks.length);
    now.hidden = !told;
    now.style.left = share(told);
    data.tasks.forEach((task, at) => {
      lines[at].stops.replaceChildren(...stops[at].map((epoch) => {
        const flag = Object.assign(document.createElement("div"), { className: "stop", title: `${task.name} stopped early after epoch ${epoch}` });
        flag.style.left = share(epoch);
        return flag;
      }));
    });
    const early = data.tasks.filter((_, at) => stops[at].length).map((task) => task.name);
    const text = [sharesOf(news.batches, data.tasks.map((task) => task.name)), early.length ? `Stopped early: ${early.join(", ")}.` : ""];
    const words = text.filter(Boolean).join(" ");
    if (note.textContent !== words) note.textContent = words;
  }

  function line(name, at) {
    const make = (className, tag = "div") => Object.assign(document.createElement(tag), { className });
    const [row, label, track, bar, warm, stops] = ["row", "name", "track", "bar", "warm", "stops"].map((each) => make(each));
    label.textContent = label.title = name;
    const ends = Object.fromEntries(Object.keys(PARTS).map((part) => {
      const knob = make(`end ${part}`, "button");
      knob.type = "button";
      knob.setAttribute("role", "slider");
      knob.setAttribute("aria-label", `${PARTS[part]} of ${name}`);
      knob.setAttribute("aria-valuemin", 0);
      knob.onpointerdown = (event) => grab(event, at, part);
      knob.onkeydown = (event) => press(event, at, part);
      return [part, knob];
    }));
    bar.onpointerdown = (event) => grab(event, at, "whole");
    track.append(bar, warm, ends.ramp, ends.first, ends.last, stops);
    row.append(label, track);
    return { row, track, bar, warm, ends, stops };
  }

  function change(at, part, epoch) {
    phases = phases.map((phase, each) => (each === at ? moved(phase, part, epoch, data.epochs) : phase));
    arrange(lines[at], phases[at], names()[at]);
  }

  function send(words) {
    said.textContent = words;
    post.put({ tasks: Object.fromEntries(data.tasks.map((task, each) => [task.name, phases[each]])), shared: phases.at(-1) });
  }

  const told = (at) => spoken(names()[at], phases[at], data.epochs);

  function grab(event, at, part) {
    if (event.button !== 0 || drag !== null) return;
    const target = event.currentTarget, box = lines[at].track.getBoundingClientRect();
    const epochAt = (x) => ((x - box.left) / box.width) * data.epochs;
    const before = phases[at], offset = part === "whole" ? epochAt(event.clientX) - endsOf(before, data.epochs)[0] : 0;
    event.preventDefault();
    target.focus();
    target.setPointerCapture(event.pointerId);
    drag = target;
    target.onpointermove = (move) => {
      phases = phases.map((phase, each) => (each === at ? before : phase));
      change(at, part, epochAt(move.clientX) - offset);
    };
    const over = (kept) => {
      target.onpointermove = target.onpointerup = target.onpointercancel = null;
      drag = null;
      if (kept && JSON.stringify(before) !== JSON.stringify(phases[at])) send(told(at));
      else if (!post.waiting) take(data);
    };
    target.onpointerup = () => over(true);
    target.onpointercancel = () => over(false);
  }

  function press(event, at, part) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const value = Number(lines[at].ends[part].getAttribute("aria-valuenow")), to = keyed(event.key, event.shiftKey, value, data.epochs);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation(); // meant for what is here, not for the transport bar
    change(at, part, to);
    send(told(at));
  }

  function dress() {
    const [r, g, b] = (getComputedStyle(root).backgroundColor.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
    const dark = 0.299 * r + 0.587 * g + 0.114 * b < 110;
    root.classList.toggle("dark", dark);
    lines.forEach(({ row }, at) => row.style.setProperty("--c", data.tasks[at]?.colors[dark ? 1 : 0] ?? "var(--soft)"));
  }

  const themes = setInterval(() => data && dress(), 700);

  function unmount() {
    post.stop();
    unfollow();
    clearInterval(themes);
  }

  return shown;
}
