// The small map of the network: a box for every step of it, coloured by whose it is, the one that is looked at marked.

import { boxOf, mapOf } from "./order.js";
import { element } from "./grid.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 92, TALLEST = 20, READABLE = 14; // px; of a box that has room for words

/** Draws a walk's map into `root`. choose(id) is called with a box that was clicked. Returns mark(step), which shows where one is. */
export function drawMap(root, walk, colors, choose) {
  const { boxes, lines, columns } = mapOf(walk);
  const place = new Map(boxes.map((box) => {
    const height = Math.min(TALLEST, (HEIGHT - 8) / box.of - 3), gap = (HEIGHT - 8) / box.of;
    return [box.id, { x: (100 * (box.column + 0.5)) / columns, y: 4 + gap * (box.row + 0.5), height }];
  }));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 100 ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  for (const [from, to] of lines) {
    const [a, b] = [place.get(from), place.get(to)], line = document.createElementNS(SVG, "path"), middle = (a.x + b.x) / 2;
    line.setAttribute("d", `M${a.x} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${b.x} ${b.y}`);
    svg.append(line);
  }
  const buttons = boxes.map((box) => {
    const at = place.get(box.id), made = element("button", { type: "button", class: "box", title: box.title, "aria-label": box.title, tabIndex: -1 });
    made.style.left = `${at.x}%`;
    made.style.top = `${at.y}px`;
    made.style.width = `calc(${78 / columns}%)`;
    made.style.height = `${at.height}px`;
    if (box.owner !== null) made.style.setProperty("--c", colors[box.owner]);
    made.dataset.box = box.id;
    if (at.height >= READABLE) made.textContent = box.title.replace(/^.*: /, "");
    made.onclick = () => choose(box.id);
    return made;
  });
  root.style.height = `${HEIGHT}px`;
  root.replaceChildren(svg, ...buttons);
  return (step, through) => {
    for (const made of buttons) {
      const here = made.dataset.box === boxOf(step);
      made.classList.toggle("here", here);
      made.classList.toggle("off", !through.has(made.dataset.box));
      if (here) made.setAttribute("aria-current", "step");
      else made.removeAttribute("aria-current");
    }
  };
}
