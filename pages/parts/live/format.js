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

/** A measured value to about three digits; a dash when there is none. */
export function numberText(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const size = Math.abs(value);
  if (size === 0) return "0.000";
  if (size < 5e-4 || size >= 1e6) {
    const [digits, power] = value.toExponential(1).split("e");
    return minus(`${digits}e${Number(power)}`);
  }
  if (size >= 1000) return minus(Math.round(value).toLocaleString("en-US").replace(/,/g, "\u2009"));
  return minus(value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3));
}

/** A label on an axis, with as many decimals as the step between labels needs. */
export function tickText(value, step) {
  if (Math.abs(value) < step * 1e-9) return "0";
  const size = Math.max(Math.abs(value), step);
  if (size >= 1e6) return minus(`${Number((value / 1e6).toPrecision(3))}M`);
  if (size >= 1e4) return minus(`${Number((value / 1e3).toPrecision(4))}k`);
  if (step < 1e-3) {
    const [digits, power] = value.toExponential().split("e");
    return minus(`${Number(Number(digits).toFixed(1))}e${Number(power)}`);
  }
  return minus(value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9))));
}

/** A label on a logarithmic axis. */
export function logText(value) {
  return value >= 1e-3 && value < 1e4 ? minus(String(Number(value.toPrecision(2)))) : minus(value.toExponential(0).replace("+", ""));
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
