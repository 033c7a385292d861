// One sentence for each edit: what was changed, for who cannot see the picture. Knows nothing of the DOM.

import { stackAt, wayOf } from "./controls.js";
import { reaches } from "./pending.js";

/** What an edit has made of a network, `spec` being the one with it. */
export function told(op, spec) {
  const task = spec.tasks.findIndex((one) => one.where === op.where), owner = task < 0 ? "the shared layers" : `the layers of ${spec.tasks[task].title}`;
  const layers = stackAt(spec, op.where ?? spec.trunk.where), layer = layers[op.at];
  const depth = stackAt(spec, spec.trunk.where).length;
  if (op.op === "add") return layer ? `A new layer ${op.at + 1} in ${owner}, ${counted(layer.width, "unit")}.` : "";
  if (op.op === "remove") return `Layer ${op.at + 1} of ${owner} is gone; ${counted(layers.length, "layer")} left.`;
  if (op.op === "move") return `Layer ${op.at + 1} of ${owner} is layer ${op.to + 1} now.`;
  if (op.op === "change") return layer ? `Layer ${op.at + 1} of ${owner}: ${kept(op.fields, layer)}.` : "";
  if (op.op === "branch") return `${wayOf(spec.tasks[task]?.title ?? "", reaches(spec)[task], depth)}.`;
  if (["branch-earlier", "branch-later", "share"].includes(op.op)) return depth ? `${counted(depth, "shared layer")}.` : "Nothing is shared now.";
  return "";
}

function kept(fields, layer) {
  const words = {
    width: () => counted(layer.width, "unit"),
    activation: () => layer.title,
    batch_norm: () => `batch norm ${layer.batch_norm ? "on" : "off"}`,
    dropout: () => `dropout ${Math.round(layer.dropout * 100)} %`,
  };
  return Object.keys(fields).map((name) => words[name]?.() ?? name).join(", ");
}

function counted(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}
