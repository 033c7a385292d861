// Reads the page's theme from its CSS variables: canvases cannot use `var(--…)`.

import { blend, css, luminance, rgb } from "./color.js";

/** Colours and font of the theme around `element`. `key` changes when any of them does. */
export function readTheme(element) {
  const style = getComputedStyle(element);
  const read = (name, fallback) => {
    const value = style.getPropertyValue(name).trim();
    return value && value !== "unset" ? value : fallback;
  };
  const background = rgb(read("--st-background-color", "#ffffff"));
  const text = rgb(read("--st-text-color", "#31333f"));
  const dark = luminance(background) < 0.3;
  const font = read("--st-font", "sans-serif");
  return {
    dark, background, text, font,
    key: [background, text, font].join("|"),
    ink: css(text),
    soft: css(blend(background, text, dark ? 0.68 : 0.66)),
    axis: css(blend(background, text, 0.35)),
    grid: css(blend(background, text, dark ? 0.12 : 0.09)),
    paper: css(background),
    bad: dark ? "#ff8a80" : "#b3261e",
    twin: dark ? [245, 158, 11] : [217, 119, 6], // networks without activations
    shade: css(text, dark ? 0.07 : 0.05),
    zero: dark ? [52, 57, 66] : [232, 234, 235],
    label: `12px ${font}`,
    small: `11px ${font}`,
  };
}

/** A task's [light, dark] colour for this theme, as [red, green, blue]. */
export function taskColor(task, theme) {
  return rgb(task.color?.[theme.dark ? 1 : 0]);
}
