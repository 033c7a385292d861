// The component: a tile for everyone in the room, kept up by asking every two seconds. Tiles stay where they are; only what is in them moves.

import { browserEnv } from "../live/browser.js";
import { roomAddress } from "../room_bar/news.js";
import { pathOf, rangeOf, scoreText, standsText } from "./spark.js";

const EACH = 2000, WIDTH = 160, HEIGHT = 44, SVG = "http://www.w3.org/2000/svg";
const instances = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const shown = instances.get(parentElement) ?? mount(parentElement);
  instances.set(parentElement, shown);
  shown.trigger = setTriggerValue;
  shown.show(data);
  return () => {
    shown.unmount();
    instances.delete(parentElement);
  };
}

function mount(parentElement) {
  const root = parentElement.querySelector(".wall"), env = browserEnv();
  const [none, list] = [".none", ".tiles"].map((name) => root.querySelector(name));
  const shown = { trigger: null, show, unmount }, tiles = new Map();
  let data = null, timer = null, lit = null, ended = false;

  const element = (tag, className = "") => Object.assign(document.createElement(tag), { className });
  const write = (where, text) => where.textContent === text || (where.textContent = text);

  function show(told) {
    data = told;
    tiles.forEach(light);
    if (timer === null) ask();
  }

  async function ask() {
    timer = setTimeout(ask, EACH);
    if (document.hidden) return;
    try {
      const answer = await fetch(roomAddress(env.root(), data.room, "wall"));
      if (answer.ok && !ended) draw(await answer.json());
    } catch {
      // the next one may get through
    }
  }

  function draw(told) {
    lit = told.spotlight;
    none.hidden = told.tiles.length > 0;
    const here = new Set(told.tiles.map((tile) => tile.id));
    for (const [id, tile] of tiles) {
      if (here.has(id)) continue;
      tile.box.remove();
      tiles.delete(id);
    }
    for (const tile of told.tiles) {
      if (!tiles.has(tile.id)) tiles.set(tile.id, made(tile.id));
      fill(tiles.get(tile.id), tile);
    }
  }

  function made(id) {
    const tile = { box: element("li", "tile"), name: element("div", "name"), stands: element("div", "stands"), scores: element("div", "scores") };
    tile.picture = document.createElementNS(SVG, "svg");
    tile.picture.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    tile.picture.setAttribute("preserveAspectRatio", "none");
    tile.picture.setAttribute("role", "img");
    tile.stage = Object.assign(element("button"), { type: "button" });
    tile.stage.onclick = () => {
      lit = lit === id ? null : id;
      tiles.forEach(light);
      shown.trigger("spotlight", { id: lit, n: Date.now() });
    };
    tile.box.append(tile.name, tile.stands, tile.picture, tile.scores, tile.stage);
    list.append(tile.box);
    return tile;
  }

  function fill(tile, told) {
    write(tile.name, told.nickname);
    tile.name.title = told.nickname;
    write(tile.stands, standsText(told));
    const range = rangeOf(told.tasks);
    tile.picture.setAttribute("aria-label", `Losses of ${told.nickname}`);
    tile.picture.replaceChildren(...(range ? told.tasks.map((task, at) => line(pathOf(task.curve, told.epochs, range, WIDTH, HEIGHT), at)) : []));
    tile.scores.replaceChildren(...told.tasks.filter((task) => !task.auxiliary).map((task) => {
      const row = element("div", "score"), [dot, name, value] = ["i", "span", "b"].map((tag) => element(tag));
      row.style.setProperty("--c", color(told.tasks.indexOf(task)));
      name.textContent = task.name;
      row.title = `${task.name}: ${task.metric}`;
      value.textContent = scoreText(task.value);
      row.append(dot, name, value);
      return row;
    }));
    light(tile, told.id);
  }

  function light(tile, id) {
    tile.box.classList.toggle("lit", id === lit);
    tile.stage.setAttribute("aria-pressed", `${id === lit}`);
    tile.stage.hidden = data.over;
    write(tile.stage, id === lit ? "On the stage" : "Show on the stage");
  }

  const color = (task) => `light-dark(${data.colors[task % data.colors.length].join(", ")})`;

  function line(path, task) {
    const made = document.createElementNS(SVG, "path");
    made.setAttribute("d", path);
    made.style.stroke = color(task);
    return made;
  }

  function unmount() {
    ended = true;
    clearTimeout(timer);
  }

  return shown;
}
