// Changes on their way to the server: each holds all there is, so that only the newest counts. Until the server has heard of it, what it
// shows is older than what is here. Knows nothing of the DOM.

const PATIENCE = 8000, TRIES = 3; // milliseconds; a message can be lost when another overtakes it

/** `send(what, number)` posts; `lost()` is told when nobody answers. */
export function createPost(send, lost = () => {}, first = Date.now(), later = setTimeout, cancel = clearTimeout) {
  let number = first, newest = null, tries = 0, timer = null;

  function again() {
    tries += 1;
    if (tries > TRIES) {
      newest = null;
      lost();
      return;
    }
    timer = later(again, PATIENCE);
    send(newest, number);
  }

  return {
    get waiting() { return newest !== null; },
    put(what) {
      cancel(timer);
      [newest, number, tries] = [what, number + 1, 0];
      again();
    },
    heard(seen) {
      if (newest === null || !(seen >= number)) return;
      newest = null;
      cancel(timer);
    },
    stop: () => cancel(timer),
  };
}
