// Hears of a room: server-sent events that say when pages should look again, and how many people are there. Knows nothing of the DOM.

const AGAIN = 1000, LATER = 8000; // ms until it is asked again: after a stream's end, and after a refusal

/** The address of what a room has for this browser. */
export function roomAddress(root, code, what) {
  return new URL(`room/${encodeURIComponent(code)}/${what}`, root).href;
}

/** Calls `hear({sign, people})` with each piece of news from `url`. env: connect, later, cancel, hidden, onVisibility. Returns how to stop. */
export function createNews(url, env, hear) {
  let source = null, timer = null, ended = false, began = 0;

  function open() {
    timer = null;
    if (source || ended || env.hidden()) return;
    began = env.now();
    source = env.connect(url);
    source.addEventListener("news", (event) => hear(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      const short = env.now() - began < AGAIN;
      close();
      if (!ended && !env.hidden()) timer = env.later(open, short ? LATER : 50);
    });
  }

  function close() {
    source?.close();
    source = null;
    if (timer !== null) env.cancel(timer);
    timer = null;
  }

  env.onVisibility(() => (env.hidden() ? close() : open()));
  open();
  return () => {
    ended = true;
    close();
  };
}

/** What is said of people, at a presenter's. */
export function peopleText(people) {
  return people === 0 ? "nobody is here yet" : people === 1 ? "1 person is here" : `${people} people are here`;
}
