// The board's controls: inputs, tasks, what is painted, tools. Elements are made once and dressed anew, so that focus stays.
// Knows nothing of strokes; texts are only ever text.

import { LETTERS, MOST_POINTS, MOST_TASKS, tally, wrongName } from "./board.js";
import { classColor, css, outline } from "./looks.js";

/** A new element with fields and children. */
export function element(tag, fields = {}, ...children) {
  const { attributes = {}, ...plain } = fields, made = Object.assign(document.createElement(tag), plain);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function button(text, title, act, className = "") {
  return element("button", { type: "button", textContent: text, title, className, onclick: act });
}

/**
 * acts: {inputs(n), choose(task), add(), remove(task), rename(task, name), kind(task, kind), classes(task, n), hand(fields), undo(),
 * redo(), clear()}.
 */
export function createPanel(root, acts) {
  let shown = null;
  const inputs = [1, 2].map((count) => button(count === 1 ? "One input: x" : "Two inputs: x, y", count === 1 ? "Points lie on a line; the height is the answer." : "Points lie in a plane.", () => acts.inputs(count)));
  const rows = Array.from({ length: MOST_TASKS }, (_, task) => taskRow(task));
  const add = button("+ Add a task", "Another question about the same points.", () => acts.add(), "add");
  const name = element("input", { type: "text", maxLength: 40, autocomplete: "off", spellcheck: false, attributes: { "aria-label": "Name of the task" } });
  const kind = element("select", { attributes: { "aria-label": "What its points answer" }, title: "What the points of the task answer: a class, or a value from -1 to 1." },
    ...[2, 3, 4, 5].map((count) => new Option(`${count} classes`, String(count))), new Option("a value", "value"));
  const remove = button("Remove", "Takes the task and its answers away.", () => acts.remove(shown.task), "remove");
  const palette = element("div", { className: "palette", attributes: { role: "group", "aria-label": "What the brush paints" } });
  const swatches = [...LETTERS].map((letter, number) => swatch(letter, number));
  const value = slider("Value", -1, 1, 0.05, "What the brush paints: from -1, orange, to 1, blue.", (to) => acts.hand({ value: to }));
  const height = element("span", { className: "height", textContent: "The height of a point is its answer." });
  palette.append(...swatches, value.box, height);
  const tools = [["brush", "Brush", "Click for one point, drag for a spray of points."], ["eraser", "Eraser", "Takes the answers to this task away; hollow points go."]]
    .map(([tool, word, title]) => Object.assign(button(word, title, () => acts.hand({ tool })), { tool }));
  const width = slider("Width", 4, 40, 1, "How wide the brush and the eraser are, in % of the board.", (to) => acts.hand({ width: to }));
  const density = slider("Density", 1, 30, 1, "How many points are sprayed in a brush's width of way.", (to) => acts.hand({ density: to }));
  const [undo, redo, clear] = [button("Undo", "Ctrl+Z", () => acts.undo()), button("Redo", "Ctrl+Y", () => acts.redo()), button("Clear", "Takes all points away. Undo brings them back.", () => acts.clear())];
  const count = element("span", { className: "count", title: "So many points there are, and may be." });
  root.replaceChildren(
    group("Inputs", "pair", ...inputs),
    element("div", { className: "tasks", attributes: { role: "group", "aria-label": "Tasks: the one chosen is painted" } }, ...rows.map(({ box }) => box), add),
    element("div", { className: "edit" }, name, kind, remove),
    palette,
    element("div", { className: "tools" }, group("Tool", "pair", ...tools), width.box, density.box),
    element("div", { className: "history" }, undo, redo, clear, count),
  );

  name.onchange = () => {
    const text = name.value.trim(), wrong = wrongName(shown.board, shown.task, text);
    if (wrong) acts.say(wrong);
    else acts.rename(shown.task, text);
    if (wrong) name.value = shown.board.tasks[shown.task].name;
  };
  name.onkeydown = (event) => {
    if (event.key === "Enter") name.blur();
    event.stopPropagation();
  };
  kind.onchange = () => (kind.value === "value" ? acts.kind(shown.task, "value") : acts.classes(shown.task, Number(kind.value)));

  function taskRow(task) {
    const title = element("b"), amount = element("span");
    const box = button("", "Paint this task's answers.", () => acts.choose(task), "task");
    box.append(element("i"), title, amount);
    return { box, title, amount };
  }

  function swatch(letter, number) {
    const made = button("", `Class ${letter} (key ${number + 1})`, () => acts.hand({ class: number }), "swatch");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "-1.5 -1.5 3 3");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", outline(number));
    svg.append(path);
    made.append(svg, letter);
    made.setAttribute("aria-label", `Class ${letter}`);
    return made;
  }

  /** state: {board, task, hand, canUndo, canRedo, dark, colors}. */
  function dress(state) {
    shown = state;
    const { board, task, hand, dark, colors } = state, amounts = tally(board), chosen = board.tasks[task];
    inputs.forEach((each, at) => press(each, board.inputs === at + 1));
    rows.forEach(({ box, title, amount }, at) => {
      box.hidden = at >= board.tasks.length;
      if (box.hidden) return;
      press(box, at === task);
      box.style.setProperty("--c", colors[at][dark ? 1 : 0]);
      write(title, board.tasks[at].name);
      write(amount, `${amounts[at].toLocaleString("en")} of ${board.drawn.length.toLocaleString("en")}`);
      amount.title = "So many points answer it.";
    });
    add.hidden = board.tasks.length >= MOST_TASKS;
    if (name.getRootNode().activeElement !== name) name.value = chosen.name;
    kind.value = chosen.kind === "value" ? "value" : String(chosen.classes);
    remove.disabled = board.tasks.length < 2;
    const lanes = board.inputs === 1;
    swatches.forEach((each, number) => {
      each.hidden = lanes || chosen.kind === "value" || number >= chosen.classes;
      if (each.hidden) return;
      press(each, number === hand.class);
      each.style.setProperty("--c", css(classColor(number, chosen.classes, dark)));
    });
    value.box.hidden = lanes || chosen.kind !== "value";
    height.hidden = !lanes;
    value.show(hand.value);
    tools.forEach((each) => press(each, each.tool === hand.tool));
    width.show(hand.width);
    density.show(hand.density);
    undo.disabled = !state.canUndo;
    redo.disabled = !state.canRedo;
    clear.disabled = !board.drawn.length;
    write(count, `${board.drawn.length.toLocaleString("en")} of ${MOST_POINTS.toLocaleString("en")}`);
  }

  return { dress };
}

function group(label, className, ...children) {
  return element("div", { className, attributes: { role: "group", "aria-label": label } }, ...children);
}

function slider(label, low, high, step, title, set) {
  const input = element("input", { type: "range", min: low, max: high, step, attributes: { "aria-label": label } });
  const output = element("output");
  const show = (value) => {
    if (Number(input.value) !== value) input.value = value;
    write(output, String(value).replace("-", "−"));
  };
  input.oninput = () => set(Number(input.value));
  return { box: element("label", { className: "slider", title }, element("span", { textContent: label }), input, output), show };
}

function press(button, on) {
  const text = String(on);
  if (button.getAttribute("aria-pressed") !== text) button.setAttribute("aria-pressed", text);
}

/** Text that is written only when it changes: what is being read aloud stays. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
