// The component: counts above, a table that scrolls by itself below. One instance lives per mounting point and survives
// reruns, with its scroll position, search and focus. Knows nothing of documents: it sends a mark, and shows what comes back.

import { ROLES, tally } from "./roles.js";
import { isFound } from "./find.js";
import { added, expected, message, unanswered } from "./pending.js";
import { column, dress } from "./column.js";
import { icon } from "./icons.js";

const MANY = 12; // from so many columns on there is a search
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const marks = instances.get(parentElement) ?? mount(parentElement);
  instances.set(parentElement, marks);
  marks.trigger = setTriggerValue;
  marks.show(data.spec, data.height);
  return () => {
    marks.unmount();
    instances.delete(parentElement);
  };
}

function mount(parentElement) {
  const root = parentElement.querySelector(".marks");
  const [counts, find, rows, table, said] = [".counts", ".find", ".rows", ".table", ".said"].map((name) => root.querySelector(name));
  const elements = new Map();
  let spec = null, pending = [], number = Date.now(), late = 0;
  const marks = { trigger: null, show, unmount };

  function send(op) {
    number += 1;
    pending = added(pending, op, performance.now());
    marks.trigger("mark", message(pending, number));
    render();
    clearTimeout(late);
    late = setTimeout(render, 6500); // what was refused is shown as it was
  }

  const mark = (name, role) => {
    send({ op: "mark", column: name, role });
    said.textContent = `${name} is now ${ROLES[role].now}.`;
  };
  const choose = (name, kind) => send({ op: "kind", column: name, kind });

  function show(latest, height) {
    const others = spec && latest.columns.map((each) => each.name).join("\n") !== spec.columns.map((each) => each.name).join("\n");
    spec = latest;
    root.style.height = `${height}px`;
    if (others) {
      find.value = "";
      table.scrollTo(0, 0);
    }
    render();
  }

  function render() {
    pending = unanswered(pending, spec.columns, performance.now());
    const columns = expected(spec.columns, pending, spec.coming);
    const names = new Set(columns.map((each) => each.name));
    for (const [name, made] of elements) {
      if (names.has(name)) continue;
      made.remove();
      elements.delete(name);
    }
    columns.forEach((each, place) => {
      const made = elements.get(each.name) ?? column(mark, choose);
      elements.set(each.name, made);
      dress(made, each, spec.kinds);
      if (table.children[place] !== made) table.insertBefore(made, table.children[place] ?? null);
    });
    find.hidden = columns.length <= MANY;
    search();
    rows.textContent = spec.rows > spec.columns[0]?.cells.length ? `first ${spec.columns[0].cells.length} of ${spec.rows.toLocaleString("en")} rows` : `${spec.rows} rows`;
    summary(columns);
    showEdge();
  }

  /** Whether columns lie beyond the right edge. */
  function showEdge() {
    root.classList.toggle("more", table.scrollLeft + table.clientWidth < table.scrollWidth - 2);
  }
  table.onscroll = showEdge;
  const watched = new ResizeObserver(showEdge);
  watched.observe(table);

  function summary(columns) {
    const numbers = tally(columns.map((each) => each.role));
    const words = { input: ["input", "inputs"], task: ["task", "tasks"], ignore: ["ignored", "ignored"] };
    const items = Object.keys(ROLES).map((role) => {
      const made = document.createElement("span"), amount = document.createElement("b");
      amount.textContent = numbers[role];
      made.className = `count is-${role}`;
      made.append(icon(role), amount, ` ${words[role][numbers[role] === 1 ? 0 : 1]}`);
      return made;
    });
    items.splice(2, 0, ...columns.filter((each) => each.role === "task").map(jump));
    const at = [...counts.children].indexOf(parentElement.activeElement);
    counts.replaceChildren(...items);
    if (at >= 0) counts.children[at]?.focus?.({ preventScroll: true });
  }

  /** The name of a task, which brings its column into sight. */
  function jump(task) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "jump", textContent: task.name, title: `Show the column ${task.name}` });
    made.style.setProperty("--light", task.color[0]);
    made.style.setProperty("--dark", task.color[1]);
    made.onclick = () => {
      const there = elements.get(task.name);
      there.hidden = false;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      table.scrollTo({ left: there.offsetLeft - (table.clientWidth - there.offsetWidth) / 2, behavior: calm ? "auto" : "smooth" });
    };
    return made;
  }

  function search() {
    const text = find.hidden ? "" : find.value;
    for (const [name, made] of elements) made.hidden = !isFound(name, text);
  }
  find.oninput = search;

  root.onkeydown = (event) => {
    if ([" ", "Enter"].includes(event.key)) event.stopPropagation(); // meant for a button here, not for the page
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !event.target.classList.contains("mark")) return;
    event.stopPropagation();
    event.preventDefault();
    const shown = [...table.children].filter((each) => !each.hidden);
    const next = shown[shown.indexOf(event.target.closest(".column")) + step];
    next?.querySelector(".mark").focus({ preventScroll: true });
    next?.scrollIntoView({ inline: "nearest", block: "nearest" });
  };

  function unmount() {
    clearTimeout(late);
    watched.disconnect();
  }

  return marks;
}
