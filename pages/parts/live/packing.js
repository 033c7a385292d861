// Curves that were sent as steps, as numbers again. See core/runs/packing.py.

/** A frame's view with every packed line as a list; everything else as it came. */
export function unpackedView(view) {
  if (view?.kind !== "curve") return view;
  for (const name of ["tasks", "twin"]) {
    for (const line of (view[name] ?? []).flat()) {
      for (const [key, value] of Object.entries(line)) if (value?.steps) line[key] = unpacked(value);
    }
  }
  return view;
}

/** The numbers of `{from, unit, steps}`, to four digits, as they were before. */
export function unpacked({ from, unit, steps }) {
  let place = 0;
  return [from, ...steps.map((step) => Number((from + (place += step) * unit).toPrecision(5)))];
}
