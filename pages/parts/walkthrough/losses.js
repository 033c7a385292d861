// A loss in figures, forward and back: what each row costs, and how fast that would rise. Knows nothing of the DOM.

import { madeMatrix } from "./matrices.js";
import { chanceText, differenceText, factorText, figureText } from "./sums.js";

const UNKNOWN = "no answer known";
const LEGENDS = {
  regression: "ŷ is the standardised answer, y the standardised true one, z what the network gives",
  binary: "z is what the network gives, p the probability of the true answer, y the true answer",
  multiclass: "z is what the network gives, p its probabilities, y the true class",
};

/** The table of a loss: per row the answer, the truth, what of them the loss takes, and what comes of it. */
export function lossFront({ step, walk, matrix }) {
  const taken = takenOf(step, matrix), counts = step.worth.some((each) => each !== 1);
  const heads = ["", "answer", "true", ...taken.heads, ...(counts ? ["counts"] : []), "loss"];
  const rows = walk.table.map((row, at) => [`row ${row.number}`, answerText(step.answers[at]), answerText(step.truth[at]), ...taken.cells(at),
    ...(counts ? [figureText(step.worth[at])] : []), step.rows[at] === null ? UNKNOWN : rowText(step, taken, at)]);
  const known = step.rows.filter((value) => value !== null), sum = known.map((value, at) => factorText(value, !at)).join(" + ");
  const foot = known.length ? `(${sum}) / ${overText(step)} = ${figureText(step.loss)}` : "No answer is known for these rows, so there is no loss.";
  return { lines: [[{ table: { title: step.label, heads, rows, foot } }], ...formulaItems(step)], x: matrix(step.in[0]), z: matrix(step.in[0]) };
}

/** What the loss takes, the truth, and the gradient of the mean by what the network gives. */
export function lossBack({ step, block, matrix, axis }) {
  const key = step.in[0], by = `g${step.task}.${key}`, z = matrix(by), outs = axis(key), from = step.form === "surprise" ? step.chances : key;
  const x = matrix(from), truth = truthOf(step, x), regression = step.task_kind === "regression";
  const explain = (row, col) => ({
    text: step.rows[row] === null ? "no answer is known, so no gradient goes back" : `${slopeText(step, x.at(row, col), truth.at(row, col), row)} = ${figureText(z.at(row, col))}`,
    lit: { x: { row, col, only: true }, t: { row, col, only: true }, z: { row, col } },
  });
  const line = [block("x", from === key ? "Z" : "P", from !== key ? "probabilities" : regression ? "standardised" : "outputs", from, { cols: outs }), step.form ? "−" : ",",
    block("t", "T", regression ? "standardised true" : "true", key, { matrix: truth, cols: outs }), "→",
    block("z", "G", "gradient of the loss", by, { cols: outs, explain: step.form ? explain : undefined })];
  return { lines: [line, ...formulaItems(step)], x, z };
}

/** The columns between the truth and the loss, and what stands in them. */
function takenOf(step, matrix) {
  const text = (at, value, written) => (step.rows[at] === null ? "not known" : written(value));
  if (step.task_kind === "regression") {
    const said = matrix(step.said ?? step.in[0]), z = (at) => said.at(at, 0), t = (at) => step.standardised[at];
    return { z, t, heads: ["standardised answer", "standardised true"], cells: (at) => [figureText(z(at)), text(at, t(at), figureText)] };
  }
  const chances = matrix(step.chances), p = (at) => chanceOf(step, chances, at);
  return { p, heads: ["probability of the true class"], cells: (at) => [text(at, p(at), chanceText)] };
}

function chanceOf(step, chances, at) {
  if (step.task_kind === "multiclass") return chances.at(at, step.standardised[at]);
  return step.standardised[at] ? chances.at(at, 0) : 1 - chances.at(at, 0);
}

const times = (factor) => (factor === 1 ? "" : `${figureText(factor)}·`);

/** What a row costs: "(1.3987 − 1.2384)² = 0.0257", "−ln 0.615 = 0.487". */
function rowText(step, { z, t, p }, at) {
  const result = figureText(step.rows[at]), factor = step.factors[at];
  if (step.form === "square") return `${times(factor)}(${differenceText(z(at), t(at))})² = ${result}`;
  if (step.form === "distance") return `${times(factor)}|${differenceText(z(at), t(at))}| = ${result}`;
  if (step.form === "surprise") return factor === 1 ? `−ln ${chanceText(p(at))} = ${result}` : `${times(factor)}(−ln ${chanceText(p(at))}) = ${result}`;
  return result;
}

/** What a gradient is made of: "2·(1.3987 − 1.2384)/4", "(0.615 − 1)/4". */
function slopeText(step, x, truth, row) {
  const factor = times(step.factors[row]), over = overText(step);
  if (step.form === "square") return `2·${factor}(${differenceText(x, truth)})/${over}`;
  if (step.form === "distance") return `${factor}${Math.sign(x - truth)}/${over}`.replace("-1", "(−1)");
  return `${factor}${truth ? `(${chanceText(x)} − 1)` : figureText(x)}/${over}`;
}

/** What the sum of the rows is divided by: how many have an answer, or what these count. */
function overText(step) {
  const sum = step.rows.reduce((all, value, at) => all + (value === null ? 0 : step.worth[at]), 0);
  return Number.isInteger(sum) ? `${sum}` : figureText(sum);
}

/** The truth as numbers beside what is compared with it: of classes 1 and 0s; no number where it is not known. */
function truthOf(step, { rows, cols }) {
  return madeMatrix(rows, cols, (row, col) => {
    if (step.rows[row] === null) return NaN;
    return step.task_kind === "multiclass" ? Number(step.standardised[row] === col) : step.standardised[row];
  });
}

/** The formula of a loss whose figures are not written out. */
function formulaItems(step) {
  if (step.form) return [];
  const settings = step.settings.map(([title, value]) => `${title}: ${value}`).join("; ");
  return [[{ formula: { mathml: step.formula, text: `${LEGENDS[step.task_kind]}.${settings ? ` ${settings}.` : ""}` } }]];
}

export function answerText(value) {
  return value === null ? "not known" : typeof value === "number" ? figureText(value) : value;
}
