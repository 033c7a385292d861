// What is shown of a step: lines of matrices with signs between them, and for each result what it is a sum of.
//
// viewOf gives {lines: [[item, ..], ..], copies: {count, what} or null, x, z}. An item is a sign (text), {stack: [block, ..]} or a block:
// {id, name, title, matrix, rows: axis, cols: axis, explain(row, col) -> {text, lit: {id: {row, col}}}} or {table: {heads, rows}}.
// An axis is {id, size, label(at), spoken(at), strengths()}: what has the same id is scrolled together; `spoken`, where there is one, is
// what a place is called in a sentence. {formula: {mathml, text}} is an item too. Knows nothing of the DOM.

import { roughText } from "../live/format.js";
import { banked, bankedAs, byRow, wordsOf } from "./copies.js";
import { inputText } from "./inputs.js";
import { answerText, lossBack, lossFront } from "./losses.js";
import { cosineOf, madeMatrix, strengthsOf, termsOf, timesMatrix, transposed } from "./matrices.js";
import { MIXING_BACK, MORE } from "./mixing_back.js";
import { CELL_SIGN, TIMES_SIGN, factorText, figureText, sumText } from "./sums.js";

const USED = { train: "train", validation: "check", test: "test at the end" };

/** walk: as the server tells it, with `book` (readMatrices). which: the copy looked at; task: whose gradient, null for the sum. */
export function viewOf(step, walk, which = 0, task = null) {
  const made = makerOf(step, walk, which, task);
  const view = step.back ? backOf(step, made) : frontOf(step, made);
  return { copies: null, ...view };
}

function makerOf(step, walk, which, task) {
  const { book } = walk;
  const whole = (key) => book.get(key);
  const matrix = (key) => whole(key)?.copy(which) ?? null;
  const batch = { id: "batch", size: walk.table.length, label: (at) => `row ${walk.table[at].number}`, strengths: () => [] };
  const axis = (key, count) => ({ id: key, size: count ?? whole(key).cols, ...labelsOf(walk, key), strengths: () => strengthsOf(matrix(key)) });
  const plain = (id, size, label, spoken = label) => ({ id, size, label, spoken, strengths: () => [] });
  const block = (id, name, title, key, fields = {}) => {
    const found = fields.matrix ?? matrix(key);
    const rows = fields.rows ?? (found.rows === batch.size ? batch : plain(`${key} rows`, found.rows, () => ""));
    return { id, name, title, matrix: found, rows, cols: fields.cols ?? axis(key), explain: fields.explain, hands: fields.hands };
  };
  const gradient = (key) => {
    if (task !== null) return whole(`g${task}.${key}`) ? `g${task}.${key}` : null;
    if (whole(`g.${key}`)) return `g.${key}`;
    const only = walk.tasks.findIndex((_, at) => whole(`g${at}.${key}`));
    return only < 0 ? null : `g${only}.${key}`;
  };
  return { step, walk, which, task, whole, matrix, batch, axis, plain, block, gradient };
}

/** What the columns of a value are called, above them and where one is spoken of: inputs and classes by name, units by number. */
function labelsOf(walk, key) {
  const value = key.replace(/^g\d*\./, "");
  if (value === "v0") return { label: (at) => walk.steps[0].names[at] ?? `${at + 1}` };
  const answer = walk.steps.find((step) => step.kind === "answer" && (step.in[0] === value || step.out === value || step.said === value));
  if (!answer) return { label: (at) => `${at + 1}`, spoken: (at) => `number ${at + 1}` };
  const { name } = walk.tasks[answer.task], yes = answer.classes?.[1];
  if (answer.task_kind === "multiclass") return { label: (at) => answer.classes[at] ?? `${at + 1}`, spoken: (at) => `${name} = ${answer.classes[at] ?? at + 1}` };
  return { label: () => (answer.task_kind !== "binary" ? name : answer.chances === value ? `P(${yes})` : `${name} = ${yes}`) };
}

// -- forward ------------------------------------------------------------------------------------------------------------------------

function frontOf(step, made) {
  const { block, matrix, whole } = made;
  const show = FRONT[step.kind];
  if (show) return show(made);
  const [x, z] = [step.in[0], step.out];
  const blocks = [block("x", "X", "in", x), "→", block("z", "Z", "out", z)];
  return { lines: [blocks], x: matrix(x), z: matrix(z), copies: bankedAs(x, made) };
}

const FRONT = {
  inputs({ step, block, walk, matrix }) {
    const heads = ["", "used to", ...Object.keys(walk.table[0]?.cells ?? {})];
    const rows = walk.table.map((row) => [`row ${row.number}`, USED[row.part] ?? "", ...Object.values(row.cells)]);
    const explain = (row, col) => ({ text: inputText(step.of, matrix("v0"), row, col), lit: { x: { row, col } } });
    return { lines: [[{ table: { title: "In the table", heads, rows } }, "→", block("x", "X", "as the network sees them", "v0", { explain })]], x: matrix("v0"), z: matrix("v0") };
  },

  product({ step, walk, block, matrix, whole, batch, axis, plain }) {
    const [x, w, b, z] = [matrix(step.in[0]), matrix(step.w), matrix(step.b), matrix(step.out)];
    const [ins, outs] = [axis(step.in[0]), axis(step.out)];
    const explain = (row, col) => ({
      text: sumText({ terms: termsOf(x, w, row, col), plus: [{ value: b.at(0, col), what: "bias" }], result: z.at(row, col) }),
      lit: { x: { row }, w: { col }, b: { col }, z: { row, col } },
    });
    const bias = plain(`${step.b} rows`, 1, () => "bias");
    const weights = block("w", "W", "weights", step.w, { rows: ins, cols: outs });
    return {
      lines: [[block("x", "X", "in", step.in[0], { rows: batch, cols: ins }), TIMES_SIGN,
        { stack: [weights, "+", block("b", "b", "bias", step.b, { rows: bias, cols: outs })] }, "=",
        block("z", "Z", "out", step.out, { rows: batch, cols: outs, explain })]],
      x, z, copies: banked(whole(step.w), { step, walk }),
    };
  },

  norm({ step, walk, block, matrix, whole, axis, plain }) {
    const names = ["mean", "variance", "scale", "shift"], outs = axis(step.out);
    const [x, z] = [matrix(step.in[0]), matrix(step.out)], told = Object.fromEntries(names.map((name) => [name, matrix(step[name])]));
    const rows = plain(`${step.mean} rows`, names.length, (at) => names[at]);
    const numbers = madeMatrix(names.length, x.cols, (row, col) => told[names[row]].at(0, col));
    const explain = (row, col) => {
      const [mean, variance, scale, shift] = names.map((name) => told[name].at(0, col));
      const text = `(${figureText(x.at(row, col))} − ${factorText(mean)}) / √(${figureText(variance)} + ${step.epsilon}) · ${factorText(scale)} + ${factorText(shift)} = ${figureText(z.at(row, col))}`;
      return { text, lit: { x: { row, col, only: true }, n: { col }, z: { row, col } } };
    };
    const lines = [[block("x", "X", "in", step.in[0], { cols: { ...axis(step.in[0]), id: outs.id } }), "→",
      block("n", "N", "batch norm's numbers", step.mean, { matrix: numbers, rows, cols: outs }), "→", block("z", "Z", "out", step.out, { cols: outs, explain })]];
    return { lines, x, z, copies: banked(whole(step.out), { step, walk }) };
  },

  bend(made) {
    const { step } = made;
    return eachByEach(made, (x, z) => (step.acts ? `${step.label}(${figureText(x)}) = ${figureText(z)}` : `${figureText(x)} stays ${figureText(z)}`));
  },

  sigmoid(made) {
    return eachByEach(made, (x, z) => `1 / (1 + exp(−${factorText(x)})) = ${figureText(z)}`);
  },

  stop(made) {
    return eachByEach(made, (x, z) => `${figureText(x)} stays ${figureText(z)}`);
  },

  columns(made) {
    return eachByEach(made, (x, z) => `${figureText(x)} stays ${figureText(z)}`);
  },

  part({ step, block, whole, axis }) {
    const outs = axis(step.out), own = whole(step.in[0]).copy(step.which), z = whole(step.out);
    const explain = (row, col) => ({ text: `${figureText(own.at(row, col))} stays ${figureText(z.at(row, col))}`, lit: { x: { row, col, only: true }, z: { row, col } } });
    return { lines: [[block("x", "X", `copy ${step.which + 1} of ${step.copies}`, step.in[0], { matrix: own, cols: outs }), "→", block("z", "Z", "out", step.out, { cols: outs, explain })]], x: own, z };
  },

  softmax({ step, block, matrix, axis }) {
    const [x, z] = [matrix(step.in[0]), matrix(step.out)], outs = axis(step.out);
    const explain = (row, col) => ({ text: softmaxText(x, row, col, z.at(row, col)), lit: { x: { row }, z: { row, col } } });
    return { lines: [[block("x", "X", "in", step.in[0], { cols: { ...axis(step.in[0]), id: outs.id } }), "→", block("z", "G", "shares", step.out, { cols: outs, explain })]], x, z };
  },

  mixture({ step, block, matrix, whole, which, axis, plain }) {
    const [gate, ...banks] = step.in, shares = matrix(gate), z = matrix(step.out), outs = axis(step.out);
    const experts = banks.flatMap((key, at) => Array.from({ length: step.banks[at] }, (_, copy) => ({ key, matrix: whole(key).copy(copy) })));
    const one = experts[Math.min(which, experts.length - 1)], number = experts.indexOf(one) + 1;
    const share = (row) => (shares.rows === 1 ? 0 : row);
    const names = plain(gate, shares.cols, (at) => `${at + 1}`, (at) => `expert ${at + 1}`);
    const explain = (row, col) => {
      const terms = experts.map((expert, at) => ({ a: shares.at(share(row), at), b: expert.matrix.at(row, col), value: shares.at(share(row), at) * expert.matrix.at(row, col) }));
      return { text: sumText({ terms, result: z.at(row, col) }), lit: { g: { row: share(row) }, x: { row, col, only: true }, z: { row, col } } };
    };
    const lines = [[block("g", "G", "shares of the experts", gate, { matrix: shares, cols: names }), CELL_SIGN,
      block("x", `H${number}`, `expert ${number} of ${experts.length}`, one.key, { matrix: one.matrix, cols: outs }), "=", block("z", "Z", "sum over experts", step.out, { cols: outs, explain })]];
    return { lines, x: one.matrix, z, copies: { count: experts.length, what: "expert" } };
  },

  stitch({ step, walk, block, whole, which, axis, plain }) {
    const [x, z, w] = [whole(step.in[0]), whole(step.out), whole(step.w)], outs = axis(step.out);
    const size = z.cols / step.groups, parts = (at) => `${Math.floor(at / step.groups) + 1}${step.groups > 1 ? String.fromCharCode(97 + (at % step.groups)) : ""}`;
    const copies = plain(step.w, w.cols, parts, (at) => `copy ${parts(at)}`);
    const explain = (row, col) => {
      const to = which * step.groups + Math.floor(col / size), inside = col % size;
      const terms = Array.from({ length: w.cols }, (_, from) => {
        const [copy, group] = [Math.floor(from / step.groups), from % step.groups];
        const value = x.copy(copy).at(row, group * size + inside);
        return { a: w.at(to, from), b: value, value: w.at(to, from) * value };
      });
      return { text: sumText({ terms, result: z.copy(which).at(row, col) }), lit: { w: { row: to }, x: { row, col, only: true }, z: { row, col } } };
    };
    const lines = [[block("w", "A", "how much of each copy", step.w, { matrix: w, rows: { ...copies, id: `${step.w} to` }, cols: copies }), CELL_SIGN,
      block("x", `X${which + 1}`, `copy ${which + 1} before`, step.in[0], { cols: outs }), "=", block("z", `Z${which + 1}`, `copy ${which + 1} after`, step.out, { cols: outs, explain })]];
    return { lines, x: x.copy(which), z: z.copy(which), copies: banked(z, { step, walk }) };
  },

  blend({ step, block, matrix, whole, which, axis, plain }) {
    const all = step.in.map((key) => whole(key)), at = Math.min(which, all.length - 1), [w, z, outs] = [matrix(step.w), matrix(step.out), axis(step.out)];
    const explain = (row, col) => ({
      text: sumText({ terms: all.map((each, layer) => ({ a: w.at(0, layer), b: each.at(row, col), value: w.at(0, layer) * each.at(row, col) })), result: z.at(row, col) }),
      lit: { w: { row: 0 }, x: { row, col, only: true }, z: { row, col } },
    });
    const layers = plain(step.w, w.cols, (layer) => `layer ${layer + 1}`);
    const lines = [[block("w", "B", "how much of each layer", step.w, { matrix: w, rows: plain(`${step.w} rows`, 1, () => ""), cols: layers }), CELL_SIGN,
      block("x", `X${at + 1}`, `layer ${at + 1} of ${all.length}`, step.in[at], { matrix: all[at], cols: outs }), "=", block("z", "Z", "sum over layers", step.out, { cols: outs, explain })]];
    return { lines, x: all[at], z, copies: { count: all.length, what: "layer" } };
  },

  join({ step, block, matrix }) {
    const [all, z] = [step.in.map((key) => matrix(key)), matrix(step.out)];
    const explain = (row, col) => {
      let [at, inside] = [0, col];
      while (inside >= all[at].cols) inside -= all[at++].cols;
      return { text: `number ${inside + 1} of part ${at + 1} = ${figureText(z.at(row, col))}`, lit: { [`x${at}`]: { row, col: inside, only: true }, z: { row, col } } };
    };
    const parts = step.in.flatMap((key, at) => [...(at ? ["|"] : []), block(`x${at}`, `X${at + 1}`, `part ${at + 1}`, key)]);
    return { lines: [[...parts, "→", block("z", "Z", "side by side", step.out, { explain })]], x: all[0], z };
  },

  masked({ step, block, matrix, axis }) {
    const [m, x, z, outs] = [matrix(step.in[0]), matrix(step.in[1]), matrix(step.out), axis(step.out)];
    const explain = (row, col) => ({
      text: `${figureText(m.at(row, col))}·${factorText(x.at(row, col))} = ${figureText(z.at(row, col))}`,
      lit: { m: { row, col, only: true }, x: { row, col, only: true }, z: { row, col } },
    });
    return { lines: [[block("m", "M", "mask", step.in[0], { cols: outs }), CELL_SIGN, block("x", "X", "shared layer", step.in[1], { cols: outs }), "=", block("z", "Z", "what the task sees", step.out, { cols: outs, explain })]], x, z };
  },

  selection({ step, walk, block, matrix, whole, which, plain, batch }) {
    const [shares, chosen, z] = [matrix(step.shares), whole(step.chosen), matrix(step.out)], one = chosen.copy(which);
    const experts = plain(step.out, z.cols, (at) => `expert ${at + 1}`), selectors = plain(step.shares, shares.cols, (at) => `selector ${at + 1}`);
    const rows = z.rows === batch.size && z.rows > 1 ? batch : plain(`${step.out} rows`, z.rows, () => "all rows");
    const explain = (row, col) => {
      const own = chosen.copy(row);
      return {
        text: sumText({ terms: Array.from({ length: shares.cols }, (_, at) => ({ a: shares.at(row, at), b: own.at(at, col), value: shares.at(row, at) * own.at(at, col) })), result: z.at(row, col) }),
        lit: { s: { row }, c: { col }, z: { row, col } },
      };
    };
    const lines = [[block("s", "S", "how much each selector counts", step.shares, { rows: { ...rows, id: "s rows" }, cols: selectors }), TIMES_SIGN,
      block("c", "C", "which expert each chooses", step.chosen, { matrix: one, rows: selectors, cols: experts }), "=", block("z", "G", "shares of the experts", step.out, { rows, cols: experts, explain })]];
    return { lines, x: shares, z, copies: chosen.copies > 1 ? byRow({ walk }) : null };
  },

  words(made) {
    const { step, block, walk, whole, which } = made, z = whole(step.out).copy(which);
    const lines = [[{ table: { title: "In the table", heads: ["", "words as the network knows them"], rows: step.words.map((words, at) => [`row ${walk.table[at].number}`, words.join(" ")]) } }],
      [block("z", "E", `numbers of the words of row ${walk.table[which]?.number}`, step.out, wordsOf(made, z, `${step.out} words`))]];
    return { lines, x: z, z, copies: byRow(made) };
  },

  mean(made) {
    return readView(made, true);
  },

  reader(made) {
    return readView(made, false);
  },

  answer({ step, block, matrix, walk }) {
    const said = step.said ?? step.in[0], x = matrix(said), z = matrix(step.out);
    const logits = block("x", "Z", step.task_kind === "regression" ? "standardised" : "logits", step.in[0]);
    const ends = walk.table.map((row, at) => [`row ${row.number}`, answerText(step.answers[at]), answerText(step.truth[at])]);
    const line = [logits, "→"];
    if (step.said) line.push(block("a", "A", "what the loss takes them for", step.said), "→");
    if (step.task_kind !== "regression") {
      const explain = (row, col) => ({
        text: step.task_kind === "binary" ? `1 / (1 + exp(−${factorText(x.at(row, 0))})) = ${figureText(z.at(row, 0))}` : softmaxText(x, row, col, z.at(row, col)),
        lit: { [step.said ? "a" : "x"]: { row }, z: { row, col } },
      });
      line.push(block("z", "P", "probabilities", step.out, { explain }), "→");
    } else {
      const explain = (row) => ({ text: `${figureText(x.at(row, 0))}·${figureText(step.scale)} + ${factorText(step.mean)} = ${answerText(step.answers[row])}`, lit: { x: { row, col: 0 } } });
      logits.explain = explain;
    }
    line.push({ table: { title: "Answer", heads: ["", "answer", "true"], rows: ends, right: step.answers.map((answer, at) => (step.task_kind === "regression" || step.truth[at] === null ? null : answer === step.truth[at])) } });
    return { lines: [line], x, z: z ?? x };
  },

  loss: lossFront,

  total: totalView,
};

function totalView({ step, walk }) {
  const rows = walk.tasks.map((task, at) => [task.name, figureText(step.weights[at]), figureText(step.losses[at]), figureText(step.weights[at] * step.losses[at])]);
  for (const { title, rate, size } of step.penalties) rows.push([title, figureText(rate), figureText(size), figureText(rate * size)]);
  const plus = step.penalties.map(({ title, rate, size }) => ({ value: rate * size, what: title }));
  const terms = step.losses.map((loss, at) => ({ a: step.weights[at], b: loss, value: loss * step.weights[at] }));
  return { lines: [[{ table: { title: "What training makes small", heads: ["", "weight", "loss", "product"], rows, foot: sumText({ terms, plus, result: step.total }) } }]] };
}

function softmaxText(x, row, col, result) {
  const parts = Array.from({ length: Math.min(x.cols, 4) }, (_, at) => `exp(${figureText(x.at(row, at))})`);
  return `exp(${figureText(x.at(row, col))}) / (${parts.join(" + ")}${x.cols > 4 ? " + …" : ""}) = ${figureText(result)}`;
}

function readView(made, adds) {
  const { step, block, walk, whole, which, axis } = made;
  const [x, z, outs] = [whole(step.in[0]).copy(which), whole(step.out), axis(step.out)];
  const own = walk.steps.find((each) => each.kind === "words").words;
  const explain = (row, col) => {
    const words = whole(step.in[0]).copy(row), count = own[row].length;
    const terms = Array.from({ length: count }, (_, at) => ({ value: words.at(at, col) / count }));
    return { text: adds ? sumText({ terms, result: z.at(row, col) }) : `${figureText(z.at(row, col))}, after ${count} words`, lit: { x: { col }, z: { row, col } } };
  };
  const lines = [[block("x", "E", `words of row ${walk.table[which]?.number}`, step.in[0], wordsOf(made, x, `${step.in[0]} words`)), "→", block("z", "Z", "all rows", step.out, { cols: outs, explain })]];
  return { lines, x, z, copies: byRow(made) };
}

function eachByEach({ step, walk, block, matrix, whole, axis }, text) {
  const [x, z] = [matrix(step.in[0]), matrix(step.out)], outs = axis(step.out);
  const explain = (row, col) => ({ text: text(x.at(row, col), z.at(row, col)), lit: { x: { row, col, only: true }, z: { row, col } } });
  return { lines: [[block("x", "X", "in", step.in[0], { cols: { ...axis(step.in[0], z.cols), id: outs.id } }), "→", block("z", "Y", "out", step.out, { cols: outs, explain })]], x, z, copies: banked(whole(step.out), { step, walk }) };
}

// -- back ---------------------------------------------------------------------------------------------------------------------------

function backOf(step, made) {
  return (BACKWARD[step.kind] ?? otherBack)(made);
}

const BACKWARD = {
  ...MIXING_BACK,
  loss: lossBack,
  total: totalView,

  meeting({ step, block, walk, which, whole, plain, axis }) {
    const key = step.out, outs = axis(key);
    const each = walk.tasks.flatMap((task, at) => (whole(`g${at}.${key}`) ? [{ task, at, key: `g${at}.${key}` }] : []));
    const sum = whole(`g.${key}`).copy(which), weights = walk.steps.at(-1).weights;
    const explain = (row, col) => ({
      text: sumText({ terms: each.map(({ at, key: own }) => ({ a: weights[at], b: whole(own).copy(which).at(row, col), value: weights[at] * whole(own).copy(which).at(row, col) })), result: sum.at(row, col) }),
      lit: { z: { row, col }, ...Object.fromEntries(each.map(({ at }) => [`t${at}`, { row, col, only: true }])) },
    });
    const parts = each.flatMap(({ task, at, key: own }, number) => [...(number ? ["+"] : []), `${roughText(weights[at])} ·`, { ...block(`t${at}`, `G${at + 1}`, task.name, own, { cols: outs }), task: at }]);
    const pairs = each.flatMap((one, at) => each.slice(at + 1).map((other) => [`${one.task.name} and ${other.task.name}`, cosineOf(whole(one.key), whole(other.key))]));
    const rows = pairs.map(([names, cosine]) => [names, cosine === null ? "–" : figureText(cosine), cosine === null ? "nothing to compare" : cosine < 0 ? "pull against each other" : "pull the same way"]);
    const lines = [[...parts, "=", block("z", "G", "summed with the weights", `g.${key}`, { cols: outs, explain })]];
    if (rows.length) lines.push([{ table: { title: "How they agree here (cosine)", heads: ["tasks", "cosine", ""], rows } }]);
    return { lines, x: sum, z: sum, copies: banked(whole(key), { step, walk }) };
  },

  product({ step, walk, task, block, matrix, whole, gradient, batch, axis, plain }) {
    const firstOne = gradient(step.in[0]) === null;
    const by = gradient(step.out), g = matrix(by), x = matrix(step.in[0]), w = matrix(step.w);
    const [ins, outs] = [axis(step.in[0]), { ...axis(step.out), strengths: () => strengthsOf(g) }], lines = [];
    if (!firstOne) {
      const down = transposed(w), result = timesMatrix(g, down);
      const explain = (row, col) => ({ text: sumText({ terms: termsOf(g, down, row, col), result: result.at(row, col) }), lit: { g: { row }, w: { col }, d: { row, col } } });
      lines.push([block("g", "G", "gradient by what comes out", by, { rows: batch, cols: outs }), TIMES_SIGN,
        block("w", "Wᵀ", "weights, turned", step.w, { matrix: down, rows: outs, cols: ins }), "=",
        block("d", "G′", "gradient by what goes in", by, { matrix: result, rows: batch, cols: ins, explain })]);
    }
    const turned = transposed(x), change = timesMatrix(turned, g), add = madeMatrix(1, g.cols, (_, col) => sumDown(g, col));
    const explain = (row, col) => ({ text: sumText({ terms: termsOf(turned, g, row, col), result: change.at(row, col) }), lit: { xt: { row }, g2: { col }, dw: { row, col } } });
    const explainBias = (row, col) => ({
      text: sumText({ terms: Array.from({ length: g.rows }, (_, at) => ({ value: g.at(at, col) })), result: add.at(0, col) }), lit: { g2: { col }, db: { col } },
    });
    lines.push([block("xt", "Xᵀ", "what goes in, turned", step.in[0], { matrix: turned, rows: ins, cols: batch }), TIMES_SIGN,
      block("g2", "G", "gradient by what comes out", by, { rows: batch, cols: outs }), "=",
      { stack: [block("dw", "∇W", "gradient of the weights", step.w, { matrix: change, rows: ins, cols: outs, explain }),
        block("db", "∇b", "and of the bias", step.b, { matrix: add, rows: plain(`${step.b} rows`, 1, () => "bias"), cols: outs, explain: explainBias })] }]);
    const takers = walk.steps.filter((each) => each.place !== null && each.in.includes(step.in[0]) && (task === null || each.owner === null || each.owner === task));
    const shared = !firstOne && (takers.length > 1 || (whole(step.w).copies > 1 && whole(step.in[0]).copies === 1));
    return { lines, x, z: g, firstOne, copies: banked(whole(step.w), { step, walk }), note: [penaltyText(step), shared ? MORE : ""].filter(Boolean).join(" ") };
  },

  bend({ step, walk, block, matrix, whole, gradient, axis }) {
    const [after, before] = [gradient(step.out), gradient(step.in[0])], slope = matrix(step.slope), outs = axis(step.out);
    const [g, d] = [matrix(after), matrix(before)];
    const explain = (row, col) => ({
      text: `${figureText(g.at(row, col))}·${factorText(slope.at(row, col))} = ${figureText(d.at(row, col))}`,
      lit: { g: { row, col, only: true }, s: { row, col, only: true }, d: { row, col } },
    });
    return { lines: [[block("g", "G", "gradient by what comes out", after, { cols: outs }), CELL_SIGN, block("s", "S", `slope of ${step.label}`, step.slope, { cols: outs }), "=", block("d", "G′", "gradient by what goes in", before, { cols: outs, explain })]], x: g, z: d, copies: banked(whole(step.out), { step, walk }) };
  },

  norm({ step, walk, block, matrix, whole, gradient, axis, plain }) {
    const [after, before] = [gradient(step.out), gradient(step.in[0])], outs = axis(step.out), [g, d] = [matrix(after), matrix(before)];
    const [variance, scale] = [matrix(step.variance), matrix(step.scale)];
    const factor = madeMatrix(1, g.cols, (_, col) => scale.at(0, col) / Math.sqrt(variance.at(0, col) + step.epsilon));
    const explain = (row, col) => ({
      text: `${figureText(g.at(row, col))}·${factorText(scale.at(0, col))} / √(${figureText(variance.at(0, col))} + ${step.epsilon}) = ${figureText(d.at(row, col))}`,
      lit: { g: { row, col, only: true }, f: { col }, d: { row, col } },
    });
    return { lines: [[block("g", "G", "gradient by what comes out", after, { cols: outs }), CELL_SIGN, block("f", "F", "scale over spread", step.scale, { matrix: factor, rows: plain(`${step.scale} rows`, 1, () => ""), cols: outs }), "=", block("d", "G′", "gradient by what goes in", before, { cols: outs, explain })]], x: g, z: d, copies: banked(whole(step.out), { step, walk }) };
  },
};

/** Of every other step: the gradient by what comes out, and by each of what went in. */
function otherBack(made) {
  const { step, block, whole, gradient, which } = made;
  const words = ["words", "mean", "reader"].includes(step.kind), after = gradient(step.out);
  const fields = (key) => (words && whole(key).copies > 1 ? wordsOf(made, whole(key).copy(which), `${key} words`) : {});
  const befores = step.in.flatMap((key, at) => (gradient(key) ? [{ key: gradient(key), at }] : []));
  const parts = befores.map(({ key, at }) => block(`d${at}`, `G′${befores.length > 1 ? at + 1 : ""}`, nameOf(step, at), key, fields(key)));
  const lines = [[block("g", "G", "gradient by what comes out", after, fields(after)), ...(parts.length ? ["→", ...parts] : [])]];
  const most = [after, ...befores.map(({ key }) => key)].sort((a, b) => whole(b).copies - whole(a).copies)[0];
  return { lines, x: whole(after), z: whole(after), copies: whole(most).copies < 2 ? null : words ? byRow(made) : bankedAs(most, made) };
}

function nameOf(step, at) {
  return step.in.length > 1 && !["mean", "reader"].includes(step.kind) ? `gradient by part ${at + 1}` : "gradient by what goes in";
}

/** What penalties add to a layer's gradient. */
function penaltyText({ l2, l1 }) {
  const parts = [...(l2 ? [`${roughText(l2)}·W (L2)`] : []), ...(l1 ? [`${roughText(l1)}·sign(W) (L1)`] : [])];
  return parts.length ? `+ penalty: to ∇W, summed over the tasks, training adds ${parts.join(" + ")}.` : "";
}

function sumDown(matrix, col) {
  let sum = 0;
  for (let row = 0; row < matrix.rows; row++) sum += matrix.at(row, col);
  return sum;
}
