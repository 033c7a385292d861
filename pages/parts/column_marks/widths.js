// How wide a column is, told from its texts alone, so that columns out of sight need not be laid out. Knows nothing of the DOM.

export const NARROWEST = 96, WIDEST = 184;
const NAME = 7.7, CELL = 7.2, ROOM = 24; // pixels: a letter of the head, one of a cell, the air at both sides

/** Pixels for a column of this name and these cells. */
export function columnWidth(name, cells) {
  const longest = cells.reduce((most, cell) => Math.max(most, String(Array.isArray(cell) ? cell[0] : cell ?? "").length), 0);
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, name.length * NAME + ROOM, longest * CELL + ROOM)));
}
