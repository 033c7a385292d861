// Whose gradient a step on the way back shows, and whether weights are in it. Knows nothing of the DOM.

import { roughText } from "../live/format.js";

/** A sentence on that, or nothing where there is one task. task: whose is asked for, null for all. */
export function whoseNote(step, walk, task) {
  if (!step.back || step.kind === "total" || walk.tasks.length < 2) return "";
  const { weights } = walk.steps.at(-1), near = walk.nearest ? ` ${walk.nearest}'s own step is no weighted sum; this is the nearest to it.` : "";
  if (step.kind === "meeting") return near.trim();
  const alone = step.task ?? task ?? onlyOne(step, walk);
  if (alone === null) return `Shown is the sum of all tasks' gradients, each times its weight.${near} Choose a task to see its own.`;
  return `Gradient of ${walk.tasks[alone].name}'s loss alone, before its weight of ${roughText(weights[alone])}.`;
}

/** The one task whose gradient reaches what a step gives; null where there are several. */
function onlyOne(step, walk) {
  const found = walk.tasks.flatMap((_, at) => (`g${at}.${step.out}` in walk.matrices ? [at] : []));
  return found.length === 1 ? found[0] : null;
}
