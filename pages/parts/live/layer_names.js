// The layers of a network in words and colours, from their names: "trunk.0", "tower1.0", "output1", "expert.0", "gate1", "stitch.0".

import { blend } from "./color.js";
import { taskColor } from "./theme.js";

const LAYER_NAME = /^(?:level(\d+)\.)?(trunk|own|expert|gate|stitch|skip|mask|tower|output)(\d*)(?:\.(\d+))?(?:\.(?:in|out))?$/;

/** {kind, task, depth, output}: the number of the task that owns a layer, null where all share it; its depth among those. */
export function layerPlace(name) {
  const [, level, kind, task, depth] = LAYER_NAME.exec(name) ?? [];
  if (!kind) return null;
  return { kind, task: task === "" ? null : Number(task), depth: Number(depth ?? level ?? 0), output: kind === "output" || kind === "gate" };
}

/** "layer 1, shared", "layer 1 of pressure", "output of pressure". */
export function layerWords(name, tasks) {
  const place = layerPlace(name);
  if (!place) return name;
  const owner = tasks[place.task]?.name ?? `task ${place.task + 1}`;
  const number = place.depth + 1, whose = place.task === null ? "" : ` of ${owner}`;
  if (place.kind === "output") return `output of ${owner}`;
  if (place.kind === "own") return place.task === null ? `layer ${number}, all copies` : `layer ${number}, copy${whose}`;
  if (place.kind === "expert") return place.task === null ? `experts' layer ${number}` : `layer ${number} of the experts${whose}`;
  if (place.kind === "gate") return `${name.startsWith("level") ? `gate after layer ${number}` : "gate"}${whose || " of all tasks"}`;
  if (place.kind === "stitch") return `stitch after layer ${number}`;
  if (place.kind === "skip" || place.kind === "mask") return `${place.kind === "mask" ? `mask ${number}` : "mixture of layers"}${whose}`;
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
