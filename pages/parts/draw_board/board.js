// What is on the board, and what may be changed about it: {inputs, tasks: [{name, kind, classes}], drawn: [[x, y, ...answers]]}.
// Places and values lie from -1 to 1; an answer is a class's number, a value, or null. Pure: every change is a new board.

export const MOST_POINTS = 2000, MOST_TASKS = 3, LETTERS = "ABCDE";

/** Three digits, and no minus before nothing. */
export function rounded(value) {
  return Math.round(Math.max(-1, Math.min(1, value)) * 1000) / 1000 + 0;
}

/** Two boards with the same key are the same. */
export function keyOf({ inputs, tasks, drawn }) {
  return JSON.stringify([inputs, tasks.map(({ name, kind, classes }) => [name, kind, classes]), drawn]);
}

/** The class whose lane a height lies in; the first class is on top. */
export function laneAt(y, classes) {
  return Math.max(0, Math.min(classes - 1, Math.floor(((1 - y) / 2) * classes)));
}

/** How high a point is drawn for a task; null where it has no height, since it has no answer yet. */
export function heightOf(board, task, point) {
  if (board.inputs === 2) return point[1];
  const answer = point[2 + task], { kind, classes } = board.tasks[task];
  if (answer === null || kind === "value") return answer;
  const scatter = Math.abs(Math.sin(point[0] * 1291.7) * 43758.5) % 1; // the same for the same point, so that none hides another
  return 1 - (2 * (answer + 0.5 + 0.56 * (scatter - 0.5))) / classes;
}

/** How many points answer each task. */
export function tally({ tasks, drawn }) {
  return tasks.map((_, task) => drawn.reduce((count, point) => count + (point[2 + task] !== null), 0));
}

/** A point from one input to two gets a height: one that it had, or its first value. */
export function withInputs(board, inputs) {
  if (inputs === board.inputs) return board;
  const value = board.tasks.findIndex(({ kind }) => kind === "value");
  const drawn = inputs === 1 ? board.drawn : board.drawn.map(([x, y, ...answers]) => [x, y ?? answers[value] ?? 0, ...answers]);
  return { ...board, inputs, drawn };
}

export function withTask(board) {
  const names = new Set(board.tasks.map(({ name }) => name));
  let number = board.tasks.length + 1;
  while (names.has(`task ${number}`)) number += 1;
  return { ...board, tasks: [...board.tasks, { name: `task ${number}`, kind: "classes", classes: 2 }], drawn: board.drawn.map((point) => [...point, null]) };
}

export function withoutTask(board, task) {
  return answering({ ...board, tasks: board.tasks.toSpliced(task, 1), drawn: board.drawn.map((point) => point.toSpliced(2 + task, 1)) });
}

/** Why a name cannot be that of a task; "" where it can. */
export function wrongName(board, task, name) {
  if (!name || name.length > 40) return "A name has 1 to 40 letters.";
  if (name === "x" || name === "y") return "x and y are the inputs.";
  return board.tasks.some((other, at) => at !== task && other.name === name) ? "Another task has this name." : "";
}

export function withName(board, task, name) {
  return changed(board, task, { name });
}

/** Classes become values evenly from -1 to 1, values the class whose part of that range they lie in. */
export function withKind(board, task, kind) {
  const { kind: before, classes } = board.tasks[task];
  if (kind === before) return board;
  const turned = kind === "value" ? (answer) => rounded((2 * answer) / (classes - 1) - 1) : (answer) => Math.min(classes - 1, Math.floor(((answer + 1) / 2) * classes));
  return answered(changed(board, task, { kind }), task, turned);
}

/** Points of classes that are no more have no answer. */
export function withClasses(board, task, classes) {
  return answering(answered(changed(board, task, { classes }), task, (answer) => (answer < classes ? answer : null)));
}

export function cleared(board) {
  return { ...board, drawn: [] };
}

function changed(board, task, fields) {
  return { ...board, tasks: board.tasks.with(task, { ...board.tasks[task], ...fields }) };
}

function answered(board, task, turned) {
  return { ...board, drawn: board.drawn.map((point) => (point[2 + task] === null ? point : point.with(2 + task, turned(point[2 + task])))) };
}

/** The board without points that answer nothing. */
export function answering(board) {
  return { ...board, drawn: board.drawn.filter((point) => point.some((cell, at) => at > 1 && cell !== null)) };
}
