// Colours: reading CSS colours, mixing, and the one rule of the product: orange = negative or no, blue = positive or yes.

export const NEGATIVE = [245, 147, 34];
export const POSITIVE = [8, 119, 189];
const HUES = [[8, 119, 189], [245, 147, 34], [38, 150, 117], [142, 99, 186], [205, 72, 96], [150, 142, 38], [72, 178, 216], [150, 102, 72]];

/** "#abc", "#aabbcc", "rgb(…)" or "rgba(…)" as [red, green, blue]; grey when it cannot be read. */
export function rgb(text) {
  const source = String(text ?? "").trim();
  const hex = /^#([0-9a-f]{3,8})$/i.exec(source)?.[1];
  if (hex) {
    const full = hex.length < 6 ? [...hex].map((digit) => digit + digit).join("") : hex;
    return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16));
  }
  const numbers = /^rgba?\(([^)]+)\)$/i.exec(source)?.[1].split(/[\s,/]+/).filter(Boolean).slice(0, 3).map(Number);
  return numbers?.length === 3 && numbers.every(Number.isFinite) ? numbers : [128, 128, 128];
}

/** Relative luminance, 0 black to 1 white. */
export function luminance(color) {
  const [r, g, b] = color.map((channel) => ((channel / 255) <= 0.03928 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** How far apart two colours are in luminance, 1 to 21, as WCAG has it. */
export function contrast(a, b) {
  const [dim, bright] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (bright + 0.05) / (dim + 0.05);
}

/** The first of `inks` that can be read on a colour; where none can, black or white: one of the two always can. */
export function readable(on, inks) {
  return [...inks, [0, 0, 0], [255, 255, 255]].find((ink) => contrast(ink, on) >= 4.5);
}

/** From `a` at 0 to `b` at 1. */
export function blend(a, b, share) {
  return a.map((channel, at) => channel + (b[at] - channel) * share);
}

export function css(color, alpha = 1) {
  return `rgba(${color.map(Math.round).join(", ")}, ${alpha})`;
}

/** Orange at -1, `zero` at 0, blue at 1. */
export function diverging(value, zero) {
  const share = Math.max(-1, Math.min(1, value));
  return blend(zero, share < 0 ? NEGATIVE : POSITIVE, Math.abs(share));
}

/** The hue of a class, by its number; a little lighter on dark paper. */
export function classHue(number, dark = false) {
  const hue = HUES[number % HUES.length];
  return dark ? blend(hue, [255, 255, 255], 0.22) : hue;
}
