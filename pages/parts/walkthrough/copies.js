// Which of several copies, rows or experts is looked at, and what they are called. Knows nothing of how they are shown.

import { strengthsOf, topOf, transposed } from "./matrices.js";

/** The choice of a copy where there are several: experts by number, tasks' copies by their names. step: the one that gives them. */
export function banked(matrix, { step, walk }) {
  if (!matrix || matrix.copies < 2) return null;
  if (/expert/.test(step.name)) return { count: matrix.copies, what: "expert" };
  const tasks = /^(own|stitch)/.test(step.name) && matrix.copies === walk.tasks.length;
  return tasks ? { count: matrix.copies, what: "", label: (at) => walk.tasks[at].name } : { count: matrix.copies, what: "copy" };
}

/** The same of a value or a gradient by its key: called as what the step that gives it is. */
export function bankedAs(key, { step, walk, whole }) {
  const value = key.replace(/^g\d*\./, ""), giver = walk.steps.find((each) => each.out === value) ?? step;
  return banked(whole(key), { step: giver, walk });
}

/** The choice of a row, where the numbers of its words are shown. */
export function byRow({ walk }) {
  return { count: walk.table.length, what: "row", label: (at) => walk.table[at].number };
}

/** The words of a row, as the names of the rows of a matrix. */
export function wordsOf({ walk, which }, matrix, id) {
  const own = walk.steps.find((each) => each.kind === "words").words[which] ?? [], shown = topOf(matrix, Math.max(own.length, 1));
  return { matrix: shown, rows: { id, size: shown.rows, label: (at) => own[at] ?? "no word", strengths: () => strengthsOf(transposed(shown)) } };
}
