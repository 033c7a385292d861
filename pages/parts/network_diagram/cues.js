// A fade with an arrow wherever the picture goes on outside its frame. Knows nothing of what is shown.

const SIDES = { left: ["‹", -1, 0], right: ["›", 1, 0], up: ["⌃", 0, -1], down: ["⌄", 0, 1] };

/** Puts the arrows in `host`, over the scrolling `stage`; the function it gives looks anew which are needed. */
export function cues(host, stage) {
  const made = Object.entries(SIDES).map(([side, [sign, x, y]]) => {
    const arrow = Object.assign(document.createElement("button"), { type: "button", className: side, tabIndex: -1, hidden: true });
    arrow.append(Object.assign(document.createElement("span"), { textContent: sign }));
    arrow.onclick = () => stage.scrollBy({ left: x * stage.clientWidth * 0.7, top: y * stage.clientHeight * 0.7, behavior: "smooth" });
    return { arrow, x, y };
  });
  host.replaceChildren(...made.map(({ arrow }) => arrow));
  const look = () => {
    const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = stage;
    for (const { arrow, x, y } of made) {
      const hidden = x < 0 ? scrollLeft : x > 0 ? scrollWidth - clientWidth - scrollLeft : y < 0 ? scrollTop : scrollHeight - clientHeight - scrollTop;
      arrow.hidden = hidden < 4;
      arrow.style.cssText = x
        ? `top: 0; height: ${clientHeight}px; left: ${x > 0 ? clientWidth - 34 : 0}px`
        : `left: 0; width: ${clientWidth}px; top: ${y > 0 ? clientHeight - 26 : 0}px`;
    }
  };
  stage.addEventListener("scroll", look, { passive: true });
  return look;
}
