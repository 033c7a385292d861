// A pen like a canvas's, as far as the living picture uses one, that notes what SVG would draw. Knows nothing of the DOM.

const BLACK = "rgb(0, 0, 0)";
const round = (value) => Math.round(value * 100) / 100;

/** A line of strokes as SVG's `d`. */
export class Trail {
  d = "";
  moveTo(x, y) { this.#add("M", x, y); }
  lineTo(x, y) { this.#add("L", x, y); }
  bezierCurveTo(...places) { this.#add("C", ...places); }
  roundRect(x, y, width, height, radius) {
    const r = Math.max(0, Math.min(radius, width / 2, height / 2)), right = x + width, bottom = y + height;
    this.#add("M", x + r, y);
    for (const [toX, toY, endX, endY] of [[right - r, y, right, y + r], [right, bottom - r, right - r, bottom], [x + r, bottom, x, bottom - r], [x, y + r, x + r, y]]) {
      this.#add("L", toX, toY);
      this.#add("A", r, r, 0, 0, 1, endX, endY);
    }
    this.d += "Z";
  }
  #add(letter, ...values) { this.d += letter + values.map(round).join(" "); }
}

/** `drawn` is what was drawn, in order: [name of an SVG element, its attributes]. `picture(source, x, y, w, h)` gives a part of it as an address. */
export class VectorPen {
  drawn = [];
  globalAlpha = 1;
  lineWidth = 1;
  lineCap = "butt";
  fillStyle = BLACK;
  strokeStyle = BLACK;
  #trail = new Trail();
  #picture;

  constructor(picture) { this.#picture = picture; }

  beginPath() { this.#trail = new Trail(); }
  moveTo(x, y) { this.#trail.moveTo(x, y); }
  lineTo(x, y) { this.#trail.lineTo(x, y); }
  bezierCurveTo(...places) { this.#trail.bezierCurveTo(...places); }
  roundRect(...box) { this.#trail.roundRect(...box); }
  fill(trail = this.#trail) { this.#note("path", { d: trail.d, ...this.#paint("fill", this.fillStyle) }); }
  stroke(trail = this.#trail) {
    this.#note("path", { d: trail.d, fill: "none", ...this.#paint("stroke", this.strokeStyle), "stroke-width": round(this.lineWidth), "stroke-linecap": this.lineCap });
  }
  fillRect(x, y, width, height) {
    this.#note("rect", { x: round(x), y: round(y), width: round(width), height: round(height), ...this.#paint("fill", this.fillStyle) });
  }
  drawImage(source, fromX, fromY, fromWidth, fromHeight, x, y, width, height) {
    const href = this.#picture(source, fromX, fromY, fromWidth, fromHeight);
    this.#note("image", { href, x: round(x), y: round(y), width: round(width), height: round(height), preserveAspectRatio: "none", style: "image-rendering: pixelated", opacity: round(this.globalAlpha) });
  }

  #note(name, attributes) { if (attributes.d !== "") this.drawn.push([name, attributes]); }
  #paint(kind, style) {
    const { color, alpha } = painted(style);
    return { [kind]: color, [`${kind}-opacity`]: Math.round(alpha * this.globalAlpha * 1000) / 1000 };
  }
}

/** A CSS colour as SVG has it: {color, alpha}. */
export function painted(style) {
  const [, parts, alpha = "1"] = /^rgba?\(([\d.]+, ?[\d.]+, ?[\d.]+)(?:, ?([\d.e-]+))?\)$/.exec(style) ?? [];
  return parts ? { color: `rgb(${parts})`, alpha: Number(alpha) } : { color: style, alpha: 1 };
}
