// Which columns a search shows. Knows nothing of the DOM.

/** Whether every word of `text` occurs in `name`, in any case. */
export function isFound(name, text) {
  const low = name.toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => low.includes(word));
}
