// One column: its head with role and kind, and its first cells. Elements are kept from one drawing to the next, so that
// focus and an open select stay. Knows nothing of what a mark does.

import { ROLES, missingText, nextRole, spoken } from "./roles.js";
import { columnWidth } from "./widths.js";
import { icon } from "./icons.js";

/** A new, bare column. `mark(name, role)` and `choose(name, kind)` are told what was clicked. */
export function column(mark, choose) {
  const made = element("div", "column"), head = element("div", "head"), cells = element("div", "cells");
  const button = element("button", "mark"), kind = element("select", "kind"), missing = element("span", "missing");
  button.type = "button";
  button.append(element("span", "name"), element("span", "chip"));
  button.onclick = () => mark(made.shown.name, nextRole(made.shown.role));
  kind.onchange = () => choose(made.shown.name, kind.value);
  head.append(button, kind, missing);
  made.append(head, cells);
  return made;
}

/** Shows a column as `spec` has it. kinds: by role, pairs of name and title. */
export function dress(made, spec, kinds) {
  const before = made.shown;
  if (before && JSON.stringify(before) === JSON.stringify(spec)) return;
  made.shown = spec;
  const [head, cells] = made.children, [button, kind, missing] = head.children, [name, chip] = button.children;
  made.className = `column is-${spec.role}${spec.number ? " is-number" : ""}`;
  made.style.width = `${columnWidth(spec.name, spec.cells)}px`;
  made.style.setProperty("--light", spec.color?.[0] ?? "currentColor");
  made.style.setProperty("--dark", spec.color?.[1] ?? "currentColor");
  name.textContent = spec.name;
  button.title = [spec.name, spec.help, ROLES[spec.role].offer].filter(Boolean).join("\n");
  button.setAttribute("aria-label", spoken(spec.name, spec.role, spec.missing));
  chip.replaceChildren(icon(spec.role), ROLES[spec.role].word);
  missing.textContent = missingText(spec.missing);
  dressKind(kind, spec, kinds[spec.role] ?? []);
  if (JSON.stringify(before?.cells) !== JSON.stringify(spec.cells)) cells.replaceChildren(...spec.cells.map(cell));
}

function dressKind(select, spec, kinds) {
  const known = [...select.options].map((option) => option.value).join();
  if (known !== kinds.map(([value]) => value).join()) select.replaceChildren(...kinds.map(([value, title]) => new Option(title, value)));
  select.disabled = !kinds.length;
  if (spec.kind) select.value = spec.kind;
  else select.selectedIndex = -1; // not known before the server answers
  select.setAttribute("aria-label", `Kind of ${spec.name}`);
  select.title = spec.role === "task" ? "What an answer is: yes or no, one of several classes, or a number." : "How the column is read: as numbers, as categories without an order, or as yes and no.";
}

function cell(content) {
  const made = element("div", "cell");
  if (content === null) {
    made.classList.add("none");
    made.textContent = "–";
    made.title = "Missing";
  } else if (Array.isArray(content)) {
    made.classList.add("marked");
    made.textContent = content[0];
    made.title = `“${content[0]}” is taken to mean missing`;
  } else {
    made.textContent = content;
    if (content.length > 12) made.title = content;
  }
  return made;
}

function element(name, className) {
  return Object.assign(document.createElement(name), { className });
}
