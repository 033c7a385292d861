// What the sharing learned: weights of gates over epochs, use of experts, matrices of stitches, masks, and how far copies lie apart.

import { classHue, css, diverging } from "./color.js";
import { shapeClip, shapeOf } from "./shapes.js";
import { createShareChart } from "./share_chart.js";
import { createShareColumns, expertHeads, expertsOf, extendShareColumns, gateWords, stitchOf, useOf } from "./share_series.js";
import { epochEnd } from "./scale.js";
import { nearest } from "./series.js";
import { make } from "./surface.js";
import { taskColor } from "./theme.js";

const MOST_GATES = 8;
const GATE = "The weight of each expert, mean over the validation rows; together they are 1";
const APART = "How far the tasks' copies of a layer lie from their mean, over how long they are: 0 is one network";
const STITCH = "What goes into each task's layer (row) from each task's (column): 1 on the diagonal and 0 elsewhere would be separate networks";
const MASK = "How much of each unit of the shared layer a task lets through: 1 is all of it, 0 nothing; mean over the validation rows";
const FEED = "Of a task's first weights, how much lies on the shared layers and on what each task before it says";
const SKIP = "How much of each of its layers a task hands to its tower";

/** The section. `moment` is shared with the other parts. */
export function createShares(scene, sizes, wake, moment) {
  const element = make("section", "shares");
  const when = make("span", "when"), head = make("div", "head");
  head.append(make("h3", "", "What the sharing learned"), when);
  const grid = make("div", "row3"), tables = make("div", "squares"), said = make("p", "note");
  element.append(head, grid, tables, said);
  const columns = createShareColumns();
  let [charts, shape, written, last] = [new Map(), "", "", 1];
  const unsubscribe = moment.subscribe(() => {
    written = "";
    wake();
  });

  /** The charts that this kind of network has; they stay as long as it does. */
  function build(sharing) {
    const next = JSON.stringify([sharing.gates?.map(({ task, level, experts }) => [task, level, experts.length]), sharing.apart?.length]);
    if (next === shape) return;
    shape = next;
    for (const { stop } of charts.values()) stop();
    charts = new Map();
    const add = (key, options) => charts.set(key, createShareChart(sizes, wake, options));
    (sharing.gates ?? []).slice(0, MOST_GATES).forEach((gate, at) => add(`gate${at}`, { title: `gate of ${gateWords(gate, scene.tasks)}`, hint: GATE, stacked: true }));
    if (sharing.apart) add("apart", { title: "distance of the copies", hint: APART });
    grid.replaceChildren(...[...charts.values()].map((chart) => chart.element));
    sizes.now();
  }

  function expertColor(gate, at, theme) {
    const { own, number } = expertsOf(gate)[at];
    return own && gate.task !== null ? taskColor(scene.tasks[gate.task], theme) : classHue(number + (own ? gate.shared : 0), theme.dark);
  }

  function chip(task, theme, part = null) {
    const cell = make("th", "", "", { title: scene.tasks[task]?.name ?? "" });
    const mark = make("i", "swatch", "", { "data-task": task });
    if (scene.tasks[task]) Object.assign(mark.style, { background: css(taskColor(scene.tasks[task], theme)), clipPath: shapeClip(shapeOf(task)) });
    cell.append(mark, make("span", "spoken", scene.tasks[task]?.name ?? ""), ...(part ? [make("small", "", ` ${part}`)] : []));
    return cell;
  }

  function square(title, hint, names, heads, rows, color, text) {
    const figure = make("figure", "panel agreement"), table = make("table", "cosines"), top = make("tr");
    top.append(make("th"), ...heads);
    table.append(top, ...rows.map((row, i) => {
      const line = make("tr");
      line.append(names[i], ...row.map((value) => {
        const cell = make("td", "", Number.isFinite(value) ? text(value) : "–");
        cell.style.background = Number.isFinite(value) ? color(value) : "";
        return cell;
      }));
      return line;
    }));
    figure.append(make("figcaption", "", title, { title: hint }), table);
    return figure;
  }

  function write(sharing, theme) {
    const heat = (value) => css(diverging(value, theme.zero), 0.75), percent = (value) => `${Math.round(100 * value)} %`, short = (value) => value.toFixed(2).replace("-", "\u2212");
    const found = [];
    if (sharing.gates) {
      const gates = sharing.gates.filter(({ task, shared, experts }) => task !== null || experts.length === shared), most = Math.max(...gates.map(({ experts }) => experts.length)), use = useOf(gates);
      const rows = [...gates.map(({ experts }) => experts.map(({ mean }) => mean)), use];
      const heads = expertHeads(most, gates[0].shared).map((text, at) => make("th", "", text, { title: at < gates[0].shared ? `expert ${at + 1}, for all tasks` : "an expert of the task's own" }));
      heads.slice(0, gates[0].shared).forEach((head, at) => (head.style.borderBottom = `3px solid ${css(expertColor(gates[0], at, theme))}`));
      const names = [...gates.map((gate) => make("th", "", gateWords(gate, scene.tasks))), make("th", "", "in use", { title: "Mean over the gates of the last layer" })];
      found.push(square("weight of each expert", GATE, names, heads, rows, (value) => css(diverging(value, theme.zero), 0.6), percent));
      for (const gate of sharing.gates.filter((each) => !gates.includes(each))) {
        const own = (gate.experts.length - gate.shared) / scene.tasks.length, owner = (at) => Math.floor((at - gate.shared) / own);
        const top = gate.experts.map((_, at) => (at < gate.shared ? make("th", "", String(at + 1)) : chip(owner(at), theme, own > 1 ? ((at - gate.shared) % own) + 1 : null)));
        found.push(square(`weight of each expert, ${gateWords(gate, scene.tasks)}`, GATE, [make("th")], top, [gate.experts.map(({ mean }) => mean)], (value) => css(diverging(value, theme.zero), 0.6), percent));
      }
      const firsts = gates.map(({ experts }) => experts.map(({ first }) => first));
      found.push(square("listened to most, share of rows", "On how many of the rows an expert has the largest weight", names.slice(0, -1).map((name) => make("th", "", name.textContent)), heads.map((one) => make("th", "", one.textContent)), firsts, (value) => css(diverging(value, theme.zero), 0.6), percent));
    }
    for (const stitch of sharing.stitches ?? []) {
      const { rows, names } = stitchOf(stitch);
      const heads = () => names.map(({ task, part }) => chip(task, theme, part));
      found.push(square(`stitch after layer ${stitch.level + 1}`, STITCH, heads(), heads(), rows, heat, short));
    }
    if (sharing.skips) {
      const most = Math.max(...sharing.skips.map(({ layers }) => layers.length));
      const heads = Array.from({ length: most }, (_, at) => make("th", "", `layer ${at + 1}`));
      found.push(square("layers that each task takes", SKIP, sharing.skips.map(({ task }) => chip(task, theme)), heads, sharing.skips.map(({ layers }) => layers.map(({ value }) => value)), heat, short));
    }
    for (const level of [...new Set((sharing.masks ?? []).map((mask) => mask.level))]) {
      const masks = sharing.masks.filter((mask) => mask.level === level), shown = masks[0].units.length;
      const heads = Array.from({ length: shown }, (_, at) => make("th", "", String(at + 1), { title: `unit ${at + 1}` }));
      const more = masks[0].of > shown ? `, the first ${shown} of ${masks[0].of} units` : "";
      found.push(square(`what each task lets through, layer ${level + 1}${more}`, MASK, masks.map(({ task }) => chip(task, theme)), heads, masks.map(({ units }) => units.map(({ value }) => value)), (value) => css(diverging(value, theme.zero), 0.6), short));
    }
    if (sharing.feeds) {
      const most = Math.max(...sharing.feeds.map((feed) => feed.from.length));
      const heads = Array.from({ length: most }, (_, at) => (at ? chip(at - 1, theme) : make("th", "", "shared")));
      found.push(square("what each task goes by", FEED, sharing.feeds.map(({ task }) => chip(task, theme)), heads, sharing.feeds.map((feed) => feed.from.map(({ share }) => share)), (value) => css(diverging(value, theme.zero), 0.6), percent));
    }
    if (sharing.apart) {
      const names = sharing.apart.map(({ level }) => make("th", "", `layer ${level + 1}`));
      found.push(square("distance of the copies", APART, names, [make("th", "", "apart")], sharing.apart.map(({ distance }) => [distance]), heat, short));
    }
    const kinds = { gates: GATE, stitches: STITCH, skips: SKIP, masks: MASK, feeds: FEED, apart: APART };
    tables.replaceChildren(...found);
    said.textContent = Object.keys(kinds).filter((kind) => sharing[kind]).map((kind) => `${kinds[kind]}.`).join(" ");
  }

  return {
    element,
    update({ history, frame }) {
      extendShareColumns(columns, history.records);
      last = epochEnd(columns.epoch.at(-1) ?? 0, frame.epochs ?? scene.epochs);
      const newest = columns.held.at(-1)?.sharing;
      element.hidden = !newest;
      if (newest) build(newest);
    },
    paint(theme) {
      if (element.hidden) return false;
      const at = moment.epoch === null ? columns.held.length - 1 : nearest(columns.epoch, moment.epoch), { sharing } = columns.held[at];
      const sign = [at, columns.held.length, theme.key, moment.epoch].join("|");
      if (sharing && sign !== written) {
        written = sign;
        when.textContent = `epoch ${columns.epoch[at]}`;
        write(sharing, theme);
      }
      for (const [key, chart] of charts) {
        const gate = key === "apart" ? null : sharing?.gates?.[Number(key.slice(4))];
        const lines = gate
          ? gate.experts.map((_, expert) => ({ color: expertColor(gate, expert, theme), values: columns.lines.get(`${key}.${expert}`) }))
          : (sharing?.apart ?? []).map((_, layer) => ({ color: classHue(layer, theme.dark), values: columns.lines.get(`apart${layer}`) }));
        chart.draw(columns.epoch, lines.filter(({ values }) => values), last, theme);
      }
      return false;
    },
    describe() {
      const gates = columns.held.at(-1)?.sharing?.gates ?? [];
      [...charts].forEach(([key, { stack }], at) => {
        if (key !== "apart" && gates[at]) stack.setAttribute("aria-label", `Gate of ${gateWords(gates[at], scene.tasks)}: ${gates[at].experts.map(({ mean }, expert) => `expert ${expert + 1} ${Math.round(100 * mean)} %`).join(", ")}`);
      });
    },
    stop() {
      unsubscribe();
      for (const { stop } of charts.values()) stop();
    },
  };
}
