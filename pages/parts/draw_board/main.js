// The component: a canvas to draw on, and its controls. One instance lives per mounting point and survives reruns. What is drawn
// shows at once and is sent when a stroke ends; until the server has heard of the last stroke, what it shows is not taken.

import { cleared, keyOf, withClasses, withInputs, withKind, withName, withoutTask, withTask, rounded, LETTERS } from "./board.js";
import { createHistory } from "./history.js";
import { createMail } from "./mail.js";
import { createStroke } from "./stroke.js";
import { readLook } from "./looks.js";
import { drawBoard, frameOf } from "./picture.js";
import { createPanel, write } from "./panel.js";

const REACH = 9, STEP = 0.04, FINE = 0.01; // px that a click may miss a point by; of the keyboard's cursor
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const HOW = {
  brush: "Click for one point, drag for a spray. Points under the brush get this task's answer; hollow ones have none yet.",
  eraser: "Takes this task's answers away; hollow points go. What answers another task stays.",
};
const instances = new WeakMap();
let kept = null; // the history of the board that was here last: another page in between does not end it

export default function ({ data, parentElement, setTriggerValue }) {
  const drawing = instances.get(parentElement) ?? mount(parentElement);
  instances.set(parentElement, drawing);
  drawing.trigger = setTriggerValue;
  drawing.show(data);
  return () => {
    drawing.unmount();
    instances.delete(parentElement);
  };
}

function mount(parentElement) {
  const root = parentElement.querySelector(".drawing"), find = (name) => root.querySelector(name);
  const [canvas, empty, how, says, said] = [".canvas", ".empty", ".how", ".says", ".said"].map(find), ctx = canvas.getContext("2d");
  const hand = { tool: "brush", class: 0, value: 0.5, width: 12, density: 8 };
  const drawing = { trigger: null, show, unmount };
  let history = null, task = 0, data = null, stroke = null, pointer = null, cursor = null, frame = 0, note = "", seen = "";

  const same = (a, b) => keyOf(a) === keyOf(b);
  const board = () => stroke?.board ?? history.present;
  const mail = createMail(({ inputs, tasks, drawn }, n) => drawing.trigger("drawn", { inputs, tasks, drawn, n }), () => adopt());
  const change = (make) => take(make(history.present));
  const panel = createPanel(find(".panel"), {
    inputs: (count) => change((now) => withInputs(now, count)),
    choose: (to) => {
      task = to;
      render();
    },
    add: () => {
      change(withTask);
      task = history.present.tasks.length - 1;
      render();
    },
    remove: (at) => change((now) => withoutTask(now, at)),
    rename: (at, name) => change((now) => withName(now, at, name)),
    kind: (at, kind) => change((now) => withKind(now, at, kind)),
    classes: (at, count) => change((now) => withClasses(withKind(now, at, "classes"), at, count)),
    hand: (fields) => {
      Object.assign(hand, fields, "class" in fields || "value" in fields ? { tool: "brush" } : {});
      render();
    },
    undo: () => turn(history.undo(), "Undone"),
    redo: () => turn(history.redo(), "Done again"),
    clear: () => {
      change(cleared);
      speak("The board is empty.");
    },
    say: tell,
  });

  /** A new state of the board: remembered and sent. */
  function take(next) {
    if (history.push(next)) mail.put(history.present);
    render();
  }

  function turn(turned, word) {
    if (!turned) return;
    mail.put(history.present);
    speak(`${word}: ${history.present.drawn.length} points.`);
    render();
  }

  function show(latest) {
    data = latest;
    if (history === null) history = kept !== null && same(kept.present, data.board) ? kept : createHistory(data.board, same);
    kept = history;
    mail.heard(data.heard);
    adopt();
  }

  /** Shows what the server has, unless there is something newer here. */
  function adopt() {
    if (!mail.waiting && stroke === null) history.push(data.board);
    render();
  }

  function speak(text) {
    said.textContent = text;
  }

  function tell(text) {
    note = text;
    speak(text);
    render();
  }

  function render() {
    const now = history.present;
    task = Math.min(task, now.tasks.length - 1);
    hand.class = Math.min(hand.class, now.tasks[task].classes - 1);
    const look = readLook(root);
    root.classList.toggle("dark", look.dark);
    panel.dress({ board: board(), task, hand, dark: look.dark, colors: data.colors, canUndo: history.canUndo, canRedo: history.canRedo });
    write(how, HOW[hand.tool]);
    write(says, note || (mail.waiting ? "" : data.says));
    const title = `Board: ${now.inputs === 1 ? "one input" : "two inputs"}, ${now.drawn.length} points, painting ${now.tasks[task].name}. Arrows move the cursor, Space draws, Delete erases.`;
    if (canvas.getAttribute("aria-label") !== title) canvas.setAttribute("aria-label", title);
    redraw();
  }

  function redraw() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      const [width, height, ratio] = [canvas.clientWidth, canvas.clientHeight, window.devicePixelRatio || 1];
      if (!width || !height || history === null) return;
      const pixels = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      const now = board();
      empty.hidden = now.drawn.length > 0;
      drawBoard(ctx, width, height, { board: now, task, look: readLook(root), pointer: pointer && { ...pointer, radius: radius(), tool: hand.tool }, cursor });
    });
  }

  const place = () => frameOf(canvas.clientWidth, canvas.clientHeight, history.present.inputs);
  const radius = () => (place().wide * hand.width) / 200;
  const answer = () => (history.present.tasks[task].kind === "value" ? hand.value : hand.class);

  function begin(tool = hand.tool) {
    const { units } = place();
    note = "";
    return createStroke(history.present, { task, tool, answer: answer(), radius: units(radius()), density: hand.density, reach: units(REACH) });
  }

  function end() {
    const { board: next, full } = stroke, before = history.present.drawn.length;
    stroke = null;
    take(next);
    if (full) tell(`There is room for ${before > next.drawn.length ? before : next.drawn.length} points: erase some first.`);
  }

  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  canvas.onpointerdown = (event) => {
    const [px, py] = spot(event), { holds, bottom, x, y } = place();
    if (event.button !== 0 || stroke !== null || !holds(px, py) || (hand.tool === "brush" && py > bottom + 8)) return;
    canvas.setPointerCapture(event.pointerId);
    cursor = null;
    stroke = begin();
    stroke.pointer = event.pointerId;
    stroke.down(x(px), y(py));
    pointer = { x: x(px), y: y(py) };
    redraw();
  };
  canvas.onpointermove = (event) => {
    const { x, y, holds } = place(), [px, py] = spot(event);
    pointer = stroke !== null || holds(px, py, 0) ? { x: x(px), y: y(py) } : null;
    if (stroke?.pointer === event.pointerId) {
      for (const each of event.getCoalescedEvents?.() ?? [event]) {
        const [ex, ey] = spot(each);
        stroke.move(x(ex), y(ey));
      }
    }
    redraw();
  };
  canvas.onpointerup = (event) => {
    if (stroke?.pointer !== event.pointerId) return;
    end();
    if (event.pointerType !== "mouse") pointer = null;
    speak(`${history.present.drawn.length} points.`);
  };
  canvas.onpointercancel = (event) => {
    if (stroke?.pointer !== event.pointerId) return;
    stroke = null; // the browser took the gesture for itself
    adopt();
  };
  canvas.onpointerleave = () => {
    if (stroke !== null) return;
    pointer = null;
    redraw();
  };
  canvas.onblur = () => {
    cursor = null;
    redraw();
  };

  function put(tool) {
    cursor ??= { x: 0, y: 0 };
    const before = history.present.drawn.length, made = begin(tool);
    made.down(cursor.x, cursor.y);
    stroke = made;
    end();
    const after = history.present.drawn.length, { kind } = history.present.tasks[task];
    const what = history.present.inputs === 1 ? "" : kind === "value" ? `, value ${hand.value}` : `, class ${LETTERS[hand.class]}`;
    speak(tool === "eraser" ? `Erased. ${after} points.` : `${after > before ? "A point" : "Answered"} at ${spoken()}${what}. ${after} points.`);
  }

  const spoken = () => (history.present.inputs === 1 ? `x ${rounded(cursor.x)}, height ${rounded(cursor.y)}` : `x ${rounded(cursor.x)}, y ${rounded(cursor.y)}`);

  canvas.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key], { tasks } = history.present, number = "12345".indexOf(event.key);
    if (arrow) {
      const step = event.shiftKey ? FINE : STEP, from = cursor ?? { x: 0, y: 0 };
      cursor = { x: rounded(from.x + step * arrow[0]), y: rounded(from.y + step * arrow[1]) };
      speak(spoken());
      redraw();
    } else if (event.key === " " || event.key === "Enter") put(hand.tool);
    else if (event.key === "Delete" || event.key === "Backspace") put("eraser");
    else if (number >= 0 && event.key.length === 1 && tasks[task].kind === "classes" && number < tasks[task].classes) {
      hand.class = number;
      speak(`Class ${LETTERS[number]}.`);
      render();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  root.onkeydown = (event) => {
    if ([" ", "Enter"].includes(event.key) || event.key.startsWith("Arrow")) event.stopPropagation(); // meant for what is here, not for the page
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.type === "text" || stroke !== null) return;
    const key = event.key.toLowerCase(), again = key === "y" || (key === "z" && event.shiftKey);
    if (!again && key !== "z") return;
    event.preventDefault();
    event.stopPropagation();
    if (again) turn(history.redo(), "Done again");
    else turn(history.undo(), "Undone");
  };

  const observer = new ResizeObserver(redraw);
  observer.observe(canvas);
  const themes = setInterval(() => {
    const { key } = readLook(root);
    if (key !== seen && history !== null) render();
    seen = key;
  }, 700);

  function unmount() {
    mail.stop();
    clearInterval(themes);
    observer.disconnect();
    cancelAnimationFrame(frame);
  }

  return drawing;
}
