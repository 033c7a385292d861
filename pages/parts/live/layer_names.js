// The layers of a network in words and colours, from their names: "trunk.0", "tower1.0", "output1".

import { blend } from "./color.js";
import { taskColor } from "./theme.js";

/** {task, depth, output}: the number of the task that owns a layer, null where all share it; its depth among those. */
export function layerPlace(name) {
  const [, kind, task, depth] = /^(trunk|tower|output)(\d*)(?:\.(\d+))?$/.exec(name) ?? [];
  if (!kind) return null;
  return { task: task === "" ? null : Number(task), depth: Number(depth ?? 0), output: kind === "output" };
}

/** "layer 1, shared", "layer 1 of pressure", "output of pressure". */
export function layerWords(name, tasks) {
  const place = layerPlace(name);
  if (!place) return name;
  const owner = tasks[place.task]?.name ?? `task ${place.task + 1}`;
  if (place.output) return `output of ${owner}`;
  return place.task === null ? `layer ${place.depth + 1}, shared` : `layer ${place.depth + 1} of ${owner}`;
}

/** Per layer how far it lies on the way from light to dark, 0 to 1, among the hidden layers of its owner. */
export function layerShades(names) {
  const places = names.map(layerPlace);
  return places.map((place) => {
    const alike = places.filter((other) => other && place && other.task === place.task && !other.output && !place.output).length;
    return alike > 1 ? place.depth / (alike - 1) : 1;
  });
}

/** The owner's colour: of the text where all share the layer. */
export function ownerColor(name, tasks, theme) {
  const task = tasks[layerPlace(name)?.task];
  return task ? taskColor(task, theme) : theme.text;
}

/** The layer's colour: its owner's, the stronger the deeper. */
export function layerColor(name, shade, tasks, theme) {
  return blend(theme.background, ownerColor(name, tasks, theme), 0.45 + 0.55 * shade);
}
