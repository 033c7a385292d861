// Presses of buttons on their way to the server, in their order: a message can be lost when another overtakes it, so that all that were
// not heard of are sent again. Knows nothing of the DOM.

const PATIENCE = 3000, TRIES = 5; // milliseconds

/** `send([{name, n} ..])` posts all that wait. */
export function createPresses(send, first = Date.now(), later = setTimeout, cancel = clearTimeout) {
  let waiting = [], number = first, tries = 0, timer = null;

  function again() {
    cancel(timer);
    tries += 1;
    if (tries > TRIES) waiting = [];
    if (!waiting.length) return;
    timer = later(again, PATIENCE);
    send(waiting);
  }

  return {
    get waiting() { return waiting.map(({ name }) => name); },
    put(name) {
      number += 1;
      waiting = [...waiting, { name, n: number }];
      tries = 0;
      again();
    },
    /** The server has done all presses up to this number. */
    heard(seen) {
      waiting = waiting.filter(({ n }) => !(n <= seen));
      if (!waiting.length) cancel(timer);
    },
    stop: () => cancel(timer),
  };
}
