// The picture as a file of its own, light or dark as it is shown: an SVG with all styles written into it, or a PNG of that.
// Knows nothing of the network: it takes what stands on the stage.

const SPACE = "http://www.w3.org/2000/svg", FINE = 2, FALLBACK = "sans-serif";
const STYLES = { // and what they are where nothing is said
  opacity: "1", fill: "rgb(0, 0, 0)", "fill-opacity": "1", stroke: "none", "stroke-width": "1px", "stroke-dasharray": "none",
  "stroke-opacity": "1", "stroke-linecap": "butt", "stroke-linejoin": "miter", "paint-order": "normal",
};
const LETTERS = { "font-size": "", "font-weight": "400", "text-anchor": "start", "letter-spacing": "normal", "text-decoration-line": "none" };
const STOPS = { "stop-color": "", "stop-opacity": "1" };

/**
 * Saves what the stage shows. `alive()`: what its canvas shows, as the address of a picture; `kind`: "svg" or "png"; `title`: what
 * the file is called; `sentence`: what it says of itself.
 */
export async function save(stage, alive, kind, title, sentence) {
  const text = standalone(stage, alive, sentence), blob = new Blob([text], { type: "image/svg+xml" });
  handOut(kind === "svg" ? blob : await pixels(blob, stage), `${title}.${kind}`);
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

/** The stage as the text of one SVG: its drawing, its canvas as a picture, its names as text, all on its paper. */
export function standalone(stage, alive, sentence) {
  const canvas = stage.querySelector(".canvas"), home = canvas.getBoundingClientRect();
  const [width, height] = [home.width, home.height].map(Math.ceil), style = getComputedStyle(stage.closest(".network"));
  const made = part("svg", { xmlns: SPACE, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": `${style.fontFamily}, ${FALLBACK}`, role: "img" });
  const title = part("title", {});
  title.textContent = sentence;
  made.append(title, part("rect", { width, height, fill: plainColor(style.backgroundColor) }));
  for (const child of canvas.children) {
    if (child.localName === "svg") made.append(...[...child.children].map(styled));
    else if (child.localName === "canvas") made.append(painted(child, alive(), home));
    else if (child.classList.contains("names")) made.append(...[...child.querySelectorAll("b, span")].map((name) => lettered(name, home)));
  }
  return new XMLSerializer().serializeToString(made);
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

function painted(canvas, href, home) {
  const box = canvas.getBoundingClientRect();
  return part("image", { href, x: box.left - home.left, y: box.top - home.top, width: box.width, height: box.height });
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

async function pixels(blob, stage) {
  const address = URL.createObjectURL(blob), image = new Image(), { width, height } = stage.querySelector(".canvas").getBoundingClientRect();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.ceil(width) * FINE, height: Math.ceil(height) * FINE });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function handOut(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
