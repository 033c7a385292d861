// Sums in figures: "0.52·1.30 + (−0.40)·0.20 + … + 0.10 = 0.87". Knows nothing of where the numbers come from.

import { numberText } from "../live/format.js";

export const MOST_TERMS = 8;
export const TIMES_SIGN = "·"; // of matrices
export const CELL_SIGN = "⊙"; // number by number

const inSum = (text, first) => (!first && text.startsWith("−") ? `(${text})` : text);

/** A number with three digits that count, where it has them: else what is written would not seem to add up. */
export function figureText(value) {
  const size = Math.abs(value);
  return size >= 1e-5 && size < 0.1 ? value.toFixed(2 - Math.floor(Math.log10(size))).replace("-", "−") : numberText(value);
}

/** A factor: negative ones in brackets where something stands before them. */
export function factorText(value, first = false) {
  return inSum(figureText(value), first);
}

/** Two numbers with so many decimals that their difference can be read off: "1.3987 − 1.2384". */
export function differenceText(a, b) {
  const apart = Math.abs(a - b), decimals = Math.min(10, Math.max(0, apart ? 3 - Math.floor(Math.log10(apart)) : 3));
  const text = (value) => (Math.abs(value) >= 1e9 ? figureText(value) : value.toFixed(decimals).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "").replace("-", "−"));
  return `${text(a)} − ${inSum(text(b), false)}`;
}

/** A probability, told apart from 1 where it is near: "0.999710". */
export function chanceText(value) {
  const left = 1 - value;
  return left > 0 && left < 0.1 ? value.toFixed(Math.min(16, 2 - Math.floor(Math.log10(left)))) : figureText(value);
}

/**
 * What a number is a sum of. terms: [{a, b, value}], products; plus: [{value, what}], single numbers. Of many products the largest are
 * written, the rest as one number, so that what is written still adds up.
 */
export function sumText({ terms, plus = [], result }) {
  let [written, rest] = [terms, null];
  if (terms.length > MOST_TERMS) {
    const order = [...terms].sort((x, y) => Math.abs(y.value) - Math.abs(x.value)), kept = new Set(order.slice(0, MOST_TERMS - 1));
    written = terms.filter((term) => kept.has(term));
    rest = { count: terms.length - written.length, value: terms.reduce((sum, term) => sum + (kept.has(term) ? 0 : term.value), 0) };
  }
  const parts = written.map(({ a, b, value }, at) => (b === undefined ? factorText(value, !at) : `${factorText(a, !at)}·${factorText(b)}`));
  if (rest) parts.push(`${factorText(rest.value, !parts.length)} (${rest.count.toLocaleString("en")} smaller products)`);
  for (const { value, what } of plus) parts.push(`${factorText(value, !parts.length)}${what ? ` (${what})` : ""}`);
  return `${parts.join(" + ") || "nothing"} = ${figureText(result)}`;
}
