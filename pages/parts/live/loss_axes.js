// The axes of loss charts: where they end, their scale, linear or of powers of ten, and their ticks.

import { axisTicks } from "./chart.js";
import { numberText } from "./format.js";
import { linearScale, niceCeil, niceFloor } from "./scale.js";
import { extent, usualTop } from "./series.js";

/** Where a loss axis should end for these bands, in values or, with `log`, in powers of ten; those reach up to `loss` too. */
export function lossLimits(bands, log, loss = null) {
  const floor = log ? 0 : -Infinity;
  const means = extent(bands.map((band) => band.mean), floor);
  if (!means) return log ? [-2, 0] : [0, 1];
  const edges = extent(bands.flatMap((band) => [band.low, band.high]), floor) ?? means;
  if (log) {
    const low = Math.floor((Math.log10(Math.max(edges[0], means[0] / 3)) - 0.02) * 3) / 3;
    const high = Math.ceil((Math.log10(Math.max(Math.min(edges[1], means[1] * 3), loss ?? 0)) + 0.02) * 3) / 3;
    return [low, Math.max(high, low + 0.67)];
  }
  const top = Math.max(...bands.map((band) => usualTop(band.mean)));
  const high = Math.min(edges[1], top > 0 && edges[1] > means[1] ? top * 1.5 : top);
  return [means[0] < 0 ? -niceCeil(-Math.max(edges[0], means[0] * 1.5)) : 0, niceCeil(Math.max(high * 1.02, 1e-9))];
}

/** A function from losses to [from, to], for such limits. */
export function lossScale({ low, high }, log, from, to) {
  const inner = linearScale(low, high, from, to);
  return log ? (value) => (value > 0 ? inner(Math.log10(value)) : NaN) : inner;
}

/** Ticks for such limits on an axis `room` px high. */
export function lossTicks({ low, high }, log, room) {
  const count = Math.max(1, Math.min(5, room / (room < 60 ? 15 : 28)));
  if (log) return axisTicks(10 ** low, 10 ** high, count, true);
  const ticks = axisTicks(low, high, count);
  return ticks.length < 2 ? [...ticks, { value: niceFloor(high), text: numberText(niceFloor(high)) }] : ticks; // one number is no scale
}

/** Ticks of epochs on an axis `room` px long, with room for the word at its end; what finds none has no text. */
export function epochTicks({ low, high }, room) {
  const ticks = axisTicks(low, high, Math.max(2, Math.min(8, room / 50))).filter(({ value }) => Number.isInteger(value)).map(({ value, text }) => ({ value, text: text.replace(/\.0+$/, "") }));
  const at = linearScale(low, high, 0, room);
  const wide = (text) => 6.5 * text.length;
  const last = ticks.at(-1);
  const merged = last && at(last.value) + wide(last.text) / 2 > room - 30;
  const until = merged ? at(last.value) + wide(last.text) / 2 - wide(`epoch ${last.text}`) - 4 : room - 32;
  return ticks.map((tick) => (tick !== last && at(tick.value) + wide(tick.text) / 2 > until ? { ...tick, text: "" } : tick));
}
