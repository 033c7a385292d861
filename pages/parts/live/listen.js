// Hears of a run by the connection that the page's transport bar has. Knows nothing of the DOM, nor of what the news is wanted for.

const LISTEN_AGAIN = 300; // ms until the bar is looked for again

/** Calls `hear(channel)` at once, if there is a frame, and with each one after. `find` gives the page's hub. Returns how to stop it. */
export function listen(run, hear, find = () => window.__mtlLive, later = setTimeout, cancel = clearTimeout) {
  let timer = null, stop = () => {};

  function begin() {
    const hub = find();
    if (!hub) {
      timer = later(begin, LISTEN_AGAIN);
      return;
    }
    const channel = hub.channel(run), tell = () => channel.frame && hear(channel);
    stop = channel.subscribe((what) => what === "frame" && tell());
    tell();
  }

  begin();
  return () => {
    cancel(timer);
    stop();
  };
}
