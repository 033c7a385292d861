// Goes through all that the page can show of walks, and writes what it found as JSON: `node through.mjs walks.json`.
// For each walk: steps seen, sums written, gradients of weights and those handed on, as the page works them out, by key.

import { readFileSync } from "node:fs";
import { readMatrices } from "../../../../pages/parts/walkthrough/matrices.js";
import { backwardOf, forwardOf, idOf, mapOf } from "../../../../pages/parts/walkthrough/order.js";
import { sentenceOf } from "../../../../pages/parts/walkthrough/sentences.js";
import { viewOf } from "../../../../pages/parts/walkthrough/views.js";

const numbers = (matrix) => Array.from({ length: matrix.rows }, (_, row) => Array.from({ length: matrix.cols }, (_, col) => matrix.at(row, col)));

function through(told) {
  const walk = { ...told, book: readMatrices(told.matrices) }, found = { forward: [], back: {}, texts: [], changes: {}, handed: {}, hands: [], items: [], notes: [], copies: [] };
  found.map = mapOf(walk).boxes.length;
  for (const task of [null, ...told.tasks.map((_, at) => at)]) {
    const [forward, back] = [forwardOf(walk, task), backwardOf(walk, task)];
    found.forward.push(forward.map(idOf));
    found.back[task ?? "all"] = back.map(idOf);
    for (const step of [...forward, ...back]) {
      const copies = viewOf(step, walk, 0, task).copies?.count ?? 1;
      for (let which = 0; which < copies; which++) look(step, viewOf(step, walk, which, task), walk, task, which, found);
    }
  }
  return found;
}

function look(step, view, walk, task, which, found) {
  found.notes.push([idOf(step), view.note ?? ""]);
  if (view.copies) found.copies.push([idOf(step), view.copies]);
  const sentence = sentenceOf({ step: { ...step, firstOne: view.firstOne }, walk, x: view.x, z: view.z });
  if (!sentence || /undefined|NaN/.test(sentence)) throw new Error(`${idOf(step)}: ${sentence}`);
  for (const each of view.lines.flat()) found.items.push([idOf(step), each.table ?? each.formula ?? null]);
  for (const block of view.lines.flat().flatMap((each) => each.stack ?? [each]).filter((each) => each.id)) {
    if (block.rows.size !== block.matrix.rows || block.cols.size !== block.matrix.cols) throw new Error(`${idOf(step)}: ${block.id} has ${block.matrix.rows} x ${block.matrix.cols}, axes ${block.rows.size} x ${block.cols.size}`);
    const shown = numbers(block.matrix);
    const unknown = (row) => block.id === "t" && step.kind === "loss" && step.rows[row] === null;
    if (shown.some((line, row) => !unknown(row) && line.some((value) => !Number.isFinite(value)))) throw new Error(`${idOf(step)}: ${block.id} has no numbers`);
    if (step.back && task !== null && block.id === "dw") found.changes[`${task} ${step.w} ${which}`] = shown;
    if (step.back && task !== null && block.id === "d" && !block.hands) found.handed[`${task} ${step.in[0]} ${which} ${idOf(step)}`] = shown;
    if (block.hands && task !== null) found.hands.push([task, block.hands.key, block.hands.copy, idOf(step), shown]);
    if (!block.explain) continue;
    for (const [row, col] of [[0, 0], [block.matrix.rows - 1, block.matrix.cols - 1]]) {
      const { text, lit } = block.explain(row, col);
      if (/undefined|NaN|–$/.test(text)) throw new Error(`${idOf(step)}: ${text}`);
      if (!Object.keys(lit).length) throw new Error(`${idOf(step)} lights nothing`);
      found.texts.push([idOf(step), block.id, block.matrix.at(row, col), text]);
    }
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(process.argv[2], "utf8")).map(through)));
