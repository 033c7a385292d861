// A small sign for each role, beside its word: an arrow in, a target, a line through. Knows nothing of columns.

const SHAPES = {
  input: ["M1.5 6h6.5M5.2 3l3 3-3 3M10.5 1.8v8.4"],
  task: ["M6 1.4a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2", "M6 4.6a1.4 1.4 0 1 0 0 2.8a1.4 1.4 0 1 0 0-2.8"],
  ignore: ["M6 1.6a4.4 4.4 0 1 0 0 8.8a4.4 4.4 0 1 0 0-8.8", "M2.9 9.1l6.2-6.2"],
};

/** The sign of a role, 12 pixels wide, in the colour of its surroundings. */
export function icon(role) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  for (const shape of SHAPES[role]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", shape);
    svg.append(path);
  }
  return svg;
}
