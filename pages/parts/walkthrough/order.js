// In which order steps are gone through, forward and back, and where each stands on the small map. Knows nothing of numbers.

/** What says which step it is, also after the numbers have changed. */
export function idOf(step) {
  return `${step.back ? "back " : ""}${step.kind} ${step.place ?? step.name}`;
}

const isMine = (step, task) => task === null || step.owner === null || step.owner === task;

/** The places that a task's answer goes through; of all tasks where `task` is null. */
export function placesOf(walk, task) {
  if (task === null) return null;
  const byPlace = new Map(walk.steps.filter((step) => step.place !== null).map((step) => [step.place, step]));
  const answer = walk.steps.find((step) => step.kind === "answer" && step.task === task), found = new Set();
  const go = (place) => {
    if (found.has(place)) return;
    found.add(place);
    byPlace.get(place)?.from.forEach(go);
  };
  answer.from.forEach(go);
  return found;
}

/** The steps forward, of one task or of all. */
export function forwardOf(walk, task) {
  const through = placesOf(walk, task);
  return walk.steps.filter((step) => (step.place === null ? isMine(step, task) : through === null || through.has(step.place)));
}

/**
 * The steps back. A value that several tasks take gets a step of its own, "meeting", where their gradients come together. Steps that no
 * gradient reaches are left out.
 */
export function backwardOf(walk, task) {
  const through = forwardOf(walk, task), found = [];
  const has = (key) => key in walk.matrices;
  const reached = (key) => (task === null ? walk.tasks.some((_, at) => has(`g${at}.${key}`)) : has(`g${task}.${key}`));
  const ends = lastOf(walk.steps);
  for (const step of [...through].reverse()) {
    if (step.kind === "answer" || step.kind === "inputs") continue;
    if (step.kind === "total" || step.kind === "loss") {
      found.push({ ...step, back: true });
      continue;
    }
    if (!reached(step.out)) continue;
    if (ends.get(step.place) === step && meets(walk, step)) {
      found.push({ ...step, kind: "meeting", back: true });
    }
    found.push({ ...step, back: true });
  }
  return found;
}

/** The last of the steps that each place of the graph is told as. */
function lastOf(steps) {
  return new Map(steps.filter((step) => step.place !== null).map((step) => [step.place, step]));
}

/** Whether gradients of several tasks come together at what a step gives: tasks' own steps take it. */
function meets(walk, step) {
  const several = walk.tasks.filter((_, at) => `g${at}.${step.out}` in walk.matrices).length > 1;
  return several && step.owner === null && walk.steps.some((other) => other.owner !== null && other.place !== null && other.from.includes(step.place));
}

/** The small map: boxes {id, place, owner, column, row, steps} in columns by how far they are from the inputs, and lines between them. */
export function mapOf(walk) {
  const boxes = new Map();
  for (const step of walk.steps) {
    const id = boxOf(step);
    if (!boxes.has(id)) boxes.set(id, { id, title: step.title, owner: step.owner, from: step.from.map((place) => `at ${place}`), column: 0 });
    if (step.kind === "loss") boxes.get(id).title = step.title.replace(/loss$/, "answer and loss");
  }
  const total = boxes.get("total");
  if (total) total.from = [...boxes.keys()].filter((id) => id.startsWith("end "));
  const depth = (id, seen = new Set()) => {
    const box = boxes.get(id);
    if (!box || seen.has(id)) return -1;
    if (box.depth === undefined) box.depth = Math.max(-1, ...box.from.map((from) => depth(from, new Set([...seen, id])))) + 1;
    return box.depth;
  };
  boxes.forEach((box, id) => (box.column = depth(id)));
  const columns = Math.max(...[...boxes.values()].map((box) => box.column)) + 1;
  const taken = new Map();
  for (const box of [...boxes.values()].sort((a, b) => (a.owner ?? -1) - (b.owner ?? -1))) {
    box.row = taken.get(box.column) ?? 0;
    taken.set(box.column, box.row + 1);
  }
  for (const box of boxes.values()) box.of = taken.get(box.column);
  const lines = [...boxes.values()].flatMap((box) => box.from.filter((from) => boxes.has(from)).map((from) => [from, box.id]));
  return { boxes: [...boxes.values()], lines, columns, rows: Math.max(...taken.values()) };
}

/** The box of the map that a step belongs to. */
export function boxOf(step) {
  if (step.kind === "total") return "total";
  return step.place === null ? `end ${step.task}` : `at ${step.place}`;
}
