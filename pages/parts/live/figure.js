// A small chart with a caption: one canvas, and where the pointer is on it.

import { createSurface, make } from "./surface.js";

/** {element, stack, surface, note, pointer()}: `title` and `hint` are its caption; `note` is text at the caption's end. */
export function createFigure(sizes, wake, { title, hint = "", className = "panel" }) {
  const element = make("figure", className);
  const caption = make("figcaption", "", "", hint ? { title: hint } : {});
  const note = make("span", "note");
  caption.append(make("span", "name", title), note);
  const stack = make("div", "stack", "", { role: "img", "aria-label": hint ? `${title}: ${hint}` : title });
  const canvas = make("canvas");
  stack.append(canvas);
  element.append(caption, stack);
  const surface = sizes.add(createSurface(canvas));
  let pointer = null;
  stack.onpointermove = (event) => {
    pointer = { x: event.offsetX, y: event.offsetY };
    wake();
  };
  stack.onpointerleave = () => {
    pointer = null;
    wake();
  };
  return { element, stack, surface, note, pointer: () => pointer, stop: () => sizes.remove(surface) };
}
