// Colours and shapes of answers, the colours being those of the live pictures. Each class has a shape too, for whoever cannot tell
// the colours apart.

const ORANGE = [245, 147, 34], BLUE = [8, 119, 189];
const HUES = [BLUE, ORANGE, [38, 150, 117], [142, 99, 186], [205, 72, 96]];
const CORNERS = [
  null,
  [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
  [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  [[0, 1.2], [-1.15, -0.85], [1.15, -0.85]],
];

export function mixed(a, b, share) {
  return a.map((channel, at) => channel + (b[at] - channel) * share);
}

export function css(color, alpha = 1) {
  return `rgba(${color.map(Math.round).join(", ")}, ${alpha})`;
}

/** Of two classes the colours of no and yes, of more a hue each. */
export function classColor(number, classes, dark) {
  if (classes === 2) return [ORANGE, BLUE][number];
  return dark ? mixed(HUES[number], [255, 255, 255], 0.22) : HUES[number];
}

/** Orange at -1, blue at 1. */
export function valueColor(value, dark) {
  return mixed(dark ? [52, 57, 66] : [232, 234, 235], value < 0 ? ORANGE : BLUE, Math.abs(value));
}

export function answerColor({ kind, classes }, answer, dark) {
  return kind === "value" ? valueColor(answer, dark) : classColor(answer, classes, dark);
}

/** Adds the shape of a class to a path; that of a value is a circle. */
export function trace(path, number, x, y, radius) {
  const corners = CORNERS[number];
  if (!corners) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([across, down], at) => (at ? path.lineTo(x + across * radius, y + down * radius) : path.moveTo(x + across * radius, y + down * radius)));
  path.closePath();
}

/** A class's shape for SVG, in a box from -1.4 to 1.4. */
export function outline(number) {
  const corners = CORNERS[number];
  return corners ? `M${corners.map((corner) => corner.join(" ")).join("L")}Z` : "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z";
}

/** Light or dark, told from the page's own background, and what to draw with. */
export function readLook(element) {
  const style = getComputedStyle(element), [paper, ink, touch] = ["backgroundColor", "color", "outlineColor"].map((name) => numbers(style[name]));
  const dark = 0.299 * paper[0] + 0.587 * paper[1] + 0.114 * paper[2] < 110;
  return { dark, paper, ink, touch, font: style.fontFamily, key: [paper, ink, touch, style.fontFamily].join("|") };
}

/** `rgb(…)`, as browsers compute colours. */
function numbers(text) {
  const found = (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return found.length === 3 ? (text.startsWith("color(") ? found.map((each) => 255 * each) : found) : [128, 128, 128];
}
