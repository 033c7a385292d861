// Numbers and times as text. Widths are kept steady, so that nothing moves when a number changes.

export const NONE = "–";

/** A count with leading zeros: pad(12, 4) = "0012". */
export function pad(count, width) {
  return String(Math.max(0, Math.floor(count))).padStart(width, "0");
}

/** "0012 / 0050": both sides as wide as the larger, and at least four digits. */
export function epochText(epoch, epochs) {
  const width = Math.max(4, String(Math.max(epochs ?? 0, Math.floor(epoch ?? 0))).length);
  return `${pad(epoch ?? 0, width)} / ${pad(epochs ?? 0, width)}`;
}

const minus = (text) => text.replace(/-/g, "\u2212");

/** A measured value: three decimals from 0.1 on, two digits below that; a dash when there is none. */
export function numberText(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  if (size === 0) return "0.000";
  if (size < 1e-5 || size >= 1e6) return powerText(value, 1);
  if (size >= 1000) return minus(Math.round(value).toLocaleString("en-US").replace(/,/g, "\u2009"));
  return minus(value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 ? 3 : 1 - Math.floor(Math.log10(size))));
}

/** Short, where a number is only pointed at: "40", "2.5". */
export function roughText(value) {
  const size = Math.abs(value);
  return size >= 1e5 || (size < 1e-4 && size > 0) ? powerText(value, 1) : minus(size >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2))));
}

/** Digits and a power of ten: "1.6e−7". */
function powerText(value, decimals) {
  const [digits, power] = value.toExponential(decimals).split("e");
  return minus(`${digits}e${Number(power)}`);
}

/** A number where there is next to no room: "5e−5". */
export function briefText(value) {
  return value === 0 ? "0" : powerText(Number(value.toPrecision(2)), undefined);
}

/** A label on an axis, with as many decimals as the step between labels needs. */
export function tickText(value, step) {
  if (Math.abs(value) < step * 1e-9) return "0";
  const size = Math.max(Math.abs(value), step);
  if (size >= 1e6) return minus(`${Number((value / 1e6).toPrecision(3))}M`);
  if (size >= 1e4) return minus(`${Number((value / 1e3).toPrecision(4))}k`);
  if (step < 1e-4) return briefText(value);
  return minus(value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9))));
}

/** A label on a logarithmic axis. */
export function logText(value) {
  return value >= 1e-4 && value < 1e4 ? String(Number(value.toPrecision(2))) : powerText(value, 0);
}

/** Seconds as "0:07", "12:30" or "1:02:05". */
export function durationText(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NONE;
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${pad(minutes, 2)}:${pad(rest, 2)}` : `${minutes}:${pad(rest, 2)}`;
}

/** Steps per second. */
export function rateText(rate) {
  if (rate === null || rate === undefined || !Number.isFinite(rate)) return NONE;
  return rate >= 10 ? Math.round(rate).toLocaleString("en-US").replace(/,/g, "\u2009") : rate.toFixed(1);
}

/** "name (unit)" or "name". */
export function named(name, unit) {
  return unit ? `${name} (${unit})` : name;
}

/** The text, shortened with an ellipsis until `measure(text)` is at most `width`. */
export function shorten(text, width, measure) {
  if (measure(text) <= width) return text;
  let kept = text.length;
  while (kept > 1 && measure(`${text.slice(0, kept)}…`) > width) kept -= 1;
  return `${text.slice(0, kept)}…`;
}

/** The same with the ellipsis inside: names of one kind often differ at their end. */
export function shortenInside(text, width, measure) {
  let kept = text.length;
  let short = text;
  while (kept > 2 && measure(short) > width) {
    kept -= 1;
    short = `${text.slice(0, Math.ceil(kept / 2))}…${text.slice(text.length - Math.floor(kept / 2))}`;
  }
  return short;
}
