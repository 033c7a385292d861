// From the picture of hard sharing to that of another architecture: copies of the shared layers, gates, stitches, masks.
// Pure geometry. Knows nothing of the DOM or colours: `tone` is the lane whose colour a thing has, -1 the shared one.

const LEAST_ROW = 54; // the least height of a row of copies
const GATE = 24, LEVEL = 16, BEHIND = 9, LAST = 32; // the size of a gate, and of one between levels; how far behind a layer its stitch stands, and behind the last, past its button

/** Architectures that are drawn in another way than hard sharing, by name. */
const WAYS = {
  hard: branched,
  separate: (picture, kit) => each(picture, kit),
  soft: (picture, kit) => tied(each(picture, kit), "soft"),
  "cross-stitch": (picture, kit) => tied(each(picture, kit), "stitch"),
  sluice: (picture, kit) => tied(each(picture, kit), "stitch"),
  omoe: (picture, kit) => gated(picture, kit, { common: true }),
  mmoe: (picture, kit) => gated(picture, kit),
  "dselect-k": (picture, kit) => gated(picture, kit),
  cgc: (picture, kit) => gated(picture, kit),
  ple: (picture, kit) => levelled(tied(gated(picture, kit), "gates", 1), kit),
  mtan: masked,
  hierarchical: fed,
};
const CAPTIONS = {
  hard: ["shared layers", "shared"], hierarchical: ["shared layers", "shared"], mtan: ["shared layers", "shared"],
  separate: ["a copy for each task", "copies"], soft: ["a copy for each task", "copies"],
  "cross-stitch": ["a copy for each task", "copies"], sluice: ["a copy for each task", "copies"],
};

/** The picture as the spec's architecture has it; hard sharing's own stays as it is. `measures`: how rows of layers are fitted. */
export function arranged(picture, spec, measures) {
  const way = WAYS[spec.sharing?.name];
  if (!way || !spec.tasks.length) return picture;
  const trunk = picture.nodes.filter((node) => node.lane < 0 && node.kind !== "inputs");
  const root = trunk.at(-1) ?? picture.nodes.find((node) => node.kind === "inputs");
  const start = { ...picture, marks: [], wires: [], notes: [], caption: CAPTIONS[spec.sharing.name] ?? ["experts"] };
  return way(start, { spec, sharing: spec.sharing, trunk, root, measures });
}

/** Hard sharing with tasks that branch off earlier: their way begins at another layer. A layer of one task has its colour. */
function branched(picture, { spec, sharing, trunk }) {
  const reach = spec.tasks.map((_, lane) => sharing.branch?.[lane] ?? Infinity);
  const alone = (at) => {
    const through = reach.flatMap((after, lane) => (after > at ? [lane] : []));
    return through.length === 1 && reach.length > 1 ? through[0] : -1;
  };
  const tones = new Map(trunk.map((node) => [node.id, alone(node.kind === "fold" ? node.to - 1 : node.at)]));
  const leaving = (lane) => {
    const left = trunk.filter((node) => (node.kind === "fold" ? node.to : node.at + 1) <= reach[lane]);
    return left.at(-1)?.id ?? "inputs";
  };
  const owners = [...new Set(tones.values())], owner = owners.length === 1 ? owners[0] : -1; // all others are separate
  return {
    ...picture,
    ...(owner < 0 ? {} : { owner, caption: [`layers of ${spec.tasks[owner].title}`, spec.tasks[owner].title, "own"] }),
    nodes: picture.nodes.map((node) => (tones.has(node.id) ? { ...node, tone: tones.get(node.id) } : node)),
    links: picture.links.map((link) => (link.branches ? { ...link, from: leaving(link.lane) } : tones.has(link.to) ? { ...link, tone: tones.get(link.to) } : link)),
  };
}

/** A row of shared layers for each task, at the height of its lane. */
function each(picture, kit) {
  const rows = picture.lanes.map(({ lane, top, height }) => ({ key: lane, tone: lane, y: top + height / 2, height: height + 6, of: `copy of ${kit.spec.tasks[lane].title}` }));
  const made = stacked(picture, kit, rows);
  const links = made.links.map((link) => (link.branches ? { ...link, from: kit.trunk.length ? `${kit.root.id}@${link.lane}` : kit.root.id, branches: !kit.trunk.length } : link));
  return { ...made, links };
}

/** Experts in rows above each other, and a gate for each task, or one for all, which weighs those that it sees. */
function gated(picture, kit, { common = false } = {}) {
  const { spec, sharing } = kit;
  const shared = group(sharing.experts, -1, "expert"), lanes = spec.tasks.length;
  const own = sharing.own ? spec.tasks.map((task, lane) => group(sharing.own, lane, `own expert of ${task.title}`)) : [];
  const half = Math.ceil(own.length / 2);
  const top = picture.branch.bottom - picture.lanes.length * (picture.lanes[0].height + 6), room = picture.branch.bottom - top;
  const groups = [...own.slice(0, half), shared, ...own.slice(half)], all = groups.flat();
  const rows = all.length * LEAST_ROW <= room ? all : groups.map((some) => (some.length > 1 ? { ...some[0], deck: some.length } : some[0]));
  const height = room / rows.length;
  const placed = rows.map((row, i) => ({ ...row, key: `${row.tone < 0 ? "" : `${row.tone}.`}${row.number}`, y: top + height * (i + 0.5), height }));
  const made = stacked(picture, kit, placed);
  const x = picture.branch.x - 3, seen = (lane) => placed.filter((row) => row.tone < 0 || row.tone === lane);
  const into = (row, gate, tone) => ({ id: `${row.key}>${gate}`, from: `${kit.root.id}@${row.key}`, to: gate, tone });
  const about = (lane) => `Gate of ${spec.tasks[lane].title}: how much it listens to which expert, ${sharing.by_row === false ? "once for all rows" : "row by row"}`;
  if (common) {
    const gate = { ...gateAt("gate", x, middleOf(placed), -1), hint: "The gate of all tasks: which expert counts, row by row" };
    return { ...made, nodes: [...made.nodes, gate], wires: placed.map((row) => into(row, "gate", -1)), links: made.links.map((link) => (link.branches ? { ...link, from: "gate" } : link)) };
  }
  const gates = Array.from({ length: lanes }, (_, lane) => ({ ...gateAt(`gate${lane}`, x, heightOf(picture, lane), lane), hint: about(lane) }));
  return {
    ...made, nodes: [...made.nodes, ...gates],
    wires: gates.flatMap((gate, lane) => seen(lane).map((row) => into(row, gate.id, lane))),
    links: made.links.map((link) => (link.branches ? { ...link, from: `gate${link.lane}`, branches: false } : link)),
  };
}

/** Masks through which each task looks at every shared layer. */
function masked(picture, { spec, trunk }) {
  const x = picture.branch.x - 3;
  const masks = spec.tasks.map((task, lane) => ({ ...gateAt(`mask${lane}`, x, heightOf(picture, lane), lane, "mask"), hint: `Masks of ${task.title}: how much of each unit of every shared layer it takes, row by row` }));
  return {
    ...picture, nodes: [...picture.nodes, ...masks],
    wires: masks.flatMap((mask, lane) => trunk.map((node) => ({ id: `${node.id}>${mask.id}`, from: node.id, to: mask.id, tone: lane }))),
    links: picture.links.map((link) => (link.branches ? { ...link, from: `mask${link.lane}`, branches: false } : link)),
  };
}

/** What each task says goes into the towers of those after it. */
function fed(picture, { spec, root }) {
  const x = picture.branch.x - 3, joins = spec.tasks.slice(1).map((task, at) => ({
    ...gateAt(`join${at + 1}`, x, heightOf(picture, at + 1), at + 1, "join"), hint: `${task.title} also sees what the tasks before it say`,
  }));
  const outputs = picture.nodes.filter((node) => node.kind === "output"), pen = (lane) => x - 5 * (outputs.length - 2 - lane);
  const feeds = outputs.slice(0, -1).map((node) => {
    const { top, height } = picture.lanes[node.lane], below = top + height + 3, from = node.x - node.w / 2 - 5, last = joins.at(-1).y;
    const along = pen(node.lane);
    return {
      id: `feed${node.lane}`, tone: node.lane, kind: "feed", title: `What ${spec.tasks[node.lane].title} says feeds the tasks after it`,
      path: `M ${node.x - node.w / 2} ${node.y + node.h * 0.3} H ${from + 3} Q ${from} ${node.y + node.h * 0.3} ${from} ${node.y + node.h * 0.3 + 4} V ${below - 6} Q ${from} ${below} ${from - 6} ${below} H ${along + 6} Q ${along} ${below} ${along} ${below + 6} V ${last - GATE / 2}`,
    };
  });
  return {
    ...picture, nodes: [...picture.nodes, ...joins],
    wires: [...joins.map((join) => ({ id: `root>${join.id}`, from: root.id, to: join.id, tone: -1 })), ...feeds],
    links: picture.links.map((link) => (link.branches && link.lane > 0 ? { ...link, from: `join${link.lane}`, branches: false } : link)),
  };
}

/** Marks between the rows at each layer, but the last `but`: dotted ties, or stitches that mix what the rows found. */
function tied(picture, kind, but = 0) {
  const columns = new Map();
  for (const node of picture.nodes.filter((one) => one.copied)) columns.set(node.copied, [...(columns.get(node.copied) ?? []), node]);
  const places = [...columns.values()], shown = places.slice(0, places.length - but);
  const words = { soft: "A pull that keeps the weights of this layer's copies alike", stitch: "A stitch: the copies exchange what they found, as much as they learn to", gates: "What the experts of this level found goes to its gates, and from there to the next level" };
  const behind = (nodes) => (nodes === places.at(-1) && kind === "stitch" ? LAST : BEHIND);
  const marks = shown.filter((nodes) => nodes.length > 1).map((nodes) => ({
    id: `${kind}:${nodes[0].copied}`, kind, edge: nodes[0].x + nodes[0].w / 2, x: nodes[0].x + nodes[0].w / 2 + behind(nodes),
    ys: nodes.map((node) => node.y), ends: nodes.map((node) => [node.y - node.h / 2, node.y + node.h / 2]), tones: nodes.map((node) => node.tone), title: words[kind],
  }));
  return { ...picture, marks };
}

/** Between two levels a gate for each task and one for all, on the line that its experts hand what they found to. */
function levelled(picture, { spec }) {
  const gates = picture.marks.flatMap(({ id, x, ys, tones }) => {
    const at = (tone) => ys.filter((_, row) => tones[row] === tone), mean = (found) => found.reduce((sum, y) => sum + y, 0) / found.length;
    const all = { ...gateAt(`${id}:all`, x, mean(at(-1).length ? at(-1) : ys), -1), hint: "The gate of all tasks: it weighs all experts of this level, and feeds the next level's experts for all" };
    const own = spec.tasks.flatMap((task, lane) => (at(lane).length
      ? [{ ...gateAt(`${id}:${lane}`, x, mean(at(lane)), lane), hint: `The gate of ${task.title}: it weighs its own experts of this level and those for all, and feeds its own of the next` }] : []));
    return [all, ...own].map((gate) => ({ ...gate, w: LEVEL, h: LEVEL }));
  });
  return { ...picture, nodes: [...picture.nodes, ...gates] };
}

/** The shared layers once in every row: `{ key, tone, y, height, of, deck }`. */
function stacked(picture, { spec, trunk, measures }, rows) {
  const old = new Set(trunk.map((node) => node.id)), height = Math.min(...rows.map((row) => row.height));
  const part = measures.fit(spec.trunk.layers, height - 6);
  const copy = (node, row) => ({
    ...node, id: `${node.id}@${row.key}`, copied: node.id, copy: row.of, tone: row.tone, deck: row.deck, y: measures.center(row.y, part),
    h: measures.tall(node.units, part), compact: part.compact, low: part.low, lines: part.lines,
  });
  const wordless = height < LEAST_ROW + 30; // the matrices are written in the first row alone
  const links = picture.links.flatMap((link) => {
    if (!old.has(link.to)) return [link];
    return rows.map((row, i) => ({
      ...link, id: `${link.id}@${row.key}`, from: old.has(link.from) ? `${link.from}@${row.key}` : link.from, to: `${link.to}@${row.key}`, tone: row.tone,
      text: wordless && i ? "" : link.text, labelY: measures.center(row.y, part) - 12,
    }));
  });
  const nodes = picture.nodes.flatMap((node) => (old.has(node.id) ? rows.map((row) => copy(node, row)) : [node]));
  const [first] = rows, adds = picture.adds.map((add) => (add.lane < 0 ? { ...add, y: measures.center(first.y, part) } : add));
  const notes = rows.filter((row) => row.deck).map((row) => ({ id: `note:${row.key}`, x: trunk[0].x, y: measures.center(row.y, part) - Math.max(part.compact ? part.box : 40, 40) / 2 - 12, text: `${row.deck} experts`, tone: row.tone }));
  return { ...picture, nodes, links, adds, notes };
}

function group(count, tone, of) {
  return Array.from({ length: count ?? 1 }, (_, number) => ({ number, tone, of: `${of} ${number + 1}` }));
}

function gateAt(id, x, y, lane, kind = "gate") {
  return { id, kind, where: "", at: -1, lane, tone: lane, width: 1, units: 1, x, y, w: GATE, h: GATE, compact: true, low: true, lines: [0, 0], room: GATE };
}

function heightOf(picture, lane) {
  return picture.nodes.find((node) => node.lane === lane && node.kind === "output").y;
}

function middleOf(rows) {
  return rows.reduce((sum, row) => sum + row.y, 0) / rows.length;
}
