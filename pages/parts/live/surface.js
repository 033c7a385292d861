// A canvas that is sharp on every screen and knows its size without asking the layout.

/** Wraps `canvas`; `observer` tells its size: call `resized(width, height)` from a ResizeObserver. */
export function createSurface(canvas) {
  const ctx = canvas.getContext("2d");
  const surface = {
    canvas, ctx,
    width: canvas.clientWidth,
    height: canvas.clientHeight,
    ratio: 0,
    resized(width, height) {
      [surface.width, surface.height] = [Math.round(width), Math.round(height)];
    },
    /** Makes it a picture of `size` by `size` pixels that the browser stretches between the margins. */
    stretch({ size, margins }) {
      [canvas.width, canvas.height] = [size, size];
      Object.assign(canvas.style, {
        left: `${margins.left}px`, top: `${margins.top}px`,
        width: `calc(100% - ${margins.left + margins.right}px)`, height: `calc(100% - ${margins.top + margins.bottom}px)`,
      });
      surface.begin = () => true;
    },
    /** Clears for drawing in CSS pixels; false when there is nothing to draw on. */
    begin() {
      const ratio = (window.devicePixelRatio || 1) * (canvas.currentCSSZoom || 1); // a stage enlarges all that is on it
      const [wide, high] = [Math.round(surface.width * ratio), Math.round(surface.height * ratio)];
      if (wide < 1 || high < 1) return false;
      if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
      surface.ratio = ratio;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, surface.width, surface.height);
      return true;
    },
  };
  return surface;
}

/** Calls `onSize()` when any observed surface changes size. */
export function observeSizes(onSize) {
  const surfaces = new Map();
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) surfaces.get(entry.target)?.resized(entry.contentRect.width, entry.contentRect.height);
    onSize();
  });
  return {
    add(surface) {
      surfaces.set(surface.canvas, surface);
      observer.observe(surface.canvas);
      return surface;
    },
    remove(surface) {
      surfaces.delete(surface.canvas);
      observer.unobserve(surface.canvas);
    },
    /** Reads the sizes of surfaces that have none yet: what has just been put on the page can then be drawn at once. */
    now() {
      for (const surface of surfaces.values()) if (!surface.width) surface.resized(surface.canvas.clientWidth, surface.canvas.clientHeight);
    },
    stop: () => observer.disconnect(),
  };
}

/** Tells a grid how many columns to have where there is room, and where there is little; `pairs` stay beside each other. */
export function setColumns(element, count, pairs = false) {
  if (pairs) return void ["--wide", "--narrow"].forEach((name, at) => element.style.setProperty(name, at || count < 4 ? 2 : 4));
  element.style.setProperty("--wide", count <= 4 ? count : count <= 6 ? 3 : 4);
  element.style.setProperty("--narrow", count === 4 ? 2 : Math.min(count, 3));
}

/** A new element with a class, text and attributes. Text is only ever text. */
export function make(tag, className = "", text = "", attributes = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
