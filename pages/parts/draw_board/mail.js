// The board on its way to the server: one at a time, and of those that wait only the newest, since each holds all that is drawn.
// Until the last has been heard, what the server shows is older than what is here. Knows nothing of the DOM.

const PATIENCE = 8000, TRIES = 3; // milliseconds; a message can be lost, when another overtakes it

/** `post(board, number)` sends; `numbers` begin at `first`. `lost()` is told when the server does not answer at all. */
export function createMail(post, lost = () => {}, first = Date.now()) {
  let number = first, flying = null, next = null, timer = 0; // flying: {board, number, tries}

  function send(board, tries) {
    number += 1;
    flying = { board, number, tries };
    clearTimeout(timer);
    timer = setTimeout(again, PATIENCE);
    post(board, number);
  }

  function again() {
    if (next === null && flying.tries >= TRIES) {
      flying = null;
      lost();
      return;
    }
    const [board, tries] = next === null ? [flying.board, flying.tries + 1] : [next, 1];
    next = null;
    send(board, tries);
  }

  return {
    get waiting() { return flying !== null; },
    put(board) {
      if (flying === null) send(board, 1);
      else next = board;
    },
    heard(seen) {
      if (flying === null || !(seen >= flying.number)) return;
      flying = null;
      clearTimeout(timer);
      if (next === null) return;
      const board = next;
      next = null;
      send(board, 1);
    },
    stop: () => clearTimeout(timer),
  };
}
