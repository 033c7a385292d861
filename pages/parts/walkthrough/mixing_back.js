// The way back through steps that mix: gates over experts, stitches, blends, masks. What each hands back is a product that is shown.
//
// A block with `hands` {key, copy} is the gradient by what that is, as far as this step hands it back. Knows nothing of the DOM.

import { banked } from "./copies.js";
import { madeMatrix, transposed } from "./matrices.js";
import { CELL_SIGN, TIMES_SIGN, chanceText, factorText, figureText, sumText } from "./sums.js";

const AFTER = "gradient by what comes out", BEFORE = "gradient by what goes in";
export const MORE = "Other parts take these numbers too: the gradients from all of them are added up before they go further back.";

export const MIXING_BACK = {
  mixture(made) {
    const { step, block, whole, which, axis, plain, gradient } = made, [gate, ...banks] = step.in;
    const experts = banks.flatMap((key, at) => Array.from({ length: step.banks[at] }, (_, copy) => ({ key, copy, matrix: whole(key).copy(copy) })));
    const at = Math.min(which, experts.length - 1), one = experts[at], by = gradient(step.out), [g, shares, outs] = [whole(by), whole(gate), axis(step.out)];
    const every = shares.rows === 1, share = (row) => (every ? 0 : row), spoken = (place) => `expert ${place + 1}`, lines = [];
    if (gradient(one.key)) {
      const own = madeMatrix(shares.rows, 1, (row) => shares.at(row, at)), d = madeMatrix(g.rows, g.cols, (row, col) => own.at(share(row), 0) * g.at(row, col));
      const explain = (row, col) => ({ text: productText(own.at(share(row), 0), g.at(row, col), d.at(row, col)), lit: { s: { row: share(row), col: 0, only: true }, g: { row, col, only: true }, d: { row, col } } });
      lines.push([block("s", "S", `share of expert ${at + 1}`, gate, { matrix: own, cols: plain(`${gate} one`, 1, () => `${at + 1}`, () => spoken(at)) }), CELL_SIGN,
        block("g", "G", AFTER, by, { cols: outs }), "=", block("d", "G′", `gradient by expert ${at + 1}`, one.key, { matrix: d, cols: outs, explain, hands: { key: one.key, copy: one.copy } })]);
    }
    if (gradient(gate)) {
      const taken = (row) => (every ? Array.from({ length: g.rows }, (_, each) => each) : [row]);
      const terms = (row, col) => taken(row).flatMap((each) => Array.from({ length: g.cols }, (_, unit) => productOf(g.at(each, unit), experts[col].matrix.at(each, unit))));
      const e = madeMatrix(shares.rows, shares.cols, (row, col) => totalOf(terms(row, col)));
      const explain = (row, col) => ({
        text: sumText({ terms: terms(row, col), result: e.at(row, col) }),
        lit: { ...(every ? {} : { g2: { row } }), ...(col === at && !every ? { h: { row } } : {}), e: { row, col } },
      });
      lines.push([block("g2", "G", AFTER, by, { cols: outs }), TIMES_SIGN, block("h", `H${at + 1}`, `expert ${at + 1} of ${experts.length}`, one.key, { matrix: one.matrix, cols: outs }), "→",
        block("e", "G″", "gradient by the shares, added up over units", gate, { matrix: e, cols: plain(gate, shares.cols, (place) => `${place + 1}`, spoken), explain, hands: { key: gate, copy: 0 } })]);
    }
    return ended(made, lines, { count: experts.length, what: "expert" });
  },

  softmax(made) {
    const { step, block, whole, axis, gradient } = made, by = gradient(step.out), [g, p, outs] = [whole(by), whole(step.out), axis(step.out)];
    const terms = (row) => Array.from({ length: p.cols }, (_, at) => productOf(p.at(row, at), g.at(row, at))), mean = (row) => totalOf(terms(row));
    const d = madeMatrix(g.rows, g.cols, (row, col) => p.at(row, col) * (g.at(row, col) - mean(row)));
    const explain = (row, col) => ({
      text: `${figureText(p.at(row, col))}·(${figureText(g.at(row, col))} − ${factorText(mean(row))}) = ${figureText(d.at(row, col))}, where ${sumText({ terms: terms(row), result: mean(row) })}`,
      lit: { p: { row }, g: { row }, d: { row, col } },
    });
    return ended(made, [[block("p", "P", "shares", step.out, { cols: outs }), CELL_SIGN, block("g", "G", `${AFTER}, less its mean by shares`, by, { cols: outs }), "=", handed(made, d, outs, explain)]]);
  },

  sigmoid(made) {
    const { step, block, whole, axis, gradient } = made, by = gradient(step.out), [g, p, outs] = [whole(by), whole(step.out), axis(step.out)];
    const d = madeMatrix(g.rows, g.cols, (row, col) => g.at(row, col) * p.at(row, col) * (1 - p.at(row, col)));
    const explain = (row, col) => ({
      text: `${figureText(g.at(row, col))}·${figureText(p.at(row, col))}·(1 − ${chanceText(p.at(row, col))}) = ${figureText(d.at(row, col))}`,
      lit: { g: { row, col, only: true }, p: { row, col, only: true }, d: { row, col } },
    });
    return ended(made, [[block("g", "G", AFTER, by, { cols: outs }), CELL_SIGN, block("p", "P", "the sigmoid, whose slope is P·(1 − P)", step.out, { cols: outs }), "→", handed(made, d, outs, explain)]]);
  },

  masked(made) {
    const { step, block, whole, axis, gradient } = made, by = gradient(step.out), [g, outs] = [whole(by), axis(step.out)];
    const toward = (at, [after, by_, result], sign, name) => {
      const key = step.in[at], other = whole(step.in[1 - at]), d = madeMatrix(g.rows, g.cols, (row, col) => g.at(row, col) * other.at(row, col));
      const explain = (row, col) => ({ text: productText(g.at(row, col), other.at(row, col), d.at(row, col)), lit: { [after]: { row, col, only: true }, [by_]: { row, col, only: true }, [result]: { row, col } } });
      return [block(after, "G", AFTER, by, { cols: outs }), CELL_SIGN, block(by_, at ? "M" : "X", at ? "mask" : "shared layer", step.in[1 - at], { cols: outs }), "=",
        block(result, sign, name, key, { matrix: d, cols: outs, explain, hands: { key, copy: 0 } })];
    };
    return ended(made, [...(gradient(step.in[1]) ? [toward(1, ["g", "m", "d"], "G′", "gradient by the shared layer")] : []), ...(gradient(step.in[0]) ? [toward(0, ["g2", "x", "e"], "G″", "gradient by the mask")] : [])]);
  },

  stitch(made) {
    const { step, walk, block, whole, which, axis, plain, gradient } = made, by = gradient(step.out), [g, w, outs] = [whole(by), whole(step.w), axis(step.out)];
    const size = g.cols / step.groups, parts = (at) => `${Math.floor(at / step.groups) + 1}${step.groups > 1 ? String.fromCharCode(97 + (at % step.groups)) : ""}`;
    const from = (col) => which * step.groups + Math.floor(col / size), copies = plain(step.w, w.cols, parts, (at) => `copy ${parts(at)}`);
    const terms = (row, col) => Array.from({ length: w.rows }, (_, to) => productOf(w.at(to, from(col)), g.copy(Math.floor(to / step.groups)).at(row, (to % step.groups) * size + (col % size))));
    const d = madeMatrix(g.rows, g.cols, (row, col) => totalOf(terms(row, col)));
    const explain = (row, col) => ({ text: sumText({ terms: terms(row, col), result: d.at(row, col) }), lit: { w: { row: from(col) }, g: { row, col, only: true }, d: { row, col } } });
    const lines = [[block("w", "Aᵀ", "how much of each copy, turned", step.w, { matrix: transposed(w), rows: { ...copies, id: `${step.w} to` }, cols: copies }), CELL_SIGN,
      block("g", `G${which + 1}`, `gradient by copy ${which + 1} after`, by, { cols: outs }), "=",
      block("d", `G′${which + 1}`, `gradient by copy ${which + 1} before`, step.in[0], { matrix: d, cols: outs, explain, hands: { key: step.in[0], copy: which } })]];
    return ended(made, lines, banked(g, { step, walk }));
  },

  blend(made) {
    const { step, block, whole, which, axis, plain, gradient } = made, by = gradient(step.out), [g, w, outs] = [whole(by), whole(step.w), axis(step.out)];
    const at = Math.min(which, step.in.length - 1), key = step.in[at], d = madeMatrix(g.rows, g.cols, (row, col) => w.at(0, at) * g.at(row, col));
    const explain = (row, col) => ({ text: productText(w.at(0, at), g.at(row, col), d.at(row, col)), lit: { w: { row: 0, col: at, only: true }, g: { row, col, only: true }, d: { row, col } } });
    const layers = plain(step.w, w.cols, (layer) => `layer ${layer + 1}`), weights = block("w", "B", "how much of each layer", step.w, { matrix: w, rows: plain(`${step.w} rows`, 1, () => ""), cols: layers });
    const result = block("d", "G′", `gradient by layer ${at + 1}`, key, { matrix: d, cols: outs, explain, hands: { key, copy: 0 } });
    return ended(made, [[weights, CELL_SIGN, block("g", "G", AFTER, by, { cols: outs }), ...(gradient(key) ? ["=", result] : [])]], { count: step.in.length, what: "layer" });
  },

  join(made) {
    const { step, block, whole, gradient } = made, by = gradient(step.out), g = whole(by), parts = [];
    let before = 0;
    for (const [at, key] of step.in.entries()) {
      const first = before, d = madeMatrix(g.rows, whole(key).cols, (row, col) => g.at(row, first + col));
      before += d.cols;
      const explain = (row, col) => ({ text: `${figureText(d.at(row, col))}, number ${first + col + 1} of what stands side by side`, lit: { g: { row, col: first + col, only: true }, [`d${at}`]: { row, col } } });
      if (gradient(key)) parts.push(block(`d${at}`, `G′${at + 1}`, `gradient by part ${at + 1}`, key, { matrix: d, explain, hands: { key, copy: 0 } }));
    }
    return ended(made, [[block("g", "G", AFTER, by), "→", ...parts]]);
  },

  part(made) {
    const { step, block, whole, axis, gradient } = made, by = gradient(step.out), [g, outs, key] = [whole(by), axis(step.out), step.in[0]];
    const explain = (row, col) => ({ text: `${figureText(g.at(row, col))} stays as it is; the other copies get nothing from here`, lit: { g: { row, col, only: true }, d: { row, col } } });
    return ended(made, [[block("g", "G", AFTER, by, { cols: outs }), "→", block("d", "G′", `gradient by copy ${step.which + 1} of ${step.copies}`, key, { matrix: g, cols: outs, explain, hands: { key, copy: step.which } })]]);
  },
};

/** What a step with one input hands back. */
function handed({ step, block }, matrix, cols, explain) {
  return block("d", "G′", BEFORE, step.in[0], { matrix, cols, explain, hands: { key: step.in[0], copy: 0 } });
}

const productOf = (a, b) => ({ a, b, value: a * b });
const totalOf = (terms) => terms.reduce((sum, { value }) => sum + value, 0);
const productText = (a, b, result) => `${figureText(a)}·${factorText(b)} = ${figureText(result)}`;

/** The view, with a note where other parts hand gradients back too. */
function ended({ step, whole, gradient }, lines, copies = null) {
  const blocks = lines.flat().filter((each) => each.hands), result = whole(gradient(step.out));
  const alone = blocks.every(({ matrix, hands }) => alike(matrix, whole(gradient(hands.key)).copy(hands.copy)));
  return { lines, x: result, z: result, copies, note: alone ? "" : MORE };
}

function alike(a, b) {
  for (let row = 0; row < a.rows; row++) {
    for (let col = 0; col < a.cols; col++) if (Math.abs(a.at(row, col) - b.at(row, col)) > 1e-9 + 1e-5 * Math.abs(b.at(row, col))) return false;
  }
  return true;
}
