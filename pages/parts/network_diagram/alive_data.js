// A snapshot of the network as numbers, and which box of the picture each of its layers is. Knows nothing of drawing.

/**
 * The layers of a snapshot by name: `weights` as shares of the layer's largest (-1 to 1), `response` as the bytes of each
 * unit, `uses` and `pulls` as bytes of each task, one unit after the other; null where there are none.
 */
export function readLayers(told) {
  return new Map((told?.layers ?? []).map((layer) => {
    const count = layer.units.length, response = decoded(layer.response);
    return [layer.name, {
      ...layer, count, response,
      each: count ? response.length / count : 0,
      weights: layer.weights ? Float32Array.from(new Int8Array(decoded(layer.weights).buffer), (byte) => byte / 127) : null,
      sources: layer.weights ? decoded(layer.weights).length / Math.max(1, count) : 0,
      use: layer.use ? decoded(layer.use) : null,
      pull: layer.pull ? decoded(layer.pull) : null,
      dead: new Set(layer.dead),
    }];
  }));
}

/** base64 as bytes. */
export function decoded(text) {
  return Uint8Array.from(atob(text ?? ""), (letter) => letter.charCodeAt(0));
}

const BANKS = ["cross-stitch", "sluice"];

/** The name of the layer that a box of the picture stands for, by the box's id; "" where none does. */
export function layerName(id, sharing) {
  if (id === "inputs") return "inputs";
  const [, where, lane, place, row] = /^(trunk|task(\d+)):(\d+|out)(?:@(.+))?$/.exec(id) ?? [];
  if (!where) return "";
  if (where !== "trunk") return place === "out" ? `output${lane}` : `tower${lane}.${place}`;
  if (row === undefined) return `trunk.${place}`;
  const [owner, number] = row.includes(".") ? row.split(".") : ["", row];
  if (BANKS.includes(sharing)) return `own.${place}@${row}`;
  if (sharing === "separate" || sharing === "soft") return `own${row}.${place}`;
  return sharing === "ple" ? `level${place}.expert${owner}@${number}` : `expert${owner}.${place}@${number}`;
}

/** Each task's part of what a unit gives or is pulled by, 0 to 1, and how much that is beside the layer's largest. */
export function shares(bytes, unit, count) {
  const tasks = bytes.length / count, found = Array.from({ length: tasks }, (_, task) => bytes[task * count + unit]);
  const total = found.reduce((sum, each) => sum + each, 0);
  let most = 0;
  for (let one = 0; one < count; one += 1) {
    let sum = 0;
    for (let task = 0; task < tasks; task += 1) sum += bytes[task * count + one];
    most = Math.max(most, sum);
  }
  return { parts: found.map((each) => (total ? each / total : 0)), size: most ? total / most : 0 };
}
