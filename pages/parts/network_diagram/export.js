// The picture as a file of its own, light or dark as it is shown: an SVG with all styles written into it, or a PNG of that.
// Knows nothing of the network: it takes what stands on the stage.

import { painted } from "./vector.js";

const SPACE = "http://www.w3.org/2000/svg", FINE = 2, FALLBACK = "sans-serif";
const STYLES = { // and what they are where nothing is said
  opacity: "1", fill: "rgb(0, 0, 0)", "fill-opacity": "1", stroke: "none", "stroke-width": "1px", "stroke-dasharray": "none",
  "stroke-opacity": "1", "stroke-linecap": "butt", "stroke-linejoin": "miter", "paint-order": "normal",
};
const LETTERS = { "font-size": "", "font-weight": "400", "text-anchor": "start", "letter-spacing": "normal", "text-decoration-line": "none" };
const LEGEND = { letters: 11.5, row: 18, gap: 22, edge: 8, faint: 0.75, chips: { line: [18, 4], bars: [4, 11], class: [9, 9] } };
const STOPS = { "stop-color": "", "stop-opacity": "1" };

/**
 * Saves what the stage shows. `alive`: its {vectors, legend}, what its canvas shows and what that stands for; `kind`: "svg" or "png";
 * `title`: what the file is called; `sentence`: what it says of itself.
 */
export async function save(stage, alive, kind, title, sentence) {
  const made = standalone(stage, alive, sentence), blob = new Blob([made.text], { type: "image/svg+xml" });
  handOut(kind === "svg" ? blob : await pixels(blob, made), `${title}.${kind}`);
}

/** What a file of the picture is called: letters and digits of what is said of it. */
export function fileName(...words) {
  return words.join(" ").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80).replace(/-+$/, "") || "network";
}

/** A colour as browsers compute it, as every program that reads SVG knows it; others stay as they are. */
export function plainColor(value) {
  return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)/g, (_, red, green, blue, alpha) => {
    const parts = [red, green, blue].map((part) => Math.round(Math.min(1, Math.max(0, Number(part))) * 255));
    return alpha === undefined ? `rgb(${parts.join(", ")})` : `rgba(${parts.join(", ")}, ${alpha})`;
  });
}

/** The stage as one SVG, {text, width, height}: its drawing, what is on its canvas, its names and its legend, all on its paper. */
export function standalone(stage, alive, sentence) {
  const canvas = stage.querySelector(".canvas"), home = canvas.getBoundingClientRect();
  const style = getComputedStyle(stage.closest(".network")), [width, inner] = [home.width, home.height].map(Math.ceil);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${LEGEND.letters}px ${style.fontFamily}`;
  const legend = legendParts(alive.legend(), width, inner, (text) => pen.measureText(text).width, plainColor(style.color));
  const height = inner + legend.height;
  const made = part("svg", { xmlns: SPACE, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": `${style.fontFamily}, ${FALLBACK}`, role: "img" });
  const title = part("title", {});
  title.textContent = sentence;
  made.append(title, part("rect", { width, height, fill: plainColor(style.backgroundColor) }));
  for (const child of canvas.children) {
    if (child.localName === "svg") made.append(...[...child.children].map(styled));
    else if (child.localName === "canvas") made.append(...alive.vectors().map(([name, attributes]) => part(name, attributes)));
    else if (child.classList.contains("names")) made.append(...[...child.querySelectorAll("b, span")].map((name) => lettered(name, home)));
  }
  made.append(...legend.parts.map(([name, attributes, text]) => Object.assign(part(name, attributes), text ? { textContent: text } : {})));
  return { text: new XMLSerializer().serializeToString(made), width, height };
}

/**
 * What lines, pictures and bars stand for, in rows below a drawing `width` wide that ends at `top`: {parts: [[name, attributes, text]],
 * height}. `items`: {text, sample, paints}; `measure(text)`: its width.
 */
export function legendParts(items, width, top, measure, ink) {
  const parts = [];
  let x = LEGEND.edge, y = top + LEGEND.row / 2;
  for (const { text, sample, paints } of items) {
    const [wide, tall] = LEGEND.chips[sample] ?? LEGEND.chips.class, whole = (paints.length ? wide + 5 : 0) + measure(text);
    if (x > LEGEND.edge && x + whole > width) [x, y] = [LEGEND.edge, y + LEGEND.row];
    paints.forEach((paint, at, { length }) => {
      const { color, alpha } = painted(paint), beside = sample === "line" || sample === "picture";
      const box = beside ? { x: x + (wide * at) / length, y: y - tall / 2, width: wide / length, height: tall } : { x, y: y - tall / 2 + (tall * at) / length, width: wide, height: tall / length };
      parts.push(["rect", { ...box, fill: color, "fill-opacity": alpha }]);
    });
    parts.push(["text", { x: x + whole - measure(text), y: y + LEGEND.letters * 0.35, fill: ink, "fill-opacity": LEGEND.faint, "font-size": `${LEGEND.letters}px` }, text]);
    x += whole + LEGEND.gap;
  }
  return { parts, height: items.length ? y + LEGEND.row / 2 - top + LEGEND.edge : 0 };
}

/** A copy of an element and all in it that looks the same without a style sheet. */
function styled(element) {
  const copy = element.cloneNode(false);
  if (copy.nodeType !== Node.ELEMENT_NODE) return copy;
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  const looks = getComputedStyle(element), kind = element.localName;
  const wanted = kind === "g" ? { opacity: "1" } : kind === "stop" ? STOPS : kind === "text" ? { ...STYLES, ...LETTERS } : STYLES;
  for (const [name, usual] of ["title", "defs", "linearGradient"].includes(kind) ? [] : Object.entries(wanted)) {
    const value = plainColor(looks.getPropertyValue(name));
    if (value !== usual) copy.setAttribute(name === "text-decoration-line" ? "text-decoration" : name, value);
  }
  copy.append(...[...element.childNodes].map(styled));
  return copy;
}

/** A line of words outside the drawing, where it stands. */
function lettered(element, home) {
  const box = element.getBoundingClientRect(), looks = getComputedStyle(element), size = parseFloat(looks.fontSize);
  const made = part("text", {
    x: box.left - home.left, y: box.top - home.top + box.height / 2 + size * 0.35, fill: plainColor(looks.color),
    "font-size": looks.fontSize, "font-weight": looks.fontWeight,
  });
  made.textContent = element.textContent;
  return made;
}

function part(name, attributes) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns") made.setAttribute(key, value);
  return made;
}

async function pixels(blob, { width, height }) {
  const address = URL.createObjectURL(blob), image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: width * FINE, height: height * FINE });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function handOut(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
