// Puts the records of frames together into one history, across reconnections.

export const NO_HISTORY = { start: null, records: [] };

/** The record that numbers are of: of the network as it stands where that was changed since, else the newest. */
export function standing(frame, history) {
  return frame?.now ?? history.records.at(-1);
}

/** What such numbers are of, in words. */
export function standingText(frame) {
  if (frame?.looking) return `at epoch ${Number(frame.looking.epoch.toPrecision(4))}`;
  return frame?.now ? "as it stands" : "latest epoch";
}

/**
 * The history after a frame. `gap` is true when records are missing between the two: then nothing is added, and the
 * sender must be asked again from what is held. A frame of an earlier start is `late`.
 */
export function mergeFrame(history, frame) {
  if (history.start !== null && frame.start < history.start) return { history, gap: false, late: true };
  const held = frame.start === history.start ? history.records : [];
  const news = frame.records ?? [];
  const from = frame.from ?? held.length;
  if (from > held.length) return { history: { start: frame.start, records: held }, gap: true, late: false };
  if (!news.length) return { history: held === history.records ? history : { start: frame.start, records: held }, gap: false, late: false };
  return { history: { start: frame.start, records: [...held.slice(0, from), ...news] }, gap: false, late: false };
}
