// Where the app is served: it may lie under a base path, and the page's own address changes as one moves about.

/** The app's root address, ending in a slash, from the addresses of scripts the page has loaded. */
export function rootOf(scripts, fallback) {
  for (const script of scripts) {
    const at = script.indexOf("/static/js/");
    if (at >= 0) return script.slice(0, at + 1);
  }
  return new URL("./", fallback).href;
}

/** The address of a run's stream and commands, or of what lies `below` it. */
export function liveAddress(root, run, query = {}, below = "") {
  const url = new URL(`live/${encodeURIComponent(run)}${below}`, root);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
