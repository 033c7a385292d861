// What is pointed at, in words. Knows nothing of the DOM.

import { shares } from "./alive_data.js";

/** A name of a layer, as "shared layer 1", "layer 2 of thal", "expert 3, layer 1". `tasks`: the tasks' titles. */
export function layerTitle(name, tasks) {
  if (name === "inputs") return "inputs";
  const [, level, kind, task, at, copy] = /^(?:level(\d+)\.)?(trunk|own|expert|tower|output)(\d*)(?:\.(\d+))?(?:@(\d+))?$/.exec(name) ?? [];
  const number = Number(at ?? level ?? 0) + 1, owner = tasks[Number(task)] ?? "";
  if (kind === "trunk") return `shared layer ${number}`;
  if (kind === "own") return `layer ${number}, copy of ${task === "" ? tasks[Number(copy)] : owner}`;
  if (kind === "expert") return `${task === "" ? "" : `${owner}'s own `}expert ${Number(copy ?? 0) + 1}, layer ${number}`;
  return kind === "tower" ? `layer ${number} of ${owner}` : kind === "output" ? `answer of ${owner}` : name;
}

/** The lines that say what a unit or a link is: the first its name. `inputs`: the names of the network's inputs. */
export function wordsOf(found, { tasks, inputs, kind }) {
  const { layer, place } = found, title = layerTitle(layer.name, tasks);
  if (found.kind === "link") {
    const into = unitTitle(layer, place, tasks, inputs);
    if (!found.from) return [`into ${into}`, "what comes in is mixed of several layers"];
    const weight = layer.weights[found.input * layer.count + place] * layer.scale;
    return [`weight ${brief(weight)}`, `from ${unitTitle(found.from, found.input, tasks, inputs)}`, `into ${into}`, "click to edit it"];
  }
  const lines = [unitTitle(layer, place, tasks, inputs)];
  if (layer.count < layer.of) lines.push(`one of the ${layer.count} strongest of ${layer.of} in ${title}`);
  if (layer.dead.has(place)) lines.push("dead: it says 0 on every row");
  else lines.push(`says ${brief(layer.low[place])} to ${brief(layer.high[place])}${kind === "curve" ? " over the input" : kind === "map" ? " over the two inputs" : " over the rows"}`);
  for (const [key, says] of [["use", "used by"], ["pull", "pulled at by"]]) if (layer[key]) lines.push(`${says} ${inParts(layer[key], place, layer.count, tasks)}`);
  return lines;
}

const LONGEST = 14; // letters of a class in the legend

/**
 * The legend's items {sample, text, hint}. any: there are weights; kind: of pictures; few: some layers show their strongest units alone;
 * told: {task, classes} by which histograms are coloured, or null. Of a class `at` is its number.
 */
export function legendOf({ any, kind, input, shared, dead, few, told = null }) {
  const pictures = {
    curve: ["what a unit says over the input", `each unit's curve over ${input ?? "the input"}: blue above 0, orange below`],
    map: ["what a unit says over both inputs", "each unit's map: blue above 0, orange below"],
    table: ["how often a unit says what", "each unit's histogram over the validation rows, from its lowest value to its highest, in the colours of classes"],
  };
  const [text, hint] = pictures[kind] ?? pictures.table;
  return [
    ...(any ? [{ sample: "line", text: "weight + / −", hint: "Blue is positive, orange negative; the thicker, the larger beside the largest of its matrix" }] : []),
    { sample: kind === "table" ? "" : "picture", text: told ? `${text}, by ${told.task}` : text, hint },
    ...(told ? told.classes.map((name, at) => ({ sample: "class", at, text: name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name, hint: `${told.task} is ${name}` })) : []),
    ...(shared ? [{ sample: "bars", text: "who pulls (left) and uses (right)", hint: "Beside a shared unit: on its left how hard each task's gradient pulls at its weights, on its right the size of the weights out of it into each task's own layers" }] : []),
    ...(dead ? [{ sample: "dead", text: "dead", hint: "Units that say 0 on every row" }] : []),
    ...(few ? [{ sample: "", text: "12 strongest shown", hint: "Of a layer with more than 16 units those are shown whose spread over the rows, times the weights out of them, is the largest" }] : []),
  ];
}

function unitTitle(layer, place, tasks, inputs) {
  const number = layer.units[place];
  if (layer.name === "inputs") return inputs[number] ?? `input ${number + 1}`;
  if (layer.name.startsWith("output") && layer.of === 1) return layerTitle(layer.name, tasks);
  return `unit ${number + 1} of ${layerTitle(layer.name, tasks)}`;
}

function inParts(bytes, unit, count, tasks) {
  return shares(bytes, unit, count).parts.map((part, task) => ({ part, title: tasks[task] }))
    .sort((a, b) => b.part - a.part).map(({ part, title }) => `${title} ${Math.round(100 * part)} %`).join(", ");
}

function brief(value) {
  return Number(value.toPrecision(2)).toString().replace("-", "−");
}
