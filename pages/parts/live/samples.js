// Samples of lines for legends: solid, "dashed" or "wide"; "twin" in the colour of networks without activations.

import { make } from "./surface.js";

export function lineSample(look = "", attributes = {}) {
  return make("i", `line ${look}`.trim(), "", attributes);
}

/** A legend's item: its sample and its words. */
export function keyItem(sample, text, hint = "") {
  const item = make("span", "item", "", hint ? { title: hint } : {});
  item.append(sample, text);
  return item;
}
