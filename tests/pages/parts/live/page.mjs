// As much of a page as the live components need to be built without a browser.

export function fakeElement(tag = "div") {
  const element = {
    tag, className: "", children: [], attributes: {}, style: { setProperty: (name, value) => (element.style[name] = value) }, dataset: {}, on: {}, hidden: false,
    classList: { names: new Set(), add: (name) => element.classList.names.add(name), toggle: (name, on) => element.classList.names[on ? "add" : "delete"](name) },
    text: "",
    get textContent() {
      return element.text + element.children.map((child) => child.textContent ?? child).join("");
    },
    set textContent(text) {
      [element.text, element.children] = [text, []];
    },
    append: (...children) => element.children.push(...children),
    replaceChildren: (...children) => (element.children = children),
    setAttribute(name, value) {
      element.attributes[name] = String(value);
      if (name.startsWith("data-")) element.dataset[name.slice(5)] = String(value);
    },
    addEventListener: (type, action) => (element.on[type] = action),
    removeEventListener: (type) => delete element.on[type],
    setPointerCapture: () => {},
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    querySelector: (name) => element.children.find((child) => child.tag === name) ?? null,
    getContext: () => ({}),
    clientWidth: 0,
    clientHeight: 0,
    /** The first element inside with a class. */
    find(name) {
      for (const child of element.children) {
        if (typeof child === "string" || !child.find) continue;
        const found = child.className.split(" ").includes(name) ? child : child.find(name);
        if (found) return found;
      }
      return null;
    },
  };
  return element;
}

/** Makes `document` and `window` such a page. */
export function fakePage() {
  globalThis.document = { createElement: fakeElement, createTextNode: (text) => text };
  globalThis.window = { devicePixelRatio: 1 };
}

/** Sizes that are never told. */
export function fakeSizes() {
  const held = new Set();
  return { held, add: (surface) => (held.add(surface), surface), remove: (surface) => held.delete(surface), now: () => {} };
}

/** A context that writes down what is called: [[name, ...arguments] …]. */
export function fakeContext() {
  const calls = [];
  const known = { measureText: (text) => ({ width: 6 * text.length }) };
  const ctx = new Proxy(known, { get: (target, name) => target[name] ?? ((...given) => calls.push([name, ...given])), set: (target, name, value) => (calls.push([name, value]), true) });
  return { ctx, calls };
}
