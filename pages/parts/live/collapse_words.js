// What a network without activations comes to, in words: one line, or one matrix.

import { briefText, NONE, numberText } from "./format.js";

const changing = (value) => ({ number: numberText(value) });

/** " + 0.456" or " − 0.456" behind a product, as parts. */
function signed(value) {
  return [value < 0 ? " \u2212 " : " + ", changing(Number.isFinite(value) ? Math.abs(value) : null)];
}

/** The answer that a logit is of, and what a logit is. */
function said(task) {
  return `\u201c${task.classes?.[1] ?? "yes"}\u201d (above 0 it is the answer)`;
}

/** How far what is computed layer by layer lies off. */
function agreement(gap, twin) {
  const who = twin ? "Its twin, computed layer by layer," : "The network itself";
  if (gap === 0) return [` ${who} says exactly the same.`];
  return [` ${who} says the same to within `, { keep: [{ number: Number.isFinite(gap) ? briefText(Number(gap.toPrecision(1))) : NONE, loose: true }, "."] }];
}

/**
 * The sentence about `told`, the collapse of a task, as parts: text, {number: text} for what changes while it trains (`loose`: of any
 * width), or {keep: [parts]} for what stays on one line. `twin`: it is of the twin, not of the network itself.
 */
export function collapseParts(task, told, twin) {
  const lead = "Without activations all its layers are one ";
  const [says, is] = task.kind === "regression" ? ["", "y = "] : [`the logit of ${said(task)} is `, ""];
  if ("slope" in told) {
    const line = { keep: [is, changing(told.slope), "\u00b7x", ...signed(told.intercept), "."] };
    return [`${lead}line: ${says}`, line, ...agreement(told.gap, twin)];
  }
  const [rows, columns] = told.shape ?? [told.matrix?.length ?? 0, told.matrix?.[0]?.length ?? 0];
  const gives = { regression: "", binary: `, which gives the logit of ${said(task)}`, multiclass: ", which gives each class its logit (the highest is the answer)" }[task.kind];
  return [`${lead}${rows} \u00d7 ${columns} matrix${gives ?? ""}.`, ...agreement(told.gap, twin)];
}

const MOST_ROWS = 14;
export const BIAS = "bias, always added";

/** A collapse's matrix as a table: {columns: [title], rows: [{name, values}], more: rows left out}; null without a matrix. */
export function matrixTable(task, told, features = null) {
  if (!told.matrix?.length) return null;
  const wide = told.matrix[0].length;
  const columns = Array.from({ length: wide }, (_, at) => (task.kind === "multiclass" ? task.classes?.[at] : task.kind === "binary" ? "logit" : task.name) ?? `output ${at + 1}`);
  const named = features?.length === told.matrix.length ? features : told.matrix.map((_, at) => `input ${at + 1}`);
  const rows = told.matrix.slice(0, MOST_ROWS).map((values, at) => ({ name: named[at], values }));
  if (told.bias) rows.push({ name: BIAS, values: told.bias });
  return { columns, rows, more: Math.max(0, told.matrix.length - MOST_ROWS) };
}
