// Light or dark, told from the page's own background. Knows nothing of what is drawn.

/** Whether a CSS colour, as browsers compute it (`rgb(18, 20, 27)`), is a dark one. */
export function isDark(color) {
  const [red, green, blue] = (color.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 110;
}
