// What the live components need of a browser, in one place, so that tests can bring their own.

import { rootOf } from "./address.js";

export function browserEnv() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let root = null;
  return {
    root() {
      const loaded = () => [...performance.getEntriesByType("resource").map((entry) => entry.name), ...[...document.scripts].map((script) => script.src)];
      return (root ??= rootOf(loaded(), document.baseURI));
    },
    connect: (url) => new EventSource(url),
    post: (url, body) => fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Requested-With": "mtl" },
      body: JSON.stringify(body),
    }),
    /** What the server says at an address that will not stream; nothing when it does. */
    async ask(url) {
      const answer = await fetch(url);
      if (!answer.ok) return (await answer.json()).message;
      await answer.body?.cancel();
      return "";
    },
    /** What the server has at an address, as JSON; {message} where it refuses. */
    read: (url) => fetch(url).then((answer) => answer.json()),
    now: () => performance.now(),
    later: (action, wait) => setTimeout(action, wait),
    cancel: (timer) => clearTimeout(timer),
    hidden: () => document.hidden,
    onVisibility: (action) => document.addEventListener("visibilitychange", action),
    /** A press of mouse, pen or finger on anything but our own transport bar and pictures. */
    onClick: (action) => addEventListener("pointerdown", (event) => {
      if (!event.composedPath().some((each) => each.matches?.(".transport, .outputs"))) action();
    }, true),
    nextFrame: (action) => requestAnimationFrame(action),
    still: () => calm.matches,
  };
}
