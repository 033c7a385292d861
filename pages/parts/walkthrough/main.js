// The component: a stepper through a walk. One instance lives per mounting point and survives reruns. It asks the server for the walk of
// the rows that are chosen, again each second while the network trains, and draws everything itself.

import { listen } from "../live/listen.js";
import { createAsker, cutText, rowsOf, rowsText } from "./asker.js";
import { drawMap } from "./chart.js";
import { element, formulaOf, gridOf, light, tableOf } from "./grid.js";
import { readMatrices } from "./matrices.js";
import { backwardOf, boxOf, forwardOf, idOf } from "./order.js";
import { sentenceOf } from "./sentences.js";
import { askInside, insideAddress } from "./talk.js";
import { newsOf } from "./news.js";
import { viewOf } from "./views.js";
import { whoseNote } from "./whose.js";
import { scrolled } from "./windows.js";

const EACH = 1000; // ms between two looks at a network that trains
const BEGIN = 4; // rows at first
const POINT = "Point at a number of the result, or go there with Tab and the arrow keys, to see what it is a sum of.";
const STILL = "These numbers are told as they are: each is no single sum of what stands here.";
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const TYPED = "input[type=text], select";
const instances = new WeakMap();

/** Where the buttons of each axis stand: below the last matrix that has it as columns, else as rows. */
function ownersOf(blocks) {
  const found = new Map();
  for (const each of blocks) if (!found.get(each.rows.id)?.endsWith("column")) found.set(each.rows.id, `${each.id} row`);
  for (const each of blocks) found.set(each.cols.id, `${each.id} column`);
  return found;
}

const kept = new Map(); // where one was, by run: another page in between does not end it

export default function ({ data, parentElement }) {
  const shown = instances.get(parentElement) ?? mount(parentElement);
  instances.set(parentElement, shown);
  shown.show(data);
  return () => {
    shown.unmount();
    instances.delete(parentElement);
  };
}

function mount(parentElement) {
  const root = parentElement.querySelector(".inside"), find = (name) => root.querySelector(`.${name}`);
  const at = { rows: [0], onward: BEGIN, lane: 0, task: null, back: false, id: null, box: null, which: 0, starts: {}, asked: null, follow: true };
  let data = null, walk = null, steps = [], view = null, mark = null, latest = "", asked = "", mapKey = "", pointed = null, due = 0, timer = null, unfollow = () => {}, seen = "", look = null;
  const asker = createAsker((question) => askInside(insideAddress(data.run), question), take, fail);

  function show(told) {
    const fresh = data?.run !== told.run, changed = data?.version !== told.version;
    data = told;
    if (fresh) {
      unfollow();
      Object.assign(at, kept.get(data.run) ?? {});
      kept.set(data.run, at);
      unfollow = listen(data.run, (channel) => hear(newsOf(channel)));
    }
    at.lane = Math.min(at.lane, lanes() - 1);
    if (at.task !== null && at.task >= data.tasks.length) at.task = null;
    controls();
    if (fresh || changed) ask();
  }

  const lanes = () => data.replicas * (data.twin ? 2 : 1);

  function ask() {
    due = performance.now() + EACH;
    asked = latest;
    asker.ask({ rows: at.rows, onward: at.onward, lane: at.lane, step: at.asked, back: at.back });
  }

  /** News of the run: looks again where it has gone on, at most once a second. */
  function hear({ step, state }) {
    latest = state;
    if (walk !== null) moment(step);
    if (walk === null || latest === asked || !at.follow || asker.busy || timer !== null || document.hidden) return;
    timer = setTimeout(() => {
      timer = null;
      ask();
    }, Math.max(0, due - performance.now()));
  }

  function take(told, question) {
    find("trouble").hidden = true;
    if (walk === null && document.activeElement?.matches("body, a")) find("slider").focus({ preventScroll: true }); // arrows are for it
    walk = { ...told, book: readMatrices(told.matrices) };
    if (question.onward) [at.rows, at.onward] = [walk.table.map((row) => row.number - 1), 0];
    const field = find("rows");
    if (root.getRootNode().activeElement !== field) field.value = rowsText(walk.table.map((row) => row.number));
    moment(walk.step);
    render();
  }

  function fail(message) {
    find("waiting").hidden = true;
    Object.assign(find("trouble"), { hidden: false, textContent: message });
  }

  /** Whether what is shown is of the latest step. */
  function moment(step) {
    const old = step !== walk.step;
    find("moment").textContent = `after ${walk.step.toLocaleString("en")} training steps${old ? `; it is at ${step.toLocaleString("en")} by now` : ""}`;
    find("now").disabled = !old;
  }

  // -- where one is -------------------------------------------------------------------------------------------------

  const here = () => steps.find((step) => idOf(step) === at.id) ?? steps[0];

  function order() {
    steps = at.back ? backwardOf(walk, at.task) : forwardOf(walk, at.task);
  }

  function go(to) {
    if (walk === null || (at.back && !walk.back)) return;
    const place = Math.max(0, Math.min(steps.length - 1, to));
    if (steps[place] === here()) return;
    at.id = idOf(steps[place]);
    [at.which, pointed] = [0, null];
    render();
  }

  const by = (count) => go(steps.indexOf(here()) + count);

  function turn(back) {
    if (at.back === back || walk === null) return;
    at.box = boxOf(here());
    at.back = back;
    [at.which, pointed] = [0, null];
    if (back && !walk.back) ask(); // gradients are told only to those who look at them
    render();
  }

  function branch(task) {
    const box = walk && boxOf(here());
    at.task = task;
    pointed = null;
    if (walk === null || (at.back && !walk.back)) return;
    order();
    if (!steps.some((step) => idOf(step) === at.id)) at.id = idOf(steps.find((step) => boxOf(step) === box) ?? nearest(box));
    render();
  }

  /** The step that stands where another one stood: of a task's own branch the same of the other's. */
  function nearest(box) {
    const boxes = [...new Set(walk.steps.map(boxOf))], before = boxes.slice(0, boxes.indexOf(box)).reverse();
    return steps.find((step) => before.includes(boxOf(step)) && boxOf(step) === before.find((each) => steps.some((other) => boxOf(other) === each))) ?? steps[0];
  }

  // -- drawing ------------------------------------------------------------------------------------------------------

  function render() {
    find("forward").setAttribute("aria-pressed", !at.back);
    find("backward").setAttribute("aria-pressed", at.back);
    find("waiting").hidden = walk !== null && (walk.back || !at.back);
    if (walk === null || (at.back && !walk.back)) {
      for (const name of ["first", "back", "next", "last"]) find(name).disabled = true;
      return;
    }
    dress();
    order();
    if (at.box) at.id = idOf(steps.find((step) => boxOf(step) === at.box) ?? steps[0]);
    at.box = null;
    const step = here(), place = steps.indexOf(step);
    at.id = idOf(step);
    view = viewOf(step, walk, at.which, at.task);
    fetchWhole(step);
    const slider = find("slider");
    [slider.max, slider.value] = [steps.length, place + 1];
    slider.setAttribute("aria-valuetext", `${place + 1} of ${steps.length}: ${step.title}`);
    find("count").textContent = `${place + 1} / ${steps.length}`;
    for (const name of ["first", "back"]) find(name).disabled = place === 0;
    for (const name of ["next", "last"]) find(name).disabled = place === steps.length - 1;
    const owner = find("title");
    owner.textContent = heading(step);
    owner.style.setProperty("--c", step.owner === null ? "transparent" : look.colors[step.owner]);
    find("sentence").textContent = sentenceOf({ step: { ...step, firstOne: view.firstOne, output: /^output/.test(step.name) }, walk, x: view.x, z: view.z });
    find("note").textContent = [view.note, whoseNote(step, walk, at.task)].filter(Boolean).join(" ");
    copies();
    lines();
    map(step);
  }

  function heading(step) {
    const what = { product: "weights and bias", norm: "batch norm", bend: "activation", meeting: "where the tasks' gradients meet" }[step.kind];
    return `${step.title}${what ? `: ${what}` : ""}`;
  }

  /** Large matrices are told of one step at a time. */
  function fetchWhole(step) {
    if (at.asked !== step.place) at.asked = null;
    if (!step.w || !walk.book.get(step.w)?.missing || at.asked === step.place) return;
    at.asked = step.place;
    ask();
  }

  function copies() {
    const box = find("copies"), told = view.copies;
    box.hidden = !told;
    if (!told) return;
    at.which = Math.min(at.which, told.count - 1);
    const name = (which) => told.label?.(which) ?? which + 1;
    box.replaceChildren(...Array.from({ length: told.count }, (_, which) => {
      const made = element("button", { type: "button", "aria-pressed": `${which === at.which}` }, `${told.what} ${name(which)}`);
      made.onclick = () => {
        at.which = which;
        render();
      };
      made.dataset.focus = `copy ${which}`;
      return made;
    }));
  }

  function lines() {
    const shadow = root.getRootNode(), focus = shadow.activeElement, box = focus?.closest?.("[data-block]")?.dataset.block;
    const again = focus?.dataset?.focus, cell = box && focus.dataset.row !== undefined ? [box, focus.dataset.row, focus.dataset.col] : null;
    const start = (axis) => at.starts[axis.id] ?? 0;
    const onScroll = (axis, pages) => {
      at.starts[axis.id] = scrolled(axis.size, start(axis), pages);
      render();
    };
    const owner = ownersOf(blocks()), owns = (each) => (axis, word) => owner.get(axis.id) === `${each.id} ${word}`;
    const block = (each) => (each.table ? tableOf(each.table) : each.formula ? formulaOf(each.formula) : gridOf(each, look, start, onScroll, owns(each)));
    const item = (each) => (typeof each === "string" ? element("span", { class: "sign", "aria-hidden": "true" }, each)
      : each.stack ? element("div", { class: "stack" }, ...each.stack.map(item)) : block(each));
    find("lines").replaceChildren(...view.lines.map((line) => element("div", { class: "line" }, ...line.map(item))));
    if (again) root.querySelector(`[data-focus="${CSS.escape(again)}"]`)?.focus();
    if (cell) cellAt(...cell)?.focus();
    explain();
  }

  const cellAt = (box, row, col) => root.querySelector(`[data-block="${box}"] td[data-row="${row}"][data-col="${col}"]`);

  const blocks = () => view.lines.flat().flatMap((each) => each.stack ?? [each]).filter((each) => each.id);

  function point(cell) {
    const box = cell?.closest("[data-block]")?.dataset.block;
    const next = cell && blocks().find((each) => each.id === box)?.explain ? { box, row: Number(cell.dataset.row), col: Number(cell.dataset.col) } : null;
    if (next === null && pointed === null) return;
    pointed = next ?? pointed;
    explain();
  }

  /** The sum of the number that was pointed at last, of the numbers as they are now. */
  function explain() {
    const summed = blocks().filter((each) => each.explain && !each.matrix.missing), sum = find("sum");
    const block = pointed && summed.find((each) => each.id === pointed.box);
    sum.hidden = !blocks().length;
    if (!block || pointed.row >= block.matrix.rows || pointed.col >= block.matrix.cols) {
      sum.textContent = summed.length ? POINT : blocks().length ? STILL : "";
      light(root, null);
      return;
    }
    const { text, lit } = block.explain(pointed.row, pointed.col);
    const names = [[block.rows, pointed.row], [block.cols, pointed.col]].map(([axis, place]) => `${(axis.spoken ?? axis.label)(place)}`).filter(Boolean);
    sum.replaceChildren(element("b", {}, `${names.join(", ")}: `), text);
    light(root, lit);
  }

  function map(step) {
    const key = JSON.stringify([walk.steps.map((each) => [idOf(each), each.from]), look.colors]);
    if (key !== mapKey) {
      mapKey = key;
      mark = drawMap(find("map"), walk, look.colors, (id) => {
        const first = steps.find((each) => boxOf(each) === id);
        if (first) go(steps.indexOf(first));
      });
    }
    mark(step, new Set(steps.map(boxOf)));
  }

  // -- controls -----------------------------------------------------------------------------------------------------

  function controls() {
    const other = dress();
    const key = JSON.stringify([data.tasks, data.replicas, data.twin, look.dark]);
    find("networks").hidden = lanes() < 2;
    if (key !== seen) {
      seen = key;
      const name = (lane) => (lane < data.replicas ? `${data.replicas > 1 ? `replica ${lane + 1}` : "with activations"}` : `${data.replicas > 1 ? `replica ${lane - data.replicas + 1}, ` : ""}without activations`);
      find("network").replaceChildren(...Array.from({ length: lanes() }, (_, lane) => element("option", { value: `${lane}` }, name(lane))));
      const chip = (task) => {
        const made = element("button", { type: "button" }, task === null ? "all tasks" : data.tasks[task].name);
        if (task !== null) made.style.setProperty("--c", look.colors[task]);
        made.onclick = () => {
          branch(task);
          chips();
        };
        return made;
      };
      find("tasks").hidden = data.tasks.length < 2;
      find("tasks").replaceChildren(chip(null), ...data.tasks.map((_, task) => chip(task)));
    }
    find("network").value = `${at.lane}`;
    find("follow").checked = at.follow;
    chips();
    if (other && walk !== null) render(); // in other colours
  }

  function chips() {
    [...find("tasks").children].forEach((made, place) => made.setAttribute("aria-pressed", `${place === (at.task === null ? 0 : at.task + 1)}`));
  }

  function choose(rows, onward = 0, said = "") {
    find("limit").textContent = said;
    [at.rows, at.onward] = [rows, onward];
    ask();
  }

  find("first").onclick = () => go(0);
  find("back").onclick = () => by(-1);
  find("next").onclick = () => by(1);
  find("last").onclick = () => go(steps.length - 1);
  find("slider").oninput = (event) => go(Number(event.target.value) - 1);
  find("forward").onclick = () => turn(false);
  find("backward").onclick = () => turn(true);
  find("now").onclick = () => ask();
  find("follow").onchange = (event) => {
    at.follow = event.target.checked;
    if (at.follow) ask();
  };
  find("network").onchange = (event) => {
    at.lane = Number(event.target.value);
    ask();
  };
  find("rows").onchange = (event) => {
    const rows = rowsOf(event.target.value, data.most + 1);
    if (rows === null) fail("Rows should be numbers such as 3, 7-9.");
    else choose(rows.slice(0, data.most).map((row) => row - 1), 0, cutText(rows, data.most));
  };
  const count = () => (walk === null ? BEGIN : walk.table.length);
  find("more").onclick = () => walk && choose([walk.table.at(-1).number % walk.of], count());
  find("fewer").onclick = () => walk && choose([Math.max(0, walk.table[0].number - 1 - count())], count());

  const cellOfEvent = (event) => event.composedPath().find((each) => each.matches?.("td[data-row]"));
  find("lines").addEventListener("pointerover", (event) => point(cellOfEvent(event)));
  find("lines").addEventListener("click", (event) => cellOfEvent(event)?.closest(".result") && cellOfEvent(event).focus());
  find("lines").addEventListener("focusin", (event) => point(cellOfEvent(event)));
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.composedPath().some((each) => each.matches?.(TYPED))) return;
    const cell = cellOfEvent(event), arrow = ARROWS[event.key];
    if (cell && arrow) {
      const body = [...cell.closest("tbody").rows], line = body.indexOf(cell.parentElement) + arrow[0], place = cell.cellIndex + arrow[1];
      const next = body[line]?.cells[place];
      if (next?.dataset.row !== undefined) next.focus();
    } else if (event.key === "ArrowRight") by(1);
    else if (event.key === "ArrowLeft") by(-1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(steps.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation(); // meant for what is here, not for the transport bar
  });
  root.addEventListener("pointerdown", (event) => {
    if (!event.composedPath().some((each) => each.matches?.("button, input, select, td[data-row]"))) find("slider").focus({ preventScroll: true });
  });

  function dress() {
    const style = getComputedStyle(root), numbers = (text) => (text.match(/[\d.]+/g) ?? [128, 128, 128]).slice(0, 3).map(Number);
    const [paper, ink] = [numbers(style.backgroundColor), numbers(style.color)], dark = 0.299 * paper[0] + 0.587 * paper[1] + 0.114 * paper[2] < 110;
    const key = `${paper}|${ink}|${data.tasks.map((task) => task.colors)}`;
    if (look?.key === key) return false;
    look = { key, paper, ink, dark, colors: data.tasks.map((task) => task.colors[dark ? 1 : 0]) };
    root.classList.toggle("dark", dark);
    return true;
  }

  const themes = setInterval(() => {
    if (data && dress()) {
      controls();
      render();
    }
  }, 700);

  function unmount() {
    clearInterval(themes);
    clearTimeout(timer);
    asker.stop();
    unfollow();
  }

  return { show, unmount };
}
