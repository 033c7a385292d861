// Closes groups of controls that are locked: whatever is in them can be neither clicked nor typed into.

const PART = /(?:^|\s)st-key-part-([a-z]+)/;

/** The name of the part that a container's class carries; "" where it carries none. */
export function partOf(className) {
  return PART.exec(className)?.[1] ?? "";
}

/** Closes `parts` in `root` and opens all others; `why` is said on hover. */
export function closeParts(root, parts, why) {
  for (const box of root.querySelectorAll('[class*="st-key-part-"]')) {
    const closed = parts.includes(partOf(box.className));
    for (const child of box.children) if (child.inert !== closed) child.inert = closed;
    if (closed) box.title = why;
    else if (box.title) box.removeAttribute("title");
  }
}

/** Keeps parts closed, also those that come later. Returns {set(parts, why), stop()}. */
export function createClosing(root, next = requestAnimationFrame) {
  let parts = [], why = "", due = false;

  function look() {
    if (due) return;
    due = true;
    next(() => {
      due = false;
      closeParts(root, parts, why);
    });
  }

  const watch = new MutationObserver(look);
  return {
    set(wanted, reason) {
      [parts, why] = [wanted, reason];
      closeParts(root, parts, why);
      watch.disconnect();
      if (parts.length) watch.observe(root, { childList: true, subtree: true });
    },
    stop() {
      watch.disconnect();
      closeParts(root, [], "");
    },
  };
}
