// A curve of losses as a small path. Knows nothing of the DOM.

/** The range of all losses of a tile that are numbers: [low, high]; null where there are none. */
export function rangeOf(tasks) {
  const values = tasks.flatMap((task) => task.curve.map(([, loss]) => loss)).filter(Number.isFinite);
  return values.length ? [Math.min(...values), Math.max(...values)] : null;
}

/** `[epoch, loss or null]` as an SVG path over `epochs` by `range`, in a box of `width` by `height`; a gap where there is no loss. */
export function pathOf(curve, epochs, [low, high], width, height) {
  let text = "", pen = false;
  for (const [epoch, loss] of curve) {
    if (!Number.isFinite(loss)) {
      pen = false;
      continue;
    }
    const x = (width * epoch) / Math.max(1, epochs), y = high > low ? height * (1 - (loss - low) / (high - low)) : height / 2;
    text += `${pen ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = true;
  }
  return text;
}

/** A score in few letters. */
export function scoreText(value) {
  return Number.isFinite(value) ? value.toFixed(Math.abs(value) < 10 ? 3 : 1).replace("-", "−") : "–";
}

/** Where a run stands, in a line. */
export function standsText({ status, epoch, epochs, parameters }) {
  if (!status) return "no run yet";
  const word = { ready: "ready", playing: "training", paused: "paused", finished: "finished", failed: "stopped" }[status] ?? status;
  return `${word} · ${Math.floor(epoch)}/${epochs} · ${parameters.toLocaleString("en")} par.`;
}
