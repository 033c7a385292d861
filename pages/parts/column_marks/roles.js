// The three roles of a column, in words and in their order. Knows nothing of the DOM.

export const ROLES = {
  input: { word: "Input", next: "task", offer: "Click to make it a task: what the network should predict.", now: "an input" },
  task: { word: "Task", next: "ignore", offer: "Click to ignore it.", now: "a task" },
  ignore: { word: "Ignored", next: "input", offer: "Click to make it an input: what the network sees.", now: "ignored" },
};

/** The role that one more click gives. */
export function nextRole(role) {
  return ROLES[role].next;
}

/** How many columns there are of each role: `{ input, task, ignore }`. */
export function tally(roles) {
  const counts = { input: 0, task: 0, ignore: 0 };
  for (const role of roles) counts[role] += 1;
  return counts;
}

/** A share of missing values in few letters; nothing where nothing is missing. */
export function missingText(share) {
  if (!(share > 0)) return "";
  const percent = 100 * share;
  const digits = percent < 0.1 ? "< 0.1" : percent < 10 ? String(Number(percent.toFixed(1))) : String(Math.min(Math.round(percent), share < 1 ? 99 : 100));
  return `${digits} % missing`;
}

/** What a screen reader says of a head. */
export function spoken(name, role, missing) {
  const gaps = missingText(missing);
  return `${name}: ${ROLES[role].now}${gaps ? `, ${gaps}` : ""}. ${ROLES[role].offer}`;
}
