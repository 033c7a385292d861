// What a pointer does while it holds something: from its way to units or places, and one drag from start to end.
// Knows nothing of the network.

const SLACK = 5; // pixels before holding becomes dragging: a click may tremble
const DOUBLING = 56, BY_ONE = 9; // pixels that double a width, and that one unit takes at least

/** A width that is dragged by `dy` pixels, up for more: by powers of two, at least a unit every few pixels; `fine`: only those. */
export function draggedWidth(width, dy, most, fine = false) {
  const plain = width - Math.trunc(dy / BY_ONE), power = Math.round(width * 2 ** (-dy / DOUBLING));
  const wanted = fine || Math.abs(plain - width) > Math.abs(power - width) ? plain : power;
  return Math.min(most, Math.max(1, wanted));
}

/** A place among layers that is dragged by `dx` pixels, a layer being `pitch` wide. */
export function draggedPlace(place, dx, pitch, least, most) {
  return Math.min(most, Math.max(least, place + Math.round(dx / pitch)));
}

/**
 * Follows the pointer that pressed, with mouse, pen or finger. `moved(dx, dy, fine)` while it drags; `dropped()` when it lets go;
 * `left()` on Escape or when the browser takes the finger for scrolling. A press without a way is a click, and
 * none of these is called. A drag is no click of what it ended on.
 */
export function follow(event, { moved, dropped, left }) {
  if (event.button !== 0 || !event.isPrimary) return;
  const { pointerId, clientX, clientY } = event;
  let dragging = false;
  const ends = new AbortController(), listen = (name, act) => addEventListener(name, act, { capture: true, signal: ends.signal });
  const end = (act) => {
    ends.abort();
    if (!dragging) return;
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    act();
  };
  listen("pointermove", (now) => {
    if (now.pointerId !== pointerId) return;
    const dx = now.clientX - clientX, dy = now.clientY - clientY;
    dragging ||= Math.hypot(dx, dy) > SLACK;
    if (dragging) moved(dx, dy, now.shiftKey);
  });
  listen("pointerup", (now) => now.pointerId === pointerId && end(dropped));
  listen("pointercancel", (now) => now.pointerId === pointerId && end(left));
  listen("keydown", (now) => {
    if (now.key !== "Escape") return;
    now.stopPropagation();
    end(left);
  });
}

function swallow(event) {
  event.stopPropagation();
  event.preventDefault();
}
