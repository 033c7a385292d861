// Names in little room: broken where they have a joint, shortened where they have none. Knows nothing of the DOM:
// `measure(text)` is told the width of a text, in pixels.

const JOINT = /(?<=[\s_\-./:,;|)])|(?<=[a-z0-9])(?=[A-Z])/u;

/** A name on at most `most` lines, none wider than `room`. */
export function lines(text, room, measure, most = 2) {
  const found = [""];
  for (const piece of text.split(JOINT)) {
    const line = found.at(-1) + piece;
    if (found.at(-1) && measure(line.trimEnd()) > room && found.length < most) found.push(piece);
    else found[found.length - 1] = line;
  }
  return found.map((line) => shortened(line.trim(), room, measure));
}

/** The least room, of `least` to `most`, in which a name is whole. */
export function enough(text, least, most, measure) {
  for (let room = least; room < most; room += 5) {
    if (lines(text, room, measure).every((line) => text.includes(line))) return room;
  }
  return most;
}

/** A text, or as much of its beginning as there is room for, and an ellipsis. */
export function shortened(text, room, measure) {
  if (measure(text) <= room) return text;
  const letters = [...text];
  let [low, high] = [1, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(letters, middle)) <= room) low = middle;
    else high = middle - 1;
  }
  return cut(letters, low);
}

/** The first of `texts` that fits, else the last. */
export function fitting(texts, room, measure) {
  return texts.find((text) => measure(text) <= room) ?? texts.at(-1);
}

/** About how wide a text is at a font size, where none can be measured. */
export function about(size) {
  return (text) => text.length * size * 0.53;
}

function cut(letters, count) {
  return `${letters.slice(0, count).join("").replace(/[\s_\-./:,;|]+$/u, "")}…`;
}
