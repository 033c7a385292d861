// What a number that goes in is made of: of a cell of the table, by what training rows taught. Knows nothing of the DOM.

import { differenceText, figureText } from "./sums.js";

/** of: per feature {kind, column, mean, scale, level} or nothing (core/training/walk_inputs.py); x: what goes in. */
export function inputText(of, x, row, col) {
  const own = of[col], value = x.at(row, col), result = figureText(value);
  if (!own) return `${result}, as it goes in`;
  if (own.kind === "number") return `(${differenceText(value * own.scale + own.mean, own.mean)}) / ${figureText(own.scale)} = ${result}`;
  if (own.kind === "gap") return `${own.column} ${value ? "has no value" : "has a value"} in this row`;
  if (own.kind === "yes-no") return `1 is for ${own.column} = ${own.level}`;
  if (value) return `${own.column} is ${own.level} in this row`;
  const other = of.findIndex((each, at) => each.kind === "category" && each.column === own.column && x.at(row, at));
  return `${own.column} is not ${own.level} in this row: ${other < 0 ? "what it is has no column" : `the 1 stands at ${own.column} = ${of[other].level}`}`;
}
