// Which places of a long axis are shown: some from where one has scrolled to, and the strongest of the others.

export const WIDE = 8, RUN = 6;

/** {places, first, last, left}: `places` in order; `first` to `last` without a gap, from 0; `left`: how many are not shown. */
export function shownOf(size, start, strengths) {
  if (size <= WIDE) return { places: Array.from({ length: size }, (_, at) => at), first: 0, last: size - 1, left: 0, strong: [] };
  const first = Math.max(0, Math.min(start, size - RUN)), last = first + RUN - 1;
  const others = Array.from({ length: size }, (_, at) => at).filter((at) => at < first || at > last);
  const strong = others.sort((a, b) => (strengths?.[b] ?? 0) - (strengths?.[a] ?? 0) || a - b).slice(0, WIDE - RUN).sort((a, b) => a - b);
  const run = Array.from({ length: RUN }, (_, at) => first + at);
  return { places: [...run, ...strong], first, last, left: size - WIDE, strong };
}

/** Where scrolling by so many pages leads. */
export function scrolled(size, start, pages) {
  return Math.max(0, Math.min(start + pages * RUN, size - RUN));
}
