// A matrix as a table one can point at: tinted numbers, the places of a long axis that are shown, buttons to scroll it.

import { css, diverging, readable } from "../live/color.js";
import { numberText } from "../live/format.js";
import { largestOf } from "./matrices.js";
import { shownOf } from "./windows.js";

const SOFTEN = 0.82; // the strongest tint keeps numbers readable

export function element(tag, fields = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) {
    if (name === "class") made.className = value;
    else if (name in made && !name.startsWith("aria")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

/** The element of a block of `viewOf`. look: {paper, ink, dark, colors}; start(axis): where it is scrolled to; onScroll(axis, pages);
 * owns(axis, "column" | "row"): whether the buttons that scroll it stand here: two matrices may share an axis. */
export function gridOf(block, look, start, onScroll, owns = () => true) {
  const { matrix, rows, cols } = block;
  const shape = `[${matrix.rows.toLocaleString("en")} × ${matrix.cols.toLocaleString("en")}]`;
  const head = element("div", { class: "head" }, element("b", {}, block.name), element("span", { class: "what" }, block.title), element("span", { class: "shape" }, shape));
  if (block.task !== undefined) head.style.setProperty("--c", look.colors[block.task]);
  head.classList.toggle("own", block.task !== undefined);
  const made = element("div", { class: "block" }, head);
  made.dataset.block = block.id;
  if (matrix.missing) {
    made.append(element("div", { class: "fetching" }, "Fetching the numbers…"));
    return made;
  }
  const down = shownOf(rows.size, start(rows), rows.size > 8 ? rows.strengths() : null);
  const across = shownOf(cols.size, start(cols), cols.size > 8 ? cols.strengths() : null);
  const table = element("table", { role: "grid", "aria-label": `${block.name}, ${block.title} ${shape}` });
  const top = element("tr", {}, element("td", { class: "corner" }));
  for (const col of across.places) top.append(element("th", { scope: "col", class: gap(across, col), title: `${cols.label(col)}` }, `${cols.label(col)}`));
  table.append(element("thead", {}, top));
  const body = element("tbody"), most = largestOf(matrix);
  for (const row of down.places) {
    const line = element("tr", { class: gap(down, row) }, element("th", { scope: "row", title: `${rows.label(row)}` }, `${rows.label(row)}`));
    for (const col of across.places) line.append(cellOf(matrix.at(row, col), most, row, col, gap(across, col), look));
    body.append(line);
  }
  table.append(body);
  made.append(table);
  if (block.explain) {
    made.classList.add("result");
    const first = body.querySelector("td[data-row]");
    if (first) first.tabIndex = 0;
  }
  const said = [owns(cols, "column") && foot(across, cols, "column", onScroll), owns(rows, "row") && foot(down, rows, "row", onScroll)].filter(Boolean);
  if (said.length) made.append(element("div", { class: "feet" }, ...said));
  return made;
}

const gap = (shown, place) => (shown.left && shown.strong.includes(place) && (place === shown.strong[0]) ? "apart" : "");

function cellOf(value, most, row, col, name, look) {
  const tint = Number.isFinite(value) ? diverging((SOFTEN * value) / most, look.paper) : look.paper;
  const cell = element("td", { class: name, role: "gridcell" }, numberText(value));
  cell.style.background = css(tint);
  cell.style.color = css(readable(tint, [look.ink]));
  [cell.dataset.row, cell.dataset.col, cell.dataset.value] = [row, col, value];
  cell.tabIndex = -1;
  return cell;
}

/** What of a long axis is shown, with buttons for the rest. */
function foot(shown, axis, word, onScroll) {
  if (!shown.left) return null;
  const size = axis.size.toLocaleString("en");
  const text = `${word === "row" ? "rows" : "columns"} ${shown.first + 1}–${shown.last + 1} of ${size} and the ${shown.strong.length} strongest; ${shown.left.toLocaleString("en")} not shown`;
  const button = (pages, sign, name, ends) => {
    const made = element("button", { type: "button", class: "scroll", "aria-label": name, title: name, disabled: ends }, sign);
    made.onclick = () => onScroll(axis, pages);
    made.dataset.focus = `${axis.id} ${word} ${pages}`;
    return made;
  };
  return element("div", { class: "foot" }, button(-1, word === "row" ? "↑" : "←", `Earlier ${word}s`, shown.first === 0), button(1, word === "row" ? "↓" : "→", `Later ${word}s`, shown.last === axis.size - 1), element("span", {}, text));
}

/** Text that is no matrix: what is in the table, answers, losses. */
export function tableOf({ title, heads, rows, foot: ends, right }) {
  const made = element("div", { class: "block plain" }, element("div", { class: "head" }, element("b", {}, title)));
  const table = element("table", { "aria-label": title });
  table.append(element("thead", {}, element("tr", {}, ...heads.map((text) => (text ? element("th", { scope: "col" }, text) : element("td", { class: "corner" }))))));
  table.append(element("tbody", {}, ...rows.map((row, at) => {
    const line = element("tr", {}, ...row.map((text, place) => element(place ? "td" : "th", place ? { title: text } : { scope: "row", title: text }, text)));
    if (right && right[at] !== null && right[at] !== undefined) line.lastElementChild.append(right[at] ? " ✓" : " ✗");
    return line;
  })));
  made.append(element("div", { class: "wide" }, table));
  if (ends) made.append(element("div", { class: "ends" }, ends));
  return made;
}

/** A formula as browsers draw it, with what its letters are. mathml: of the app's own making. */
export function formulaOf({ mathml, text }) {
  const drawn = document.importNode(new DOMParser().parseFromString(mathml, "application/xml").documentElement, true);
  return element("div", { class: "formula" }, drawn, element("p", {}, text));
}

/** Lights rows, columns and cells: lit is {id of a block: {row, col, only}}. */
export function light(root, lit) {
  for (const cell of root.querySelectorAll("td.lit, td.here")) cell.classList.remove("lit", "here");
  for (const [id, { row, col, only }] of Object.entries(lit ?? {})) {
    const box = root.querySelector(`[data-block="${id}"]`);
    if (!box) continue;
    const both = row !== undefined && col !== undefined;
    for (const cell of box.querySelectorAll("td[data-row]")) {
      const [r, c] = [Number(cell.dataset.row), Number(cell.dataset.col)];
      if (both ? r === row && c === col : r === row || c === col) cell.classList.add(both && !only ? "here" : "lit");
    }
  }
}
