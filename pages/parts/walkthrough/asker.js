// Questions to the server: one under way, and of those that come meanwhile the newest. Knows nothing of the DOM.

/** send(question) -> promise of an answer; take(answer), fail(message). Returns {ask(question), busy, stop()}. */
export function createAsker(send, take, fail) {
  let [waiting, stopped] = [null, false];
  const asker = {
    busy: false,
    ask(question) {
      if (asker.busy) waiting = question;
      else go(question);
    },
    stop() {
      stopped = true;
      waiting = null;
    },
  };

  async function go(question) {
    asker.busy = true;
    try {
      const answer = await send(question);
      if (!stopped && waiting === null) take(answer, question);
    } catch (error) {
      if (!stopped && waiting === null) fail(error.message);
    }
    asker.busy = false;
    const next = waiting;
    waiting = null;
    if (next !== null && !stopped) go(next);
  }

  return asker;
}

/** Rows as a person writes them, "3, 7-9", from 1; null where it says none. At most `most`. */
export function rowsOf(text, most) {
  const rows = [];
  for (const part of String(text).split(/[\s,;]+/).filter(Boolean)) {
    const found = /^(\d{1,9})(?:[-–−](\d{1,9}))?$/.exec(part);
    if (!found) return null;
    const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
    if (first < 1 || last < first) return null;
    for (let row = first; row <= last && rows.length < most; row++) if (!rows.includes(row)) rows.push(row);
  }
  return rows.length ? rows : null;
}

/** What is said of rows that are more than `most`; nothing of others. */
export function cutText(rows, most) {
  return rows.length > most ? `At most ${most} rows: ${rowsText(rows.slice(0, most))} are shown.` : "";
}

/** Rows in short, "1–4, 9". */
export function rowsText(rows) {
  const runs = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && row === run[1] + 1) run[1] = row;
    else runs.push([row, row]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}
